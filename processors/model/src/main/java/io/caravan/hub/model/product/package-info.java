/** The canonical product: what every supplier's product becomes and what every shop is given. */
@NullMarked
package io.caravan.hub.model.product;

import org.jspecify.annotations.NullMarked;
