/** The REST interface against the whole application and the vendors' sandboxes. */
@NullMarked
package io.caravan.hub.routes.api;

import org.jspecify.annotations.NullMarked;
