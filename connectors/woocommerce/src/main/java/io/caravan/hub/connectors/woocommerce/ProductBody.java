package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The canonical product in the store's words; pictures, tags and variations come later, by {@link VariantsRun}. */
final class ProductBody {

    /** Meta datum that carries the reference; the underscore keeps it off the product's page. */
    static final String REF = "_caravan_ref";

    /** Grams in the store's unit of weight, which the connection has to name: the API does not tell it. */
    private static final Map<String, BigDecimal> GRAMS = Map.of(
            "g", BigDecimal.ONE,
            "kg", new BigDecimal("1000"),
            "lbs", new BigDecimal("453.59237"),
            "oz", new BigDecimal("28.349523125"));

    private ProductBody() {}

    /** Unique in a store, so that a second product of the same reference is refused and the first can be found. */
    static String sku(String reference) {
        return "crv-" + reference;
    }

    static boolean simple(Product product) {
        return product.options().isEmpty();
    }

    /** The draft; also a product without options has its price already, and its own SKU in place of the variant's. */
    static Map<String, Object> draft(Product product, Connection connection, String reference) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", product.title());
        body.put("type", simple(product) ? "simple" : "variable");
        body.put("status", "draft");
        body.put("sku", sku(reference));
        body.put("description", product.descriptionHtml());
        body.put("attributes", attributes(product));
        body.put(
                "meta_data",
                List.of(
                        Map.of("key", REF, "value", reference),
                        Map.of("key", "_caravan_product", "value", product.id())));
        if (simple(product)) {
            body.putAll(offer(product.variants().get(0), connection));
            body.put("sku", sku(reference));
        } else {
            product.variants().forEach(variant -> currency(variant.price(), connection));
        }
        return body;
    }

    /**
     * What makes a variant: {@code sku, regular_price, sale_price, stock, weight}. A store shows {@code regular_price}
     * crossed out when there is a {@code sale_price}.
     */
    static Map<String, Object> offer(Variant variant, Connection connection) {
        Money compareAt = variant.compareAt();
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("sku", variant.sku());
        offer.put("regular_price", text(compareAt == null ? variant.price() : compareAt, connection));
        offer.put("sale_price", compareAt == null ? "" : text(variant.price(), connection));
        Long stock = variant.stock();
        offer.put("manage_stock", stock != null);
        if (stock != null) {
            offer.put("stock_quantity", stock);
        } else {
            offer.put("stock_status", "instock");
        }
        String weight = weight(variant.weightGrams(), connection);
        if (!weight.isEmpty()) {
            offer.put("weight", weight);
        }
        return offer;
    }

    /** Option name to label, as the store keeps them. */
    static List<Map<String, Object>> choice(Variant variant) {
        List<Map<String, Object>> choice = new ArrayList<>();
        variant.options().forEach((name, value) -> choice.add(Map.of("name", label(name), "option", label(value))));
        return choice;
    }

    /** A store keeps the values of an attribute as one text with {@code |} between them. */
    static String label(String text) {
        return text.replace('|', '/').trim();
    }

    private static List<Map<String, Object>> attributes(Product product) {
        List<Map<String, Object>> attributes = new ArrayList<>();
        for (Option option : product.options()) {
            attributes.add(attribute(
                    option.name(),
                    option.values().stream().map(ProductBody::label).toList(),
                    attributes.size(),
                    true));
        }
        boolean named =
                product.options().stream().anyMatch(option -> option.name().equalsIgnoreCase("Brand"));
        if (!product.brand().isBlank() && !named) {
            attributes.add(attribute("Brand", List.of(label(product.brand())), attributes.size(), false));
        }
        return attributes;
    }

    private static Map<String, Object> attribute(String name, List<String> values, int position, boolean chosen) {
        Map<String, Object> attribute = new LinkedHashMap<>();
        attribute.put("name", label(name));
        attribute.put("position", position);
        attribute.put("visible", true);
        attribute.put("variation", chosen);
        attribute.put("options", values);
        return attribute;
    }

    private static String text(Money money, Connection connection) {
        currency(money, connection);
        return money.major().toPlainString();
    }

    /** @throws IllegalArgumentException when the price is in another currency than the store's; nothing is converted */
    private static void currency(Money money, Connection connection) {
        String shop = connection.setting("currency");
        if (!money.currency().getCurrencyCode().equals(shop)) {
            throw new IllegalArgumentException(
                    "the price " + money + " is not in the store's currency " + shop + " (setting currency)");
        }
    }

    static String weight(@Nullable Long grams, Connection connection) {
        String unit = connection.settingOr("weightUnit", "");
        if (grams == null || unit.isBlank()) {
            return "";
        }
        BigDecimal one = GRAMS.get(unit);
        if (one == null) {
            throw new IllegalArgumentException("setting weightUnit must be one of " + GRAMS.keySet());
        }
        return BigDecimal.valueOf(grams)
                .divide(one, new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
