package io.caravan.hub.connectors.delivery.effect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a Kamelet's run ended: with a body or with a failure, never both.
 *
 * @param sent whether somebody asked to write to a socket meanwhile
 * @param told what the vendor's rate headers said
 */
record Call(@Nullable Object body, @Nullable RuntimeException failure, boolean sent, Map<String, Long> told) {}
