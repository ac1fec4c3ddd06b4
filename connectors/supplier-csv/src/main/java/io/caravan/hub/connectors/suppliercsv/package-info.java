/** Files as a supplier: products of suppliers that have no API. */
@NullMarked
package io.caravan.hub.connectors.suppliercsv;

import org.jspecify.annotations.NullMarked;
