/** A WooCommerce store as seen from outside, in its worse variant; shares no code with the connector's client. */
@NullMarked
package io.caravan.hub.connectors.woocommerce.sandbox;

import org.jspecify.annotations.NullMarked;
