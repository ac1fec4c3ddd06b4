/** The flow images against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.images;

import org.jspecify.annotations.NullMarked;
