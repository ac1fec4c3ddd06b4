/** When a vendor may be called: gates that a 429 closes, windows, money. */
@NullMarked
package io.caravan.hub.connectors.delivery.gate;

import org.jspecify.annotations.NullMarked;
