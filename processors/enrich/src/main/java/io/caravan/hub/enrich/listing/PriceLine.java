package io.caravan.hub.enrich.listing;

import io.caravan.hub.model.Money;

/**
 * One line of a price's explanation.
 *
 * @param code what the amount is: {@code cost}, {@code fees}, {@code margin}; of an import also {@code markup}, {@code ending}...
 * @param text for a person: "60% of the cost wanted, 72% after rounding up to 24.99"
 */
public record PriceLine(String code, Money amount, String text) {}
