package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.model.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer pays for an imported variant, and why.
 *
 * @param compareAt the crossed-out price, null when there is none
 * @param cost with shipping where it was given, in the shop's currency, rounded up
 * @param margin price less cost, never negative
 * @param lines their amounts add up to the price: {@code cost}, {@code shipping}, {@code markup}, {@code floor},
 *     {@code floor-margin}, {@code ending}; those of nothing are left out
 * @param compareAtReason why it is what it is, or why there is none
 */
public record ImportPrice(
        Money price,
        @Nullable Money compareAt,
        Money cost,
        Money margin,
        List<PriceLine> lines,
        String compareAtReason) {

    public ImportPrice {
        lines = List.copyOf(lines);
    }

    /** "54.5": the margin in percent of the price, one decimal. */
    public String marginPercent() {
        return Amounts.percentText(margin.minor(), price.minor());
    }
}
