/** The flow trends against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.trends;

import org.jspecify.annotations.NullMarked;
