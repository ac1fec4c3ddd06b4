/** Changes at a vendor, made once: the state machine and the Camel component {@code effect:}. */
@NullMarked
package io.caravan.hub.connectors.delivery.effect;

import org.jspecify.annotations.NullMarked;
