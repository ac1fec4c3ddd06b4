/** Google Trends as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.googletrends.sandbox;

import org.jspecify.annotations.NullMarked;
