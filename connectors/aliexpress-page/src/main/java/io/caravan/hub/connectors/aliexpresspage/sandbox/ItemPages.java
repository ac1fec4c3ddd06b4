package io.caravan.hub.connectors.aliexpresspage.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Choice;
import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Named;
import io.caravan.hub.connectors.aliexpresspage.sandbox.Thing.Sku;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** Item pages in the two generations whose data lies in {@code window.runParams}, and the answer of a page reader. */
final class ItemPages {

    /** The seller's currency, which stands beside the viewer's and must not be taken for it. */
    private static final String BASE = "CNY";

    private final String pictures;
    private final String currency;

    /** @param pictures where pictures lie, without a trailing slash */
    ItemPages(String pictures, String currency) {
        this.pictures = pictures;
        this.currency = currency;
    }

    String component(Thing thing) {
        ObjectNode data = SandboxState.object();
        data.putObject("tradeComponent").put("formatTradeCount", "5,000+");
        data.putObject("productInfoComponent")
                .put("id", Long.parseLong(thing.id()))
                .put("idStr", thing.id())
                .put("subject", thing.title())
                .put("minPrice", Thing.in(BASE, thing.cents()));
        data.putObject("itemStatusComponent").put("status", 0);
        data.putObject("currencyComponent").put("currencyCode", currency).put("baseCurrencyCode", BASE);
        data.putObject("packageComponent").put("weight", 0.35).put("lot", false);
        data.putObject("imageComponent").set("imagePathList", gallery(thing, pictures));
        ArrayNode props = data.putObject("productPropComponent").putArray("props");
        props.addObject().put("attrName", "Material").put("attrValue", "Cotton \"} };\"");
        ObjectNode options = data.putObject("skuComponent")
                .put("hasSkuProperty", !thing.choices().isEmpty());
        if (!thing.choices().isEmpty()) {
            options.set("productSKUPropertyList", properties(thing, pictures));
        }
        ArrayNode rows = data.putObject("priceComponent").putArray("skuPriceList");
        thing.skus().forEach(sku -> rows.add(row(thing, sku, true)));
        return page(data);
    }

    /** The older names; addresses without a scheme, and no activity price. */
    String module(Thing thing) {
        String bare = "//ae01.alicdn.com/kf";
        ObjectNode data = SandboxState.object();
        data.putObject("commonModule")
                .put("productId", Long.parseLong(thing.id()))
                .put("currencyCode", currency);
        data.putObject("titleModule").put("subject", thing.title()).put("formatTradeCount", "88");
        data.putObject("imageModule").set("imagePathList", gallery(thing, bare));
        data.putObject("specsModule")
                .putArray("props")
                .addObject()
                .put("attrName", "Brand")
                .put("attrValue", "None");
        ObjectNode options = data.putObject("skuModule");
        options.set("productSKUPropertyList", properties(thing, bare));
        ArrayNode rows = options.putArray("skuPriceList");
        thing.skus().forEach(sku -> rows.add(row(thing, sku, false)));
        return page(data);
    }

    /** Prices as numbers in one currency that is told once; ids as texts, the option ids as numbers. */
    ObjectNode dataHub(Thing thing) {
        ObjectNode reply = SandboxState.object();
        ObjectNode result = reply.putObject("result");
        result.putObject("status").put("code", 200).put("data", "success");
        result.putObject("settings").put("currency", currency);
        ObjectNode item = result.putObject("item")
                .put("available", true)
                .put("itemId", thing.id())
                .put("title", thing.title());
        item.set("images", gallery(thing, "//ae01.alicdn.com/kf"));
        item.putObject("description").put("html", "<p>As flown.</p>");
        ObjectNode sku = item.putObject("sku");
        ArrayNode base = sku.putArray("base");
        for (Sku one : thing.skus()) {
            base.addObject()
                    .put("skuId", one.id())
                    .put("propMap", attr(thing, one, false))
                    .put("price", Thing.in(currency, one.cents()))
                    .putNull("promotionPrice")
                    .put("quantity", one.stock());
        }
        ArrayNode props = sku.putArray("props");
        for (Choice choice : thing.choices()) {
            ObjectNode prop = props.addObject().put("pid", choice.property()).put("name", choice.name());
            ArrayNode values = prop.putArray("values");
            for (Named value : choice.values()) {
                values.addObject().put("vid", value.id()).put("name", value.label());
            }
        }
        return reply;
    }

