package io.caravan.hub.enrich.listing;

import io.caravan.hub.model.Money;
import java.util.List;

/**
 * A price and why it is what it is.
 *
 * @param fees what the marketplace and the payment provider keep of this price, each rounded up
 * @param margin what is left: price less cost less fees, never negative
 * @param lines their amounts add up to the price
 */
public record Price(Money price, Money cost, Money fees, Money margin, List<PriceLine> lines) {

    public Price {
        lines = List.copyOf(lines);
    }
}
