package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One buyable option combination.
 *
 * @param key stable: the same supplier product and the same option ids give the same key, in whatever order and language
 *     the supplier tells them
 * @param sku ours, unique within the account, at most 40 characters
 * @param options option name to value label, in the order of the product's options
 * @param cost what one piece costs us, in the supplier's currency
 * @param price what a buyer pays, in the shop's currency
 * @param compareAt the crossed-out price, more than {@code price}; null when there is none
 * @param stock pieces, null when the supplier does not tell
 * @param image SHA-256 of one of the product's images, null when the variant has none of its own
 * @param supplierId the supplier's id of the variant
 * @param orderKey what the supplier wants in an order
 */
public record Variant(
        String key,
        String sku,
        Map<String, String> options,
        Money cost,
        Money price,
        @Nullable Money compareAt,
        @Nullable Long stock,
        @Nullable String image,
        @Nullable Long weightGrams,
        String supplierId,
        String orderKey) {

    public Variant {
        Checks.id("variant.key", key);
        Checks.text("variant.sku", sku, 40);
        Checks.within("variant.price", price.minor(), 1, Long.MAX_VALUE);
        if (compareAt != null && compareAt.minor() <= price.minor()) {
            throw new IllegalArgumentException("variant.compare_at must be more than the price " + price);
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
