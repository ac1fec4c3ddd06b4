/** Google Trends as a source: the public "trending now" feed. */
@NullMarked
package io.caravan.hub.connectors.googletrends;

import org.jspecify.annotations.NullMarked;
