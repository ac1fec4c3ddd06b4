package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Numbers;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item as every generation of the page tells it, in one shape; ids are texts. */
record Item(
        String id,
        String title,
        boolean available,
        String descriptionHtml,
        List<String> images,
        List<Property> properties,
        List<Row> rows,
        Map<String, String> attributes,
        @Nullable Long weightGrams) {

    /** The property that says where a SKU lies; a buyer does not choose it. */
    static final String WAREHOUSE = "200007763";

    record Property(String id, String name, List<Value> values) {}

    /** @param country where a warehouse is, {@code ""} for other properties */
    record Value(String id, String label, @Nullable String image, String country) {}

    /** @param values property id to value id */
    record Row(
            String id,
            String orderKey,
            Map<String, String> values,
            Money cost,
            @Nullable Money listPrice,
            @Nullable Long stock) {}

    /** A number in full, never in scientific form, and empty when in full it would fill the memory; else the text. */
    static String text(JsonNode value) {
        if (!value.isNumber()) {
            return value.asText();
        }
        BigDecimal number = value.decimalValue();
        return Numbers.bounded(number) ? number.toPlainString() : "";
    }

    /** Null when there is no amount or no currency of ISO 4217. */
    static @Nullable Money money(String amount, String currency) {
        if (!amount.matches("[0-9]{1,12}([.][0-9]{1,6})?") || !currency.matches("[A-Z]{3}")) {
            return null;
        }
        try {
            return Money.of(new BigDecimal(amount), Currency.getInstance(currency));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
