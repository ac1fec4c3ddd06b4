/** How CJ Dropshipping speaks: products, search and freight of a supplier with stock in several countries. */
@NullMarked
package io.caravan.hub.connectors.cjdropshipping;

import org.jspecify.annotations.NullMarked;
