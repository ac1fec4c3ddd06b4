/** From a supplier's product to ours: cleaned, with options and stable variants, priced, put together; rows of bulk imports. */
@NullMarked
package io.caravan.hub.enrich.product;

import org.jspecify.annotations.NullMarked;
