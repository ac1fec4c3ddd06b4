/** The listing flow, run and broken on purpose. */
@NullMarked
package io.caravan.hub.routes.listings;

import org.jspecify.annotations.NullMarked;
