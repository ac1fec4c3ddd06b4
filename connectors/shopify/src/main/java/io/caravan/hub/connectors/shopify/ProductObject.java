package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shopify's product as the engine knows it. */
final class ProductObject {

    private ProductObject() {}

    /**
     * Shape: in, a product of any of our documents; out, its number as id, its status in lower case as state, and facts
     * {@code product_id, handle, title, state, url, admin_url, variants, price_min {amount_minor, currency}}, those
     * that the reply tells. The storefront's address is good from the moment the product is live.
     */
    static VendorObject of(Map<String, Object> product, Connection connection) {
        String gid = ShopifyJson.text(product, "id");
        if (!gid.matches("gid://shopify/Product/[1-9][0-9]{0,18}")) {
            throw ShopifyJson.unreadable("a product without a usable id");
        }
        String id = Gid.number("product id", "Product", gid);
        String handle = ShopifyJson.text(product, "handle");
        String online = ShopifyJson.text(product, "onlineStoreUrl");
        String state = ShopifyJson.text(product, "status").toLowerCase(Locale.ROOT);
        if (state.isEmpty()) {
            throw ShopifyJson.unreadable("a product without a status");
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("product_id", id);
        facts.put("handle", handle);
        facts.put("title", ShopifyJson.text(product, "title"));
        facts.put("state", state);
        facts.put("url", online.isEmpty() ? connection.baseUrl() + "/products/" + handle : online);
        facts.put("admin_url", connection.baseUrl() + "/admin/products/" + id);
        Long variants = ShopifyJson.number(ShopifyJson.map(product.get("variantsCount")), "count");
        if (variants != null) {
            facts.put("variants", variants);
        }
        Map<String, Object> price =
                ShopifyJson.map(ShopifyJson.map(product.get("priceRangeV2")).get("minVariantPrice"));
        String amount = ShopifyJson.text(price, "amount");
        String currency = ShopifyJson.text(price, "currencyCode");
        if (amount.matches("[0-9]{1,12}([.][0-9]{1,6})?") && currency.matches("[A-Z]{3}")) {
            Money money = Money.of(new BigDecimal(amount), Currency.getInstance(currency));
            facts.put("price_min", Map.of("amount_minor", money.minor(), "currency", currency));
        }
        return new VendorObject(id, state, facts);
    }
}
