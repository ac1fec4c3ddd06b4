/** Requests with an Idempotency-Key, answered once. */
@NullMarked
package io.caravan.hub.connectors.delivery.accept;

import org.jspecify.annotations.NullMarked;
