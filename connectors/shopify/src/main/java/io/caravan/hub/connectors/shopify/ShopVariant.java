package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.product.Variant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variant as the shop has it.
 *
 * @param available pieces at the connection's location, null when it is not kept there
 */
record ShopVariant(
        String id,
        String sku,
        String price,
        String compareAt,
        List<String> media,
        String item,
        @Nullable Long available) {

    static ShopVariant of(Map<String, Object> node) {
        Map<String, Object> item = ShopifyJson.map(node.get("inventoryItem"));
        Long available = ShopifyJson.list(
                        ShopifyJson.map(item.get("inventoryLevel")).get("quantities"))
                .stream()
                .map(ShopifyJson::map)
                .filter(one -> ShopifyJson.text(one, "name").equals("available"))
                .map(one -> ShopifyJson.number(one, "quantity"))
                .findFirst()
                .orElse(null);
        return new ShopVariant(
                ShopifyJson.text(node, "id"),
                ShopifyJson.text(node, "sku"),
                ShopifyJson.text(node, "price"),
                ShopifyJson.text(node, "compareAtPrice"),
                ShopifyJson.nodes(node.get("media")).stream()
                        .map(one -> ShopifyJson.text(one, "id"))
                        .toList(),
                ShopifyJson.text(item, "id"),
                available);
    }

    boolean pricedAs(Variant wanted) {
        Money other = wanted.compareAt();
        return same(price, wanted.price())
                && (other == null ? compareAt.isEmpty() || zero(compareAt) : same(compareAt, other));
    }

    private static boolean same(String text, Money money) {
        return text.matches("[0-9]{1,12}([.][0-9]{1,6})?") && new BigDecimal(text).compareTo(money.major()) == 0;
    }

    private static boolean zero(String text) {
        return text.matches("0+([.]0+)?");
    }
}
