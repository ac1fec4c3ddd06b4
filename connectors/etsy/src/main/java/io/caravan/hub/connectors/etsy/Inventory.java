package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A listing's inventory in the shape that Etsy takes. What it gives out cannot be put back: {@code product_id},
 * {@code offering_id}, {@code is_deleted} and {@code scale_name} have to go, and a price becomes a number.
 */
record Inventory(List<Map<String, Object>> products, Map<String, Object> onProperty) {

    private static final List<String> ON_PROPERTY =
            List.of("price_on_property", "quantity_on_property", "sku_on_property", "readiness_state_on_property");

    static Inventory of(Map<String, Object> got) {
        List<Map<String, Object>> products = new ArrayList<>();
        for (Object one : EtsyJson.list(got.get("products"))) {
            Map<String, Object> product = EtsyJson.map(one);
            if (!Boolean.TRUE.equals(product.get("is_deleted"))) {
                products.add(product(product));
            }
        }
        Map<String, Object> onProperty = new LinkedHashMap<>();
        ON_PROPERTY.forEach(name -> onProperty.put(name, EtsyJson.list(got.get(name))));
        return new Inventory(products, onProperty);
    }

    /** This inventory with the SKU's price, quantity and readiness state changed; nothing else is. */
    Inventory with(String sku, String replaces, BigDecimal price, long quantity, @Nullable Long readiness) {
        List<Map<String, Object>> targets = targets(sku, replaces);
        if (targets.size() > 1
                && !EtsyJson.list(onProperty.get("price_on_property")).isEmpty()) {
            throw refused("sku " + sku + " names several variants whose prices differ; give each its own sku");
        }
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map<String, Object> product : products) {
            if (targets.stream().noneMatch(target -> target == product)) {
                changed.add(product);
                continue;
            }
            Map<String, Object> mine = new LinkedHashMap<>(product);
            mine.put("sku", sku);
            mine.put(
                    "offerings",
                    EtsyJson.list(product.get("offerings")).stream()
                            .map(offering -> offering(EtsyJson.map(offering), price, quantity, readiness))
                            .toList());
            changed.add(mine);
        }
        return new Inventory(changed, naming(changed));
    }

    /**
     * This inventory as a choice of variants. Those that are all there already keep their properties and all else that
     * is not price, quantity or readiness state; a listing that has none, or not all, gets them anew.
     */
    Inventory with(Variations variations, BigDecimal price, long quantity, @Nullable Long readiness) {
        boolean there = products.size() == variations.skus().size() && skus().equals(variations.skus());
        List<Map<String, Object>> changed = new ArrayList<>();
        if (there) {
            for (Map<String, Object> product : products) {
                Map<String, Object> mine = new LinkedHashMap<>(product);
                mine.put(
                        "offerings",
                        EtsyJson.list(product.get("offerings")).stream()
                                .map(offering -> offering(EtsyJson.map(offering), price, quantity, readiness))
                                .toList());
                changed.add(mine);
            }
            return new Inventory(changed, naming(changed));
        }
        for (String sku : variations.skus()) {
            Map<String, Object> product = new LinkedHashMap<>();
            product.put("sku", sku);
            product.put("property_values", variations.propertyValues(sku));
            product.put("offerings", List.of(offering(Map.of(), price, quantity, readiness)));
            changed.add(product);
        }
        Map<String, Object> on = new LinkedHashMap<>();
        ON_PROPERTY.forEach(name -> on.put(name, List.of()));
        on.put("sku_on_property", variations.properties());
        return new Inventory(changed, on);
    }

    /**
     * @throws VendorException of kind REJECTED when a SKU of {@code before} is gone that nobody asked to remove
     */
    void keepsSkusOf(Inventory before, Set<String> asked) {
        Set<String> lost = before.skus();
        lost.removeAll(skus());
        lost.removeAll(asked);
        if (!lost.isEmpty()) {
            throw refused("this write would remove sku " + lost + ", which nobody asked for");
        }
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("products", products);
        body.putAll(onProperty);
        return body;
    }

    /** By which properties something varies must be said; what is said already stays. */
    private Map<String, Object> naming(List<Map<String, Object>> changed) {
        Set<Object> properties = new LinkedHashSet<>();
        changed.forEach(product -> EtsyJson.list(product.get("property_values"))
                .forEach(value -> properties.add(EtsyJson.number(EtsyJson.map(value), "property_id"))));
        Map<String, Object> on = new LinkedHashMap<>(onProperty);
        for (String name : ON_PROPERTY) {
            long different = changed.stream()
                    .map(product -> varying(name, product))
                    .distinct()
                    .count();
            if (different > 1 && EtsyJson.list(on.get(name)).isEmpty()) {
                on.put(name, List.copyOf(properties));
            }
        }
        return on;
    }

    private static String varying(String name, Map<String, Object> product) {
        if (name.equals("sku_on_property")) {
            return EtsyJson.text(product, "sku");
        }
        String field = name.equals("readiness_state_on_property")
                ? "readiness_state_id"
                : name.substring(0, name.indexOf('_'));
        return EtsyJson.list(product.get("offerings")).stream()
                .map(offering -> EtsyJson.map(offering).get(field))
                .map(value -> value instanceof BigDecimal price
                        ? price.stripTrailingZeros().toPlainString()
                        : String.valueOf(value))
                .collect(Collectors.joining(" "));
    }

    private Set<String> skus() {
        Set<String> skus = new TreeSet<>();
        products.forEach(product -> skus.add(EtsyJson.text(product, "sku")));
        skus.remove("");
        return skus;
    }

    /** Products of the SKU; else the one that it replaces; else the only product, when it has no SKU yet. */
    private List<Map<String, Object>> targets(String sku, String replaces) {
        for (String wanted : List.of(sku, replaces)) {
            List<Map<String, Object>> named = products.stream()
                    .filter(product ->
                            !wanted.isEmpty() && EtsyJson.text(product, "sku").equals(wanted))
                    .toList();
            if (!named.isEmpty()) {
                return named;
            }
        }
        if (products.size() == 1 && EtsyJson.text(products.get(0), "sku").isEmpty()) {
            return products;
        }
        throw refused("the listing has no sku " + sku + " and "
                + (products.size() == 1 ? "its product has another one" : products.size() + " variants")
                + "; say which one it replaces");
    }

    /** Ours, and as final as if Etsy had said it: the same request would meet the same inventory again. */
    private static VendorException refused(String why) {
        return new VendorException(ErrorKind.REJECTED, "etsy", "inventory-guard", 0, "not written: " + why, "");
    }

    private static Map<String, Object> product(Map<String, Object> got) {
        Map<String, Object> product = new LinkedHashMap<>();
        product.put("sku", EtsyJson.text(got, "sku"));
        product.put(
                "property_values",
                EtsyJson.list(got.get("property_values")).stream()
                        .map(value -> without(EtsyJson.map(value), "scale_name"))
                        .toList());
        product.put(
                "offerings",
                EtsyJson.list(got.get("offerings")).stream()
                        .map(EtsyJson::map)
                        .filter(offering -> !Boolean.TRUE.equals(offering.get("is_deleted")))
                        .map(Inventory::offering)
                        .toList());
        return product;
    }

    private static Map<String, Object> offering(Map<String, Object> got) {
        Map<String, Object> offering = without(got, "offering_id", "is_deleted");
        BigDecimal price = EtsyJson.major(got.get("price"));
        if (price == null) {
            throw EtsyJson.unreadable("an offering without a price");
        }
        offering.put("price", price);
        return offering;
    }

    private static Map<String, Object> offering(
            Map<String, Object> present, BigDecimal price, long quantity, @Nullable Long readiness) {
        Map<String, Object> offering = new LinkedHashMap<>(present);
        offering.put("price", price);
        offering.put("quantity", quantity);
        offering.put("is_enabled", true);
        if (readiness != null) {
            offering.put("readiness_state_id", readiness);
        }
        return offering;
    }

    private static Map<String, Object> without(Map<String, Object> map, String... fields) {
        Map<String, Object> rest = new LinkedHashMap<>(map);
        List.of(fields).forEach(rest::remove);
        return rest;
    }
}
