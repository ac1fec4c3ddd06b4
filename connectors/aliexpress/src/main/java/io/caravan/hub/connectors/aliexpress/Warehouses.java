package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes "Ships From" out of the options: a buyer does not choose a warehouse. Of the SKUs that differ in it alone the
 * default warehouse's stays, where it has none the cheapest; each one that goes is a loss.
 */
final class Warehouses {

    private Warehouses() {}

    /** Shape: out, SKUs without a warehouse among their properties, in the order of the first of each combination. */
    static List<Sku> oneOfEach(List<Sku> skus, Losses losses) {
        if (skus.stream().allMatch(sku -> warehouse(sku).isEmpty())) {
            return skus;
        }
        Map<Map<String, String>, List<Sku>> combinations = new LinkedHashMap<>();
        skus.forEach(sku -> combinations
                .computeIfAbsent(combination(sku), any -> new ArrayList<>())
                .add(sku));
        List<Sku> kept = new ArrayList<>();
        for (List<Sku> same : combinations.values()) {
            Sku best = best(same);
            kept.add(new Sku(best.id(), best.attr(), others(best), best.cost(), best.list(), best.stock()));
            same.stream()
                    .filter(sku -> sku != best)
                    .forEach(sku -> losses.add(Loss.dropped(
                            Sku.PATH + "[" + sku.id() + "]",
                            "the same variant as " + best.id() + " (ships from " + from(best) + ", " + best.cost()
                                    + "), sent from another warehouse: " + from(sku) + ", " + sku.cost())));
        }
        losses.add(Loss.changed(
                Sku.PATH + "[].ae_sku_property_dtos.ae_sku_property_d_t_o[200007763]",
                "where a variant ships from is no option of a buyer; it stays in what an order names"));
        return List.copyOf(kept);
    }

    private static Sku best(List<Sku> same) {
        Sku best = same.get(0);
        for (Sku sku : same) {
            if (isDefault(sku) != isDefault(best) ? isDefault(sku) : cheaper(sku, best)) {
                best = sku;
            }
        }
        return best;
    }

    private static boolean cheaper(Sku sku, Sku than) {
        return sku.cost().currency().equals(than.cost().currency())
                && sku.cost().minor() < than.cost().minor();
    }

    private static boolean isDefault(Sku sku) {
        return warehouse(sku).map(Sku.Property::isDefaultWarehouse).orElse(true);
    }

    private static String from(Sku sku) {
        return warehouse(sku).map(Sku.Property::label).orElse("its default");
    }

    private static Optional<Sku.Property> warehouse(Sku sku) {
        return sku.properties().stream().filter(Sku.Property::isWarehouse).findFirst();
    }

    private static List<Sku.Property> others(Sku sku) {
        return sku.properties().stream()
                .filter(property -> !property.isWarehouse())
                .toList();
    }

    private static Map<String, String> combination(Sku sku) {
        Map<String, String> values = new TreeMap<>();
        others(sku).forEach(property -> values.put(property.axisId(), property.valueId() + "#" + property.label()));
        return values;
    }
}
