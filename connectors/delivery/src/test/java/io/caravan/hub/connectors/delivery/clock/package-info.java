/** Clocks that are set. */
@NullMarked
package io.caravan.hub.connectors.delivery.clock;

import org.jspecify.annotations.NullMarked;
