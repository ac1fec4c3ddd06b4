package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caravan.hub.connectors.aliexpresspage.Item.Property;
import io.caravan.hub.connectors.aliexpresspage.Item.Row;
import io.caravan.hub.connectors.aliexpresspage.Item.Value;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.Loss;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code window.runParams.data}: parts called {@code ...Module} until about 2022, {@code ...Component} since. Prices are
 * read from {@code skuAmount} and {@code skuActivityAmount}, which name their currency; {@code skuCalPrice} and
 * {@code minPrice} beside them are in the seller's currency and look alike.
 */
final class RunParamsReader {

    private static final Set<String> CARRIED = Set.of(
            "productInfoComponent.id",
            "productInfoComponent.idStr",
            "productInfoComponent.subject",
            "titleModule.subject",
            "commonModule.productId",
            "pageModule.productId",
            "actionModule.productId",
            "actionModule.productIdStr",
            "commonModule.currencyCode",
            "webEnv.currency",
            "currencyComponent.currencyCode",
            "itemStatusComponent.status",
            "commonModule.itemStatus",
            "actionModule.itemStatus",
            "imageComponent.imagePathList",
            "imageModule.imagePathList",
            "productPropComponent.props",
            "specsModule.props",
            "packageComponent.weight",
            "packageModule.weight",
            "skuComponent.hasSkuProperty",
            "skuModule.hasSkuProperty",
            "skuComponent.productSKUPropertyList[].skuPropertyId",
            "skuComponent.productSKUPropertyList[].skuPropertyName",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].propertyValueId",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].propertyValueIdLong",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].propertyValueDisplayName",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].propertyValueName",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].skuPropertyImagePath",
            "skuComponent.productSKUPropertyList[].skuPropertyValues[].skuPropertySendGoodsCountryCode",
            "skuModule.productSKUPropertyList",
            "skuModule.skuPriceList[].skuId",
            "skuModule.skuPriceList[].skuIdStr",
            "skuModule.skuPriceList[].skuAttr",
            "skuModule.skuPriceList[].skuPropIds",
            "skuModule.skuPriceList[].skuVal.skuAmount",
            "skuModule.skuPriceList[].skuVal.skuActivityAmount",
            "skuModule.skuPriceList[].skuVal.availQuantity",
            "priceComponent.skuPriceList[].skuId",
            "priceComponent.skuPriceList[].skuIdStr",
            "priceComponent.skuPriceList[].skuAttr",
            "priceComponent.skuPriceList[].skuPropIds",
            "priceComponent.skuPriceList[].skuVal.skuAmount",
            "priceComponent.skuPriceList[].skuVal.skuActivityAmount",
            "priceComponent.skuPriceList[].skuVal.availQuantity",
            // the same list once more, as text
            "priceComponent.skuJson");

    private final JsonNode data;
    private final Losses losses;

    RunParamsReader(JsonNode data, Losses losses) {
        this.data = data;
        this.losses = losses;
    }

    Item item() {
        losses.walk(data, CARRIED);
        JsonNode info = part("productInfo", "common");
        String id = first(
                info.path("idStr"),
                info.path("id"),
                info.path("productId"),
                data.path("actionModule").path("productIdStr"),
                data.path("actionModule").path("productId"),
                data.path("pageModule").path("productId"));
        String title = first(info.path("subject"), data.path("titleModule").path("subject"));
        if (id.isEmpty() || title.isEmpty()) {
            throw AliExpressPageErrors.noData("the page's data has no product: its parts are "
                    + String.join(
                            ", ",
                            data.properties().stream()
                                    .map(Map.Entry::getKey)
                                    .limit(8)
                                    .toList()));
        }
        List<Property> properties = properties();
        List<Row> rows = rows(properties);
        // 1 is a page that looks like any other; other readers take everything but 0 for "not on sale"
        String status = first(
                data.path("itemStatusComponent").path("status"),
                data.path("commonModule").path("itemStatus"),
                data.path("actionModule").path("itemStatus"));
        return new Item(
                id,
                title,
                status.isEmpty() || status.equals("0"),
                "",
                texts(part("image", "image").path("imagePathList")),
                properties,
                rows,
                attributes(),
                weight());
    }

    private List<Property> properties() {
        List<Property> all = new ArrayList<>();
        for (JsonNode one : part("sku", "sku").path("productSKUPropertyList")) {
            List<Value> values = new ArrayList<>();
            for (JsonNode value : one.path("skuPropertyValues")) {
                values.add(new Value(
                        first(value.path("propertyValueIdLong"), value.path("propertyValueId")),
                        first(value.path("propertyValueDisplayName"), value.path("propertyValueName")),
                        Pictures.full(value.path("skuPropertyImagePath").asText()),
                        value.path("skuPropertySendGoodsCountryCode").asText()));
            }
            all.add(new Property(
                    one.path("skuPropertyId").asText(),
                    one.path("skuPropertyName").asText(),
                    values));
        }
        return all;
    }

    private List<Row> rows(List<Property> properties) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode one : priceList()) {
            String id = first(one.path("skuIdStr"), one.path("skuId"));
            JsonNode value = one.path("skuVal");
            Money full = money(value.path("skuAmount"));
            Money now = money(value.path("skuActivityAmount"));
            Money cost = now == null ? full : now;
            String path = "skuPriceList[" + id + "]";
            if (cost == null) {
                losses.add(Loss.refused(path, "has no price with a currency; the SKU is left out"));
                continue;
            }
            String attr = one.path("skuAttr").asText();
            Optional<Map<String, String>> values =
                    SkuValues.of(attr, one.path("skuPropIds").asText(), properties);
            if (values.isEmpty()) {
                losses.add(Loss.refused(path, "its options cannot be told from " + attr + "; the SKU is left out"));
                continue;
            }
            boolean crossed = full != null && full.currency().equals(cost.currency()) && full.minor() > cost.minor();
            JsonNode stock = value.path("availQuantity");
            rows.add(new Row(
                    id,
                    attr,
                    values.get(),
                    cost,
                    crossed ? full : null,
                    stock.canConvertToLong() ? (Long) Math.max(0, stock.asLong()) : null));
        }
        return rows;
    }

    /** The newer pages keep the rows beside the price, the older ones beside the options, some as text only. */
    private JsonNode priceList() {
        JsonNode beside = data.path("priceComponent").path("skuPriceList");
        if (!beside.isEmpty()) {
            return beside;
        }
        JsonNode old = data.path("skuModule").path("skuPriceList");
        if (!old.isEmpty()) {
            return old;
        }
        String text = first(
                data.path("priceComponent").path("skuJson"),
                data.path("skuComponent").path("skuJson"));
        return PageData.json("{rows:" + (text.isEmpty() ? "[]" : text) + "}")
                .map(tree -> tree.path("rows"))
                .orElse(MissingNode.getInstance());
    }

    private @Nullable Money money(JsonNode amount) {
        JsonNode value = amount.path("value");
        String text = Item.text(value);
        return Item.money(text, amount.path("currency").asText());
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        JsonNode part = data.has("productPropComponent") ? data.path("productPropComponent") : data.path("specsModule");
        for (JsonNode one : part.path("props")) {
            String name = one.path("attrName").asText();
            if (!name.isBlank()) {
                attributes.merge(name, one.path("attrValue").asText(), (a, b) -> a + ", " + b);
            }
        }
        return attributes;
    }

    private @Nullable Long weight() {
        JsonNode kilograms = part("package", "package").path("weight");
        String text = Item.text(kilograms);
        return text.matches("[0-9]{1,5}([.][0-9]{1,6})?")
                ? (Long) new BigDecimal(text).movePointRight(3).longValue()
                : null;
    }

    private JsonNode part(String component, String module) {
        JsonNode newer = data.path(component + "Component");
        return newer.isMissingNode() ? data.path(module + "Module") : newer;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> {
            String address = Pictures.full(one.asText());
            if (address != null) {
                texts.add(address);
            }
        });
        return texts;
    }

    private static String first(JsonNode... candidates) {
        for (JsonNode one : candidates) {
            if (!one.asText().isBlank() && !one.isNull()) {
                return one.asText().strip();
            }
        }
        return "";
    }
}
