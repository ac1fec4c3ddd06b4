/** A WooCommerce store as a channel: drafts, pictures, variations, and putting a product live. */
@NullMarked
package io.caravan.hub.connectors.woocommerce;

import org.jspecify.annotations.NullMarked;
