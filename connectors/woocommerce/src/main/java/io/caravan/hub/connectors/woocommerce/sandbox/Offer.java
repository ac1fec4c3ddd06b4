package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.woocommerce.sandbox.Refusals.Refused;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/** Price, stock and weight, which products and variations have alike. */
final class Offer {

    private Offer() {}

    static void check(JsonNode body) {
        for (String field : List.of("regular_price", "sale_price", "weight", "sku")) {
            if (body.has(field) && !body.path(field).isTextual()) {
                throw new Refused(400, "rest_invalid_param", "Invalid parameter(s): " + field);
            }
        }
        if (body.has("stock_quantity") && !body.path("stock_quantity").isNumber()) {
            throw new Refused(400, "rest_invalid_param", "Invalid parameter(s): stock_quantity");
        }
    }

    static void apply(ObjectNode thing, JsonNode body) {
        for (String field : List.of("sku", "regular_price", "sale_price", "weight", "stock_status")) {
            if (body.has(field)) {
                thing.put(field, body.path(field).asText());
            }
        }
        if (body.has("manage_stock")) {
            thing.put("manage_stock", body.path("manage_stock").asBoolean());
        }
        if (body.has("stock_quantity")) {
            thing.put("stock_quantity", body.path("stock_quantity").asLong());
        }
        if (!thing.path("manage_stock").asBoolean()) {
            thing.putNull("stock_quantity");
        }
        // a sale price that is none is dropped without a word
        BigDecimal sale = number(thing, "sale_price");
        BigDecimal regular = number(thing, "regular_price");
        if (sale != null && (regular == null || sale.compareTo(regular) >= 0)) {
            thing.put("sale_price", "");
        }
    }

    static ObjectNode view(ObjectNode thing, List<ObjectNode> variations) {
        ObjectNode view = thing.deepCopy();
        BigDecimal price = variations.stream()
                .map(Offer::price)
                .filter(Objects::nonNull)
                .min(BigDecimal::compareTo)
                .orElseGet(() -> price(thing));
        view.put("price", price == null ? "" : price.toPlainString());
        view.put("on_sale", number(thing, "sale_price") != null);
        return view;
    }

    static @org.jspecify.annotations.Nullable BigDecimal price(ObjectNode thing) {
        BigDecimal sale = number(thing, "sale_price");
        return sale == null ? number(thing, "regular_price") : sale;
    }

    private static @org.jspecify.annotations.Nullable BigDecimal number(ObjectNode thing, String field) {
        String text = thing.path(field).asText();
        return text.matches("[0-9]+([.][0-9]+)?") ? new BigDecimal(text) : null;
    }
}
