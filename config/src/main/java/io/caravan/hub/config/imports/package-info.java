/** Beans of the flow {@code imports}: from a request for a supplier's product to what a shop is given. */
@NullMarked
package io.caravan.hub.config.imports;

import org.jspecify.annotations.NullMarked;
