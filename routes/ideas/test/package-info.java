/** The flow ideas against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.ideas;

import org.jspecify.annotations.NullMarked;
