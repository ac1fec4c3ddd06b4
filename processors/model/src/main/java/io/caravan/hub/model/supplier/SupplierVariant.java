package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One option combination that can be bought.
 *
 * @param externalId the supplier's id of it, always text: many are beyond 2^53 (AliExpress {@code sku_id}, CJ {@code vid})
 * @param orderKey what the supplier wants in an order (AliExpress {@code sku_attr}, CJ {@code vid}); may be {@code ""}
 * @param options axis id to value id, in the order of the axes; empty for a product without options
 * @param cost what one piece costs us now
 * @param listPrice what the supplier crosses out or suggests, null when it tells none
 * @param stock pieces, null when the supplier does not tell
 * @param image the variant's own picture, null when it has none
 * @param weightGrams null when the supplier does not tell
 */
public record SupplierVariant(
        String externalId,
        String orderKey,
        Map<String, String> options,
        Money cost,
        @Nullable Money listPrice,
        @Nullable Long stock,
        @Nullable String image,
        @Nullable Long weightGrams) {

    public SupplierVariant {
        Checks.text("variant.external_id", externalId, 100);
        Checks.atMost("variant.order_key", orderKey, 500);
        Checks.within("variant.cost", cost.minor(), 0, Long.MAX_VALUE);
        if (stock != null) {
            Checks.within("variant.stock", stock, 0, Long.MAX_VALUE);
        }
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
