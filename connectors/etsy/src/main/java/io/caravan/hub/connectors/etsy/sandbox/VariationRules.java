package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.etsy.sandbox.Refusals.Refused;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What Etsy wants of products that a buyer chooses from: the same properties for all, other values for each. */
final class VariationRules {

    private static final int MOST_PROPERTIES = 2;
    private static final Map<String, Function<JsonNode, String>> VARYING = Map.of(
            "sku_on_property", product -> product.path("sku").asText(),
            "price_on_property", product -> product.at("/offerings/0/price").asText(),
            "quantity_on_property",
                    product -> product.at("/offerings/0/quantity").asText(),
            "readiness_state_on_property",
                    product -> product.at("/offerings/0/readiness_state_id").asText());

    private VariationRules() {}

    static void check(JsonNode body) {
        JsonNode products = body.path("products");
        Set<Long> properties = properties(products.path(0));
        Set<String> combinations = new HashSet<>();
        for (JsonNode product : products) {
            if (!properties(product).equals(properties)) {
                throw refused("All products must have the same properties");
            }
            StringBuilder combination = new StringBuilder();
            for (JsonNode value : product.path("property_values")) {
                String words = value.path("values").toString();
                if (!value.path("value_ids").isArray()
                        || value.path("values").isEmpty()
                        || words.contains("(")
                        || words.contains(")")
                        || words.contains("\"\"")) {
                    throw refused("Invalid property value " + words);
                }
                combination.append(value.path("property_id")).append(words);
            }
            if (!combinations.add(combination.toString())) {
                throw refused("Products of a listing must differ in their property values");
            }
        }
        if (properties.size() > MOST_PROPERTIES) {
            throw refused("A listing can vary by at most two properties");
        }
        VARYING.forEach((name, of) -> on(body, name, of, properties));
    }

    private static void on(JsonNode body, String name, Function<JsonNode, String> of, Set<Long> properties) {
        Set<String> different = new HashSet<>();
        body.path("products").forEach(product -> different.add(of.apply(product)));
        if (different.size() > 1 && body.path(name).isEmpty()) {
            throw refused(name + " must name the properties by which it varies");
        }
        for (JsonNode id : body.path(name)) {
            if (!properties.contains(id.asLong())) {
                throw refused(name + " names the property " + id + ", which the products do not have");
            }
        }
    }

    private static Set<Long> properties(JsonNode product) {
        Set<Long> ids = new TreeSet<>();
        product.path("property_values")
                .forEach(value -> ids.add(value.path("property_id").asLong()));
        return ids;
    }

    private static Refused refused(String why) {
        return new Refused(Refusals.error(400, why));
    }
}
