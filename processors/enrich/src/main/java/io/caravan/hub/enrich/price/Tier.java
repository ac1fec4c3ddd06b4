package io.caravan.hub.enrich.price;

import java.math.BigDecimal;
import java.util.List;

/** Costs up to and including {@code upTo} (in major units) earn {@code percent} of the cost. */
public record Tier(BigDecimal upTo, BigDecimal percent) {

    public Tier {
        Amounts.notNegative("tiers.up_to", upTo);
        Amounts.notNegative("tiers.percent", percent);
    }

    /** The first tier that the cost fits in, beyond the last tier the last one; tiers are in ascending order. */
    public static Tier of(BigDecimal cost, List<Tier> tiers) {
        return tiers.stream()
                .filter(tier -> cost.compareTo(tier.upTo()) <= 0)
                .findFirst()
                .orElse(tiers.get(tiers.size() - 1));
    }

    /**
     * @throws IllegalArgumentException naming the currency when a tier does not begin where the last one ends
     */
    public static void checkAscending(String currency, List<Tier> tiers) {
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).upTo().compareTo(tiers.get(i - 1).upTo()) <= 0) {
                throw new IllegalArgumentException(
                        "currencies." + currency + ": each tier's up_to must be more than the last");
            }
        }
    }
}
