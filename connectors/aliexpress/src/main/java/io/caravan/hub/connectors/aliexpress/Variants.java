package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SKUs to axes and variants. Values have the supplier's number, since their labels are translated; one number under two
 * labels is told apart by the label, as the supplier does in {@code sku_attr}.
 */
record Variants(List<Axis> axes, List<SupplierVariant> variants) {

    static Variants of(List<Sku> skus, @Nullable Long weightGrams, Losses losses) {
        Set<String> ambiguous = ambiguous(skus);
        List<Sku> whole = whole(skus, losses);
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Map<String, Axis.Value>> values = new HashMap<>();
        Set<Map<String, String>> combinations = new HashSet<>();
        Set<String> ids = new HashSet<>();
        List<SupplierVariant> variants = new ArrayList<>();
        for (Sku sku : whole) {
            Map<String, String> options = new LinkedHashMap<>();
            sku.properties().forEach(property -> options.put(property.axisId(), valueId(property, ambiguous)));
            if (!combinations.add(options) || !ids.add(sku.id())) {
                losses.add(Loss.refused(Sku.PATH + "[" + sku.id() + "]", "has the id or the options of another SKU"));
                continue;
            }
            for (Sku.Property property : sku.properties()) {
                names.putIfAbsent(property.axisId(), property.axisName());
                values.computeIfAbsent(property.axisId(), any -> new LinkedHashMap<>())
                        .merge(
                                valueId(property, ambiguous),
                                new Axis.Value(valueId(property, ambiguous), property.label(), property.image()),
                                (seen, again) -> seen.image() == null ? again : seen);
            }
            variants.add(new SupplierVariant(
                    sku.id(), sku.attr(), options, sku.cost(), sku.list(), sku.stock(), image(sku), weightGrams));
        }
        List<Axis> axes = new ArrayList<>();
        names.forEach((id, name) -> axes.add(
                new Axis(id, name, List.copyOf(values.getOrDefault(id, Map.of()).values()))));
        return new Variants(axes, ordered(axes, variants));
    }

    private static @Nullable String image(Sku sku) {
        return sku.properties().stream()
                .map(Sku.Property::image)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Those that have a value on each axis; the others cannot be told apart from them by a buyer. */
    private static List<Sku> whole(List<Sku> skus, Losses losses) {
        Set<String> all = new HashSet<>();
        skus.forEach(sku -> all.addAll(axes(sku)));
        List<Sku> whole = new ArrayList<>();
        for (Sku sku : skus) {
            if (axes(sku).equals(all)) {
                whole.add(sku);
            } else {
                losses.add(Loss.refused(
                        Sku.PATH + "[" + sku.id() + "].ae_sku_property_dtos", "lacks an option that others have"));
            }
        }
        return whole;
    }

    private static Set<String> axes(Sku sku) {
        Set<String> axes = new HashSet<>();
        sku.properties().forEach(property -> axes.add(property.axisId()));
        return axes;
    }

    private static Set<String> ambiguous(List<Sku> skus) {
        Map<String, String> labels = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Sku sku : skus) {
            for (Sku.Property property : sku.properties()) {
                String value = property.axisId() + ":" + property.valueId();
                String before = labels.putIfAbsent(value, property.label());
                if (before != null && !before.equals(property.label())) {
                    ambiguous.add(value);
                }
            }
        }
        return ambiguous;
    }

    private static String valueId(Sku.Property property, Set<String> ambiguous) {
        String id = property.valueId();
        if (!ambiguous.contains(property.axisId() + ":" + id)) {
            return id;
        }
        String told = id + "#" + property.label();
        return told.length() > 200 ? told.substring(0, 200) : told;
    }

    /** Some SKUs name their options in another order than the first. */
    private static List<SupplierVariant> ordered(List<Axis> axes, List<SupplierVariant> variants) {
        return variants.stream()
                .map(variant -> {
                    Map<String, String> options = new LinkedHashMap<>();
                    axes.forEach(axis -> options.put(
                            axis.id(), Objects.requireNonNull(variant.options().get(axis.id()))));
                    return new SupplierVariant(
                            variant.externalId(),
                            variant.orderKey(),
                            options,
                            variant.cost(),
                            variant.listPrice(),
                            variant.stock(),
                            variant.image(),
                            variant.weightGrams());
                })
                .toList();
    }
}
