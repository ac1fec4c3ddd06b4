package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What plugins make of a reply: numbers as texts, texts as numbers, arrays as objects, addresses as 0. */
final class Drift {

    private Drift() {}

    static ObjectNode of(ObjectNode reply) {
        ObjectNode odd = reply.deepCopy();
        odd.put("id", reply.path("id").asText());
        odd.put("permalink", 0);
        for (String field : List.of("price", "regular_price", "sale_price", "weight", "stock_quantity")) {
            String text = reply.path(field).asText();
            if (text.matches("[0-9]+([.][0-9]+)?")) {
                if (reply.path(field).isTextual()) {
                    odd.put(field, new java.math.BigDecimal(text));
                } else {
                    odd.put(field, text);
                }
            }
        }
        if (reply.path("manage_stock").isBoolean()) {
            odd.put("manage_stock", reply.path("manage_stock").asBoolean() ? 1 : 0);
        }
        for (String field : List.of("images", "tags", "meta_data", "attributes")) {
            JsonNode list = reply.path(field);
            if (list.isArray() && !list.isEmpty()) {
                ObjectNode numbered = odd.putObject(field);
                for (int i = 0; i < list.size(); i++) {
                    numbered.set(String.valueOf(i + 1), list.get(i));
                }
            }
        }
        return odd;
    }
}
