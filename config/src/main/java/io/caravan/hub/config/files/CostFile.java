package io.caravan.hub.config.files;

import io.caravan.hub.model.Money;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * {@code costs.yaml}: what a printed product costs us, shipping included when the price includes it.
 *
 * @param costs the product's SKU prefix to its cost
 */
public record CostFile(Map<String, Cost> costs) {

    public CostFile {
        costs = Map.copyOf(costs);
    }

    /** @param amountMinor in minor units (cents) */
    public record Cost(long amountMinor, String currency) {}

    /**
     * @throws NoSuchElementException naming the product that has no cost
     */
    public Money of(String skuPrefix) {
        Cost cost = costs.get(skuPrefix);
        if (cost == null) {
            throw new NoSuchElementException("costs.yaml has no cost of " + skuPrefix);
        }
        return Money.of(cost.amountMinor(), cost.currency());
    }
}
