package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variant before it has a price and its picture is ours. Fields are those of {@link Variant} where they share a name.
 *
 * @param listPrice what the supplier crosses out, in the supplier's currency; null when it tells none
 * @param imageUrl one of the draft's pictures, null when the variant has none of its own
 */
public record DraftVariant(
        String key,
        String sku,
        Map<String, String> options,
        Money cost,
        @Nullable Money listPrice,
        @Nullable Long stock,
        @Nullable String imageUrl,
        @Nullable Long weightGrams,
        String supplierId,
        String orderKey) {

    public DraftVariant {
        Checks.id("variant.key", key);
        Checks.text("variant.sku", sku, 40);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
