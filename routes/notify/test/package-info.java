/** The flow notify against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.notify;

import org.jspecify.annotations.NullMarked;
