/** Shopify as a shop: products with their variants, pictures and stock, over the Admin GraphQL API. */
@NullMarked
package io.caravan.hub.connectors.shopify;

import org.jspecify.annotations.NullMarked;
