/** Events from outside, taken in once. */
@NullMarked
package io.caravan.hub.connectors.delivery.inbox;

import org.jspecify.annotations.NullMarked;
