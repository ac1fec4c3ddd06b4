/** Events to subscribers, published after the commit; the Camel component {@code outbox:}. */
@NullMarked
package io.caravan.hub.connectors.delivery.outbox;

import org.jspecify.annotations.NullMarked;
