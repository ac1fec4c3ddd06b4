/** CJ Dropshipping as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.cjdropshipping.sandbox;

import org.jspecify.annotations.NullMarked;
