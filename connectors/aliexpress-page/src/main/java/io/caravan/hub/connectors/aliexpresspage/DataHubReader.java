package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.aliexpresspage.Item.Property;
import io.caravan.hub.connectors.aliexpresspage.Item.Row;
import io.caravan.hub.connectors.aliexpresspage.Item.Value;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Numbers;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Loss;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer of a page reader as JSON, {@code {result: {status, settings, item}}}; prices are in {@code settings.currency}. */
final class DataHubReader {

    private static final Map<String, String> COUNTRIES = Map.of(
            "CHINA", "CN",
            "UNITED STATES", "US",
            "SPAIN", "ES",
            "FRANCE", "FR",
            "POLAND", "PL",
            "GERMANY", "DE",
            "BRAZIL", "BR",
            "MEXICO", "MX",
            "AUSTRALIA", "AU",
            "UNITED KINGDOM", "GB");

    private static final Set<String> CARRIED = Set.of(
            "status",
            "settings.currency",
            "item.available",
            "item.itemId",
            "item.title",
            "item.images",
            "item.properties.list",
            "item.description.html",
            "item.sku.base[].skuId",
            "item.sku.base[].propMap",
            "item.sku.base[].price",
            "item.sku.base[].promotionPrice",
            "item.sku.base[].quantity",
            "item.sku.props[].pid",
            "item.sku.props[].name",
            "item.sku.props[].values[].vid",
            "item.sku.props[].values[].name",
            "item.sku.props[].values[].image",
            "delivery.packageDetail.weight");

    private final JsonNode result;
    private final JsonNode item;
    private final Losses losses;

    DataHubReader(JsonNode result, Losses losses) {
        this.result = result;
        this.item = result.path("item");
        this.losses = losses;
    }

    Item item() {
        String code = result.path("status").path("code").asText();
        if (!code.isEmpty() && !code.equals("200")) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    AliExpressPageErrors.VENDOR,
                    "datahub-" + code,
                    200,
                    "was answered " + code + " "
                            + result.path("status").path("data").asText() + " for this product",
                    "");
        }
        String currency = result.path("settings").path("currency").asText();
        for (String[] needed : new String[][] {
            {"itemId", item.path("itemId").asText()},
            {"title", item.path("title").asText()},
            {"currency", currency}
        }) {
            if (needed[1].isBlank()) {
                throw AliExpressPageErrors.noData("the answer lacks " + needed[0] + ", nothing can be made of it");
            }
        }
        losses.walk(result, CARRIED);
        List<Property> properties = properties();
        return new Item(
                item.path("itemId").asText(),
                item.path("title").asText(),
                item.path("available").asBoolean(true),
                item.path("description").path("html").asText(),
                images(),
                properties,
                rows(properties, currency),
                attributes(),
                weight());
    }

    private List<Property> properties() {
        List<Property> all = new ArrayList<>();
        for (JsonNode one : item.path("sku").path("props")) {
            List<Value> values = new ArrayList<>();
            one.path("values")
                    .forEach(value -> values.add(new Value(
                            value.path("vid").asText(),
                            value.path("name").asText(),
                            Pictures.full(value.path("image").asText()),
                            COUNTRIES.getOrDefault(
                                    value.path("name").asText().toUpperCase(java.util.Locale.ROOT), ""))));
            all.add(new Property(one.path("pid").asText(), one.path("name").asText(), values));
        }
        return all;
    }

    private List<Row> rows(List<Property> properties, String currency) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode one : item.path("sku").path("base")) {
            String id = one.path("skuId").asText();
            Money full = money(one.path("price"), currency);
            Money now = money(one.path("promotionPrice"), currency);
            Money cost = now == null ? full : now;
            Optional<Map<String, String>> values =
                    SkuValues.of(one.path("propMap").asText(), "", properties);
            if (cost == null || values.isEmpty()) {
                losses.add(Loss.refused(
                        "item.sku.base[" + id + "]",
                        cost == null ? "has no price" : "its options cannot be told from its propMap"));
                continue;
            }
            JsonNode stock = one.path("quantity");
            rows.add(new Row(
                    id,
                    one.path("propMap").asText(),
                    values.get(),
                    cost,
                    full != null && full.minor() > cost.minor() ? full : null,
                    stock.canConvertToLong() ? (Long) Math.max(0, stock.asLong()) : null));
        }
        return rows;
    }

    private List<String> images() {
        List<String> images = new ArrayList<>();
        for (JsonNode one : item.path("images")) {
            String address = Pictures.full(one.asText());
            if (address != null) {
                images.add(address);
            }
        }
        return images;
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (JsonNode one : item.path("properties").path("list")) {
            if (!one.path("name").asText().isBlank()) {
                attributes.merge(one.path("name").asText(), one.path("value").asText(), (a, b) -> a + ", " + b);
            }
        }
        return attributes;
    }

    private @Nullable Long weight() {
        JsonNode kilograms = result.path("delivery").path("packageDetail").path("weight");
        return kilograms.isNumber() && Numbers.bounded(kilograms.decimalValue())
                ? (Long) kilograms.decimalValue().multiply(new BigDecimal(1000)).longValue()
                : null;
    }

    private static @Nullable Money money(JsonNode amount, String currency) {
        return Item.money(Item.text(amount), currency);
    }
}