    private ObjectNode row(Thing thing, Sku sku, boolean activity) {
        ObjectNode row = SandboxState.object()
                .put("skuId", Long.parseLong(sku.id()))
                .put("skuIdStr", sku.id())
                .put("skuAttr", attr(thing, sku, true))
                .put("salable", true);
        row.put(
                "skuPropIds",
                String.join(
                        ",",
                        sku.values().stream()
                                .map(value -> String.valueOf(value.id()))
                                .toList()));
        ObjectNode value = row.putObject("skuVal")
                .put("availQuantity", sku.stock())
                .put("skuCalPrice", Thing.in(BASE, sku.cents()).toPlainString());
        amount(value.putObject("skuAmount"), activity ? sku.cents() * 2 : sku.cents());
        if (activity) {
            amount(value.putObject("skuActivityAmount"), sku.cents());
        }
        return row;
    }

    private void amount(ObjectNode amount, long cents) {
        amount.put("currency", currency)
                .put("value", Thing.in(currency, cents))
                .put(
                        "formatedAmount",
                        currency + "$"
                                + Thing.in(currency, cents).toPlainString().replace('.', ','));
    }

    private static ArrayNode properties(Thing thing, String pictures) {
        ArrayNode all = SandboxState.object().putArray("all");
        for (Choice choice : thing.choices()) {
            ObjectNode property =
                    all.addObject().put("skuPropertyId", choice.property()).put("skuPropertyName", choice.name());
            ArrayNode values = property.putArray("skuPropertyValues");
            for (Named named : choice.values()) {
                ObjectNode value = values.addObject()
                        .put("propertyValueId", named.id())
                        .put("propertyValueIdLong", named.id())
                        .put("propertyValueName", named.name())
                        .put("propertyValueDisplayName", named.label());
                if (choice.property() == 14) {
                    value.put("skuPropertyImagePath", pictures + "/S" + named.id() + ".jpg_640x640.jpg");
                }
                if (!named.country().isEmpty()) {
                    value.put("skuPropertySendGoodsCountryCode", named.country());
                }
            }
        }
        return all;
    }

    private static ArrayNode gallery(Thing thing, String pictures) {
        ArrayNode gallery = SandboxState.object().putArray("gallery");
        for (int i = 0; i < 3; i++) {
            gallery.add(pictures + "/G" + thing.id() + i + ".jpg");
        }
        return gallery;
    }

    private static String attr(Thing thing, Sku sku, boolean names) {
        StringBuilder attr = new StringBuilder();
        for (int i = 0; i < sku.values().size(); i++) {
            Named value = sku.values().get(i);
            attr.append(i == 0 ? "" : ";")
                    .append(thing.choices().get(i).property())
                    .append(':')
                    .append(value.id())
                    .append(names && !value.own().isEmpty() ? "#" + value.own().replace(";", "") : "");
        }
        return attr.toString();
    }

    /** As sites write it: an empty one first, {@code data} without quotes, and more statements behind it. */
    static String page(Object data) {
        return "<!doctype html><html><head><meta name=\"data-spm\" content=\"a2g0o\"><title>item</title></head><body>"
                + "<div id=\"root\"></div>\n<script>\nwindow.runParams = {};\nwindow.runParams = {\n    data: " + data
                + "\n};\nwindow.runParams.is23 = true;\nif (window.runParams) { console.log('}'); }\n</script></body></html>";
    }
}
