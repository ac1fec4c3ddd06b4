package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical product as {@code ProductSetInput}. Money is text, as Shopify's scalar wants it. What a piece costs us is
 * told only when it is in the shop's currency: nothing is converted here.
 */
final class ProductInput {

    /** Shopify's limit; the model's own is below it. */
    static final int MOST_VARIANTS = 2_048;

    private ProductInput() {}

    /** A draft whose handle is the reference. */
    static Map<String, Object> draft(Product product, String reference, Connection connection) {
        Checks.within("product.variants", product.variants().size(), 1, MOST_VARIANTS);
        currency(product, connection);
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("handle", handle(reference));
        input.put("status", "DRAFT");
        input.put("title", product.title());
        input.put("descriptionHtml", product.descriptionHtml());
        if (!product.brand().isBlank()) {
            input.put("vendor", product.brand());
        }
        if (!product.productType().isBlank()) {
            input.put("productType", product.productType());
        }
        input.put("tags", product.tags());
        input.putAll(variants(product, Map.of()));
        return input;
    }

    /** The only field that Shopify finds a product by at once and that needs no definition in the shop. */
    static String handle(String reference) {
        if (!reference.matches("[a-z2-7]{26}")) {
            throw new IllegalArgumentException("reference must be 26 characters of base32");
        }
        return reference;
    }

    /** Options and variants. @param ids the shop's ids of variants that are there already, by SKU */
    static Map<String, Object> variants(Product product, Map<String, String> ids) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("productOptions", options(product));
        List<Map<String, Object>> variants = new ArrayList<>();
        for (Variant variant : product.variants()) {
            variants.add(variant(product, variant, ids.getOrDefault(variant.sku(), "")));
        }
        input.put("variants", variants);
        return input;
    }

    private static List<Map<String, Object>> options(Product product) {
        if (product.options().isEmpty()) {
            return List.of(Map.of("name", "Title", "values", List.of(Map.of("name", "Default Title"))));
        }
        return product.options().stream()
                .map(option -> Map.<String, Object>of(
                        "name",
                        option.name(),
                        "values",
                        option.values().stream()
                                .map(value -> Map.of("name", value))
                                .toList()))
                .toList();
    }

    private static Map<String, Object> variant(Product product, Variant variant, String id) {
        Map<String, Object> input = new LinkedHashMap<>();
        if (!id.isEmpty()) {
            input.put("id", id);
        }
        input.put("sku", variant.sku());
        input.put("optionValues", values(product, variant));
        input.put("price", amount(variant.price()));
        Money compareAt = variant.compareAt();
        if (compareAt != null) {
            input.put("compareAtPrice", amount(compareAt));
        }
        // sold on where nobody counts the pieces
        input.put("inventoryPolicy", variant.stock() == null ? "CONTINUE" : "DENY");
        input.put("inventoryItem", item(variant));
        return input;
    }

    private static List<Map<String, Object>> values(Product product, Variant variant) {
        if (product.options().isEmpty()) {
            return List.of(Map.of("optionName", "Title", "name", "Default Title"));
        }
        List<Map<String, Object>> values = new ArrayList<>();
        for (Option option : product.options()) {
            String value = variant.options().get(option.name());
            if (value == null) {
                throw new IllegalArgumentException("variant " + variant.sku() + " has no value of " + option.name());
            }
            values.add(Map.of("optionName", option.name(), "name", value));
        }
        return values;
    }

    private static Map<String, Object> item(Variant variant) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("sku", variant.sku());
        item.put("tracked", variant.stock() != null);
        item.put("requiresShipping", true);
        if (variant.cost().currency().equals(variant.price().currency())) {
            item.put("cost", amount(variant.cost()));
        }
        Long grams = variant.weightGrams();
        if (grams != null) {
            item.put("measurement", Map.of("weight", Map.of("unit", "GRAMS", "value", grams.doubleValue())));
        }
        return item;
    }

    static String amount(Money money) {
        return money.major().toPlainString();
    }

    private static void currency(Product product, Connection connection) {
        String shop = connection.settingOr("currency", "");
        for (Variant variant : product.variants()) {
            String code = variant.price().currency().getCurrencyCode();
            if (!shop.isBlank() && !code.equals(shop)) {
                throw new IllegalArgumentException(
                        "variant " + variant.sku() + " has a price in " + code + ", the shop sells in " + shop);
            }
        }
    }
}
