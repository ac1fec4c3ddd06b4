package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Options and variants: what is not named in a set is gone, what has the same options or id stays the same variant. */
final class VariantDesk {

    private final SandboxState state;

    VariantDesk(SandboxState state) {
        this.state = state;
    }

    void set(ObjectNode product, JsonNode input) {
        Map<String, Set<String>> options = options(input.path("productOptions"));
        JsonNode wishes = input.path("variants");
        if (wishes.size() > 2_048) {
            throw new UserError("VARIANTS_OVER_LIMIT", "A product can have at most 2048 variants", "input", "variants");
        }
        Map<Map<String, String>, ObjectNode> there = new LinkedHashMap<>();
        Map<String, ObjectNode> byId = new LinkedHashMap<>();
        product.path("variants").forEach(one -> {
            byId.put(one.path("id").asText(), (ObjectNode) one);
            there.put(chosen(one.path("options")), (ObjectNode) one);
        });
        ArrayNode all = product.arrayNode();
        Set<Map<String, String>> seen = new HashSet<>();
        for (int i = 0; i < wishes.size(); i++) {
            JsonNode wish = wishes.get(i);
            Map<String, String> values = values(wish.path("optionValues"), options, i);
            if (!seen.add(values)) {
                throw new UserError(
                        "INVALID_VARIANT",
                        "The variant '" + values.values() + "' already exists.",
                        "input",
                        "variants",
                        "" + i);
            }
            ObjectNode variant = wish.has("id") ? byId.get(wish.path("id").asText()) : there.get(values);
            if (variant == null && wish.has("id")) {
                throw new UserError(
                        "PRODUCT_VARIANT_DOES_NOT_EXIST",
                        "Product variant does not exist",
                        "input",
                        "variants",
                        "" + i,
                        "id");
            }
            all.add(fill(variant == null ? fresh() : variant, wish, values, i));
        }
        product.set("variants", all);
        ArrayNode names = product.putArray("options");
        options.keySet().forEach(names::add);
    }

    private static Map<String, Set<String>> options(JsonNode wishes) {
        if (wishes.size() == 0) {
            throw new UserError(
                    "PRODUCT_OPTIONS_INPUT_MISSING",
                    "Product options input is required when updating variants",
                    "input",
                    "productOptions");
        }
        if (wishes.size() > 3) {
            throw new UserError(
                    "OPTIONS_OVER_LIMIT", "A product can have at most 3 options", "input", "productOptions");
        }
        Map<String, Set<String>> options = new LinkedHashMap<>();
        for (JsonNode wish : wishes) {
            Set<String> values = new HashSet<>();
            wish.path("values").forEach(value -> {
                if (!values.add(value.path("name").asText())) {
                    throw new UserError(
                            "DUPLICATED_OPTION_VALUE", "Duplicated option value", "input", "productOptions");
                }
            });
            if (options.put(wish.path("name").asText(), values) != null) {
                throw new UserError("DUPLICATED_OPTION_NAME", "Duplicated option name", "input", "productOptions");
            }
        }
        return options;
    }

    private static Map<String, String> values(JsonNode wishes, Map<String, Set<String>> options, int index) {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode wish : wishes) {
            String option = wish.path("optionName").asText();
            String value = wish.path("name").asText();
            if (!options.getOrDefault(option, Set.of()).contains(value)) {
                throw new UserError(
                        "OPTION_VALUE_DOES_NOT_EXIST",
                        "Option value does not exist",
                        "input",
                        "variants",
                        "" + index,
                        "optionValues");
            }
            values.put(option, value);
        }
        if (values.size() != options.size()) {
            throw new UserError(
                    "INVALID_VARIANT",
                    "A variant needs a value of each option",
                    "input",
                    "variants",
                    "" + index,
                    "optionValues");
        }
        return values;
    }

    private ObjectNode fresh() {
        ObjectNode variant = SandboxState.object()
                .put("id", "gid://shopify/ProductVariant/" + state.next("variants", 44_000_000_001L))
                .put("item", "gid://shopify/InventoryItem/" + state.next("items", 46_000_000_001L))
                .put("price", "0.00");
        variant.putObject("levels");
        variant.putArray("media");
        return variant;
    }

    private static ObjectNode fill(ObjectNode variant, JsonNode wish, Map<String, String> values, int index) {
        ObjectNode options = variant.putObject("options");
        values.forEach(options::put);
        if (wish.has("price")) {
            BigDecimal price = new BigDecimal(wish.path("price").asText());
            if (price.signum() < 0) {
                throw new UserError(
                        "INVALID_VARIANT",
                        "Price must be greater than or equal to 0",
                        "input",
                        "variants",
                        "" + index,
                        "price");
            }
            variant.put(
                    "price", price.setScale(2, java.math.RoundingMode.HALF_UP).toPlainString());
        }
        // what is not told is not crossed out
        variant.set("compareAtPrice", wish.path("compareAtPrice").isTextual() ? wish.path("compareAtPrice") : null);
        String sku =
                wish.path("inventoryItem").path("sku").asText(wish.path("sku").asText(""));
        variant.put("sku", sku);
        variant.put("policy", wish.path("inventoryPolicy").asText("DENY"));
        variant.set("inventoryItem", wish.path("inventoryItem"));
        return variant;
    }

    private static Map<String, String> chosen(JsonNode options) {
        Map<String, String> values = new TreeMap<>();
        options.properties()
                .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
        return values;
    }

    /** Only pictures that are ready may be attached. All or nothing. */
    List<Map<String, Object>> update(ObjectNode product, JsonNode changes, ProductView view) {
        List<Map<String, Object>> updated = new ArrayList<>();
        int index = 0;
        for (JsonNode change : changes) {
            String at = String.valueOf(index++);
            ObjectNode variant = null;
            for (JsonNode one : product.path("variants")) {
                if (one.path("id").asText().equals(change.path("id").asText())) {
                    variant = (ObjectNode) one;
                }
            }
            if (variant == null) {
                throw new UserError(
                        "PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist", "variants", at, "id");
            }
            if (change.has("mediaId")) {
                String id = change.path("mediaId").asText();
                boolean ready = false;
                for (JsonNode media : product.path("media")) {
                    ready |= media.path("id").asText().equals(id)
                            && view.status(media).equals("READY");
                }
                if (!ready) {
                    throw new UserError(
                            "INVALID_INPUT",
                            "Non-ready media cannot be attached to variants",
                            "variants",
                            at,
                            "mediaId");
                }
                variant.putArray("media").add(id);
            }
            updated.add(Map.of("id", variant.path("id").asText()));
        }
        return updated;
    }
}
