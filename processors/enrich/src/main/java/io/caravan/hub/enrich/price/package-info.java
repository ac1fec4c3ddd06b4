/** What every kind of pricing shares: tiers, endings, rounding against us, dated exchange rates. */
@NullMarked
package io.caravan.hub.enrich.price;

import org.jspecify.annotations.NullMarked;
