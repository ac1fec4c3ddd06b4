/** The n-th call of the database fails, for every n of every flow, as SQLite is tested. */
@NullMarked
package io.caravan.hub.connectors.delivery.nth;

import org.jspecify.annotations.NullMarked;
