package io.caravan.hub.connectors.aliexpresspage;

import io.caravan.hub.connectors.aliexpresspage.Item.Property;
import io.caravan.hub.connectors.aliexpresspage.Item.Row;
import io.caravan.hub.connectors.aliexpresspage.Item.Value;
import io.caravan.hub.model.supplier.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * "Ships From" multiplies SKUs and is no choice of a buyer. Of those that differ in it alone one stays: the one from the
 * country that is shipped to, else from China, else the first.
 */
final class Warehouses {

    private Warehouses() {}

    static Item without(Item item, String shipTo, Losses losses) {
        Property warehouse = item.properties().stream()
                .filter(one -> one.id().equals(Item.WAREHOUSE))
                .findFirst()
                .orElse(null);
        if (warehouse == null) {
            return item;
        }
        losses.add(Loss.changed(
                "skuProperty[" + Item.WAREHOUSE + "]",
                "where a SKU ships from is no option of a buyer; it stays in what an order names"));
        Map<Map<String, String>, Row> kept = new LinkedHashMap<>();
        Map<Map<String, String>, Integer> ranks = new LinkedHashMap<>();
        List<Row> left = new ArrayList<>();
        for (Row row : item.rows()) {
            Map<String, String> others = others(row);
            int rank = rank(warehouse, row, shipTo);
            Row before = kept.get(others);
            if (before == null || rank < ranks.getOrDefault(others, Integer.MAX_VALUE)) {
                if (before != null) {
                    left.add(before);
                }
                kept.put(others, row);
                ranks.put(others, rank);
            } else {
                left.add(row);
            }
        }
        left.forEach(row -> losses.add(
                Loss.dropped("sku[" + row.id() + "]", "the same variant from another warehouse, at " + row.cost())));
        List<Row> rows = kept.entrySet().stream()
                .map(one -> new Row(
                        one.getValue().id(),
                        one.getValue().orderKey(),
                        one.getKey(),
                        one.getValue().cost(),
                        one.getValue().listPrice(),
                        one.getValue().stock()))
                .toList();
        return new Item(
                item.id(),
                item.title(),
                item.available(),
                item.descriptionHtml(),
                item.images(),
                item.properties().stream().filter(one -> one != warehouse).toList(),
                rows,
                item.attributes(),
                item.weightGrams());
    }

    private static int rank(Property warehouse, Row row, String shipTo) {
        String country = warehouse.values().stream()
                .filter(value -> value.id().equals(row.values().get(Item.WAREHOUSE)))
                .map(Value::country)
                .findFirst()
                .orElse("");
        return country.equals(shipTo) ? 0 : country.equals("CN") ? 1 : 2;
    }

    private static Map<String, String> others(Row row) {
        Map<String, String> others = new LinkedHashMap<>(row.values());
        others.remove(Item.WAREHOUSE);
        return others;
    }
}
