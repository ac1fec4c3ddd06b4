/** Shopify as seen from outside, worse than documented. Shares no code with the client. */
@NullMarked
package io.caravan.hub.connectors.shopify.sandbox;

import org.jspecify.annotations.NullMarked;
