package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.Checks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a buyer chooses from: the request's {@code variants [{sku, options {Color: White, Size: M}}]}. Etsy has two
 * properties for a shop's own words; options that are the same for all variants are no choice and are left out.
 *
 * @param names of the options that vary, at most two
 * @param values of each variant by its SKU, in the order of the names
 */
record Variations(List<String> names, Map<String, List<String>> values) {

    /** Etsy's custom properties. */
    private static final List<Long> PROPERTIES = List.of(513L, 514L);

    /** Without variants, or with one alone, there is nothing to choose. */
    static boolean in(Map<String, Object> request) {
        return EtsyJson.list(request.get("variants")).size() > 1;
    }

    /**
     * @throws IllegalArgumentException when two variants have the same SKU or nothing tells them apart
     */
    static Variations of(Map<String, Object> request) {
        Map<String, Map<String, Object>> options = new LinkedHashMap<>();
        for (Object one : EtsyJson.list(request.get("variants"))) {
            Map<String, Object> variant = EtsyJson.map(one);
            String sku = Checks.text("variants.sku", EtsyJson.text(variant, "sku"), 32);
            if (options.put(sku, EtsyJson.map(variant.get("options"))) != null) {
                throw new IllegalArgumentException("variants must each have a sku of their own, two have " + sku);
            }
        }
        List<String> varying = varying(options);
        List<String> names = varying.size() > 2
                ? List.of(varying.get(0), String.join(" and ", varying.subList(1, varying.size())))
                : varying;
        Map<String, List<String>> values = new LinkedHashMap<>();
        options.forEach((sku, said) -> values.put(sku, values(said, varying)));
        if (new HashSet<>(values.values()).size() < values.size()) {
            throw new IllegalArgumentException("variants must differ in their options " + varying);
        }
        return new Variations(names, values);
    }

    Set<String> skus() {
        return values.keySet();
    }

    /** Ids of the properties in use. */
    List<Long> properties() {
        return PROPERTIES.subList(0, names.size());
    }

    List<Map<String, Object>> propertyValues(String sku) {
        List<Map<String, Object>> all = new ArrayList<>();
        List<String> mine = values.getOrDefault(sku, List.of());
        for (int i = 0; i < mine.size(); i++) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("property_id", PROPERTIES.get(i));
            value.put("property_name", names.get(i));
            value.put("value_ids", List.of());
            value.put("values", List.of(mine.get(i)));
            all.add(value);
        }
        return all;
    }

    private static List<String> varying(Map<String, Map<String, Object>> options) {
        Set<String> names = new TreeSet<>();
        options.values().forEach(said -> names.addAll(said.keySet()));
        return names.stream()
                .filter(name -> options.values().stream()
                                .map(said -> EtsyJson.text(said, name))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    private static List<String> values(Map<String, Object> said, List<String> varying) {
        List<String> all = varying.stream().map(name -> value(said, name)).toList();
        return all.size() > 2 ? List.of(all.get(0), all.stream().skip(1).collect(Collectors.joining(" / "))) : all;
    }

    /** Etsy takes no parentheses in a value, and no empty one. */
    private static String value(Map<String, Object> said, String name) {
        String text = EtsyJson.text(said, name)
                .replace('(', ' ')
                .replace(')', ' ')
                .replaceAll("\\s+", " ")
                .strip();
        return text.isEmpty() ? "-" : text;
    }
}
