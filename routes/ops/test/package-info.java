/** The flow ops against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.ops;

import org.jspecify.annotations.NullMarked;
