package io.caravan.hub.config.binding;

import io.caravan.hub.model.delivery.VendorObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variants that a product has at Printify, as the shop offers them. */
final class ShopVariants {

    private static final int LONGEST_SKU = 32;

    private ShopVariants() {}

    /**
     * Shape: out, {@code [{sku, options {Size: M}}]}. The SKU is Printify's, by which it can be ordered there; when
     * Printify has none that a shop can use, the listing's own with the variant's id behind it.
     *
     * @param made its fact {@code variants}; one without {@code options} differs by its title
     */
    static List<Map<String, Object>> of(VendorObject made, String sku) {
        List<Map<?, ?>> variants = new ArrayList<>();
        if (made.facts().get("variants") instanceof List<?> all) {
            all.forEach(one -> {
                if (one instanceof Map<?, ?> variant) {
                    variants.add(variant);
                }
            });
        }
        boolean theirs = usable(variants);
        List<Map<String, Object>> offered = new ArrayList<>();
        for (Map<?, ?> variant : variants) {
            Object options = variant.get("options") instanceof Map<?, ?> said && !said.isEmpty()
                    ? said
                    : Map.of("Style", text(variant, "title"));
            offered.add(
                    Map.of("sku", theirs ? text(variant, "sku") : own(sku, text(variant, "id")), "options", options));
        }
        return offered;
    }

    private static boolean usable(List<Map<?, ?>> variants) {
        Set<String> seen = new HashSet<>();
        return variants.stream()
                .map(variant -> text(variant, "sku"))
                .allMatch(sku -> !sku.isBlank() && sku.length() <= LONGEST_SKU && seen.add(sku));
    }

    private static String own(String sku, String variant) {
        String end = "-" + variant;
        return sku.substring(0, Math.min(sku.length(), LONGEST_SKU - end.length())) + end;
    }

    private static String text(Map<?, ?> variant, String field) {
        Object value = variant.get(field);
        return value == null ? "" : value.toString();
    }
}
