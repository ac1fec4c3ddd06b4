/** Transactions with retries, short SQL helpers, JSON and ids. */
@NullMarked
package io.caravan.hub.connectors.delivery.db;

import org.jspecify.annotations.NullMarked;
