package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.model.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer pays for an imported variant, and why.
 *
 * @param compareAt the crossed-out price, null when there is none
 * @param cost with shipping where it was given, in the shop's currency, rounded up
 * @param margin price less cost, never negative
 * @param lines their amounts add up to the price: {@code cost}, {@code shipping}, {@code markup}, {@code floor},
 *     {@code floor-margin}, {@code ending}; those of nothing are left out, but for {@code rules}, which says by which rules
 * @param compareAtReason why it is what it is, or why there is none
 */
public record ImportPrice(
        Money price,
        @Nullable Money compareAt,
        Money cost,
        Money margin,
        List<PriceLine> lines,
        String compareAtReason) {

    private static final String RULES = "rules";

    public ImportPrice {
        lines = List.copyOf(lines);
    }

    /** The same, saying first by which rules. */
    public ImportPrice by(String rules) {
        List<PriceLine> all = new ArrayList<>();
        all.add(new PriceLine(RULES, new Money(0, price.currency()), rules));
        all.addAll(lines);
        return new ImportPrice(price, compareAt, cost, margin, all, compareAtReason);
    }

    /** By which rules, {@code ""} when that was not said. */
    public String rules() {
        return lines.stream()
                .filter(line -> line.code().equals(RULES))
                .map(PriceLine::text)
                .findFirst()
                .orElse("");
    }

    /** The lines as texts for a person. */
    public List<String> reasons() {
        return lines.stream()
                .map(line -> line.code().equals(RULES)
                        ? RULES + ": " + line.text()
                        : line.code() + " " + line.amount() + ": " + line.text())
                .toList();
    }

    /** "54.5": the margin in percent of the price, one decimal. */
    public String marginPercent() {
        return Amounts.percentText(margin.minor(), price.minor());
    }
}
