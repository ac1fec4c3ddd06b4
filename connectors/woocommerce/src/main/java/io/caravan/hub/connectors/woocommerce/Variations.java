package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a store's variations lack against a product's variants. Compared by SKU; a price is a number in any writing.
 *
 * @param create variations that are not there
 * @param update those that differ, each with its id
 * @param delete ids of second ones of a SKU, and of those that the product does not have
 */
record Variations(List<Map<String, Object>> create, List<Map<String, Object>> update, List<Long> delete) {

    /**
     * @param pictures SHA-256 to the store's id of a picture
     * @param strangers whether variations that the product does not have are to go: yes in a draft, which is ours alone
     */
    static Variations missing(
            Product product,
            List<Map<String, Object>> present,
            Map<String, String> pictures,
            Connection connection,
            boolean strangers) {
        Map<String, Map<String, Object>> bySku = new HashMap<>();
        List<Long> delete = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        product.variants().forEach(variant -> wanted.add(folded(variant.sku())));
        for (Map<String, Object> one : present) {
            String sku = folded(WooCommerceJson.text(one, "sku"));
            boolean known = wanted.contains(sku);
            if (known && bySku.putIfAbsent(sku, one) == null) {
                continue;
            }
            if (known || strangers) {
                delete.add(Long.valueOf(WooCommerceJson.id(one, "id")));
            }
        }
        List<Map<String, Object>> create = new ArrayList<>();
        List<Map<String, Object>> update = new ArrayList<>();
        for (Variant variant : product.variants()) {
            Map<String, Object> body = body(variant, pictures, connection);
            Map<String, Object> there = bySku.get(folded(variant.sku()));
            if (there == null) {
                create.add(body);
            } else if (differs(body, there)) {
                body.put("id", Long.valueOf(WooCommerceJson.id(there, "id")));
                update.add(body);
            }
        }
        return new Variations(create, update, delete);
    }

    boolean complete() {
        return create.isEmpty() && update.isEmpty() && delete.isEmpty();
    }

    int count() {
        return create.size() + update.size() + delete.size();
    }

    /** The next batch: at most {@code most} things. Deletions go alone and first; a store would do them last. */
    Variations batch(int most) {
        if (!delete.isEmpty()) {
            return new Variations(List.of(), List.of(), delete.subList(0, Math.min(most, delete.size())));
        }
        List<Map<String, Object>> changed = update.subList(0, Math.min(most, update.size()));
        int left = most - changed.size();
        return new Variations(create.subList(0, Math.min(left, create.size())), changed, List.of());
    }

    Variations without(Variations batch) {
        return new Variations(
                create.subList(batch.create.size(), create.size()),
                update.subList(batch.update.size(), update.size()),
                delete.subList(batch.delete.size(), delete.size()));
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!delete.isEmpty()) {
            body.put("delete", delete);
        }
        if (!update.isEmpty()) {
            body.put("update", update);
        }
        if (!create.isEmpty()) {
            body.put("create", create);
        }
        return body;
    }

    private static Map<String, Object> body(Variant variant, Map<String, String> pictures, Connection connection) {
        Map<String, Object> body = new LinkedHashMap<>(ProductBody.offer(variant, connection));
        body.put("status", "publish");
        body.put("attributes", ProductBody.choice(variant));
        String picture = variant.image() == null ? null : pictures.get(variant.image());
        if (picture != null) {
            body.put("image", Map.of("id", Long.valueOf(picture)));
        }
        return body;
    }

    /** Also used for a product without options, which has the fields of a variation. */
    static boolean differs(Map<String, Object> wanted, Map<String, Object> there) {
        for (String price : List.of("regular_price", "sale_price", "weight")) {
            if (wanted.containsKey(price)
                    && !WooCommerceJson.same(
                            WooCommerceJson.decimal(wanted, price), WooCommerceJson.decimal(there, price))) {
                return true;
            }
        }
        if (!WooCommerceJson.same(WooCommerceJson.text(wanted, "sku"), WooCommerceJson.text(there, "sku"))) {
            return true;
        }
        // "parent" means that the product's own stock counts, which nobody set here
        if (WooCommerceJson.flag(wanted, "manage_stock") != WooCommerceJson.flag(there, "manage_stock")) {
            return true;
        }
        BigDecimal stock = WooCommerceJson.decimal(wanted, "stock_quantity");
        if (stock != null && !WooCommerceJson.same(stock, WooCommerceJson.decimal(there, "stock_quantity"))) {
            return true;
        }
        String picture = WooCommerceJson.idOr(WooCommerceJson.map(wanted.get("image")), "id");
        if (!picture.isEmpty()
                && !picture.equals(WooCommerceJson.idOr(WooCommerceJson.map(there.get("image")), "id"))) {
            return true;
        }
        return wanted.containsKey("attributes")
                && !choice(wanted.get("attributes")).equals(choice(there.get("attributes")));
    }

    private static Map<String, String> choice(@org.jspecify.annotations.Nullable Object attributes) {
        Map<String, String> choice = new HashMap<>();
        for (Object one : WooCommerceJson.list(attributes)) {
            Map<String, Object> attribute = WooCommerceJson.map(one);
            choice.put(
                    folded(WooCommerceJson.text(attribute, "name")), folded(WooCommerceJson.text(attribute, "option")));
        }
        return choice;
    }

    private static String folded(String text) {
        return VendorText.plain(text).toLowerCase(Locale.ROOT);
    }
}
