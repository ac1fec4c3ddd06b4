/** Domain rows: trends, ideas, images, listings and their story. Beans here are named by routes. */
@NullMarked
package io.caravan.hub.config.store;

import org.jspecify.annotations.NullMarked;
