/** Schedule ticks, each taken once. */
@NullMarked
package io.caravan.hub.connectors.delivery.slot;

import org.jspecify.annotations.NullMarked;
