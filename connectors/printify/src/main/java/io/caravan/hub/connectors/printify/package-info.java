/** Printify as the producer: pictures, products, the lock of a publication, the catalogue. */
@NullMarked
package io.caravan.hub.connectors.printify;

import org.jspecify.annotations.NullMarked;
