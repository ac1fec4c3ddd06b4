/** Work items: inserting, claiming, running, failing; the Camel component {@code work:}. */
@NullMarked
package io.caravan.hub.connectors.delivery.work;

import org.jspecify.annotations.NullMarked;
