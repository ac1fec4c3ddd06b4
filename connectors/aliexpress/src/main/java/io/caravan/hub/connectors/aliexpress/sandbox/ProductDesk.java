package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.Map;
import java.util.Optional;

/** {@code aliexpress.ds.product.get}: lists in wrappers, wrappers of empty lists not there at all. */
final class ProductDesk {

    private static final String ROOT = "aliexpress_ds_product_get_response";

    private final Catalogue catalogue;
    private final Recorded recorded;

    ProductDesk(Catalogue catalogue, Recorded recorded) {
        this.catalogue = catalogue;
        this.recorded = recorded;
    }

    Answer get(Map<String, String> params, String pictures) {
        String id = params.getOrDefault("product_id", "");
        String country = params.getOrDefault("ship_to_country", "");
        if (id.isEmpty() || country.isEmpty()) {
            String missing = id.isEmpty() ? "product_id" : "ship_to_country";
            return Refusal.of("MissingParameter", "The input parameter \"" + missing + "\" is missing", "ISV")
                    .answer(false);
        }
        Optional<ObjectNode> played = recorded.product(id, pictures);
        if (played.isPresent()) {
            return Answer.json(200, played.get());
        }
        Catalogue.Item item = catalogue.item(id).orElse(null);
        if (item == null || item.is("removed")) {
            return coded(605, "ITEM_ID_NOT_FOUND");
        }
        if (item.is("no-access")) {
            return new Refusal(
                            "15",
                            "InsufficientPermission",
                            "isv.permission-api-package-user-permission-not-granted",
                            "App does not have permission to access this api",
                            "ISV")
                    .answer(false);
        }
        if (country.equals("AQ")) {
            return coded(482, "PRODUCT_SHIP_TO_COUNTRY_PROHIBITED");
        }
        ObjectNode root = SandboxState.object();
        root.put("rsp_code", 200)
                .put("rsp_msg", "Call succeeds")
                .put("request_id", Refusal.requestId())
                .set("result", result(item, country, params, pictures));
        return Answer.json(200, SandboxState.object().set(ROOT, root));
    }

    private static Answer coded(int code, String msg) {
        ObjectNode root =
                SandboxState.object().put("rsp_code", code).put("rsp_msg", msg).put("request_id", Refusal.requestId());
        return Answer.json(200, SandboxState.object().set(ROOT, root));
    }

    private static ObjectNode result(Catalogue.Item item, String country, Map<String, String> params, String pictures) {
        ObjectNode result = SandboxState.object();
        result.set("ae_item_base_info_dto", base(item, pictures));
        ArrayNode skus = result.arrayNode();
        String currency = Prices.currency(params.getOrDefault("target_currency", "USD"));
        item.pieces().forEach(piece -> skus.add(SkuView.of(piece, currency, pictures)));
        wrap(result, "ae_item_sku_info_dtos", "ae_item_sku_info_d_t_o", skus);
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < item.told().path("pictures").asInt(3); i++) {
            images.append(i == 0 ? "" : ";")
                    .append(pictures)
                    .append(item.number() * 1000 + i)
                    .append(".jpg");
        }
        result.set("ae_multimedia_info_dto", SandboxState.object().put("image_urls", images.toString()));
        ArrayNode properties = result.arrayNode();
        item.told()
                .path("facts")
                .fields()
                .forEachRemaining(fact -> properties
                        .addObject()
                        .put("attr_name_id", Math.abs(fact.getKey().hashCode()) % 100_000)
                        .put("attr_name", fact.getKey())
                        .put("attr_value_id", -1)
                        .put("attr_value", fact.getValue().asText()));
        wrap(result, "ae_item_properties", "ae_item_property", properties);
        result.set(
                "ae_store_info",
                SandboxState.object()
                        .put("store_id", 1_100_000_000L + item.number())
                        .put("store_name", "Sandbox Store " + item.number())
                        .put("store_country_code", "CN")
                        .put("communication_rating", "4.7"));
        result.set(
                "package_info_dto",
                SandboxState.object()
                        .put("package_width", 12)
                        .put("package_height", 9)
                        .put("package_length", 14)
                        .put("gross_weight", item.told().path("kilograms").asText("0.250"))
                        .put("package_type", false)
                        .put("product_unit", 100_000_015));
        result.set(
                "logistics_info_dto",
                SandboxState.object().put("delivery_time", 7).put("ship_to_country", country));
        result.set(
                "product_id_converter_result",
                SandboxState.object()
                        .put("main_product_id", Long.parseLong(item.id()))
                        .put("sub_product_id", "{\"US\":" + (3_256_000_000_000_000L + item.number()) + "}"));
        result.put("has_whole_sale", false);
        return result;
    }

    /** The currency of the base is the supplier's own, whatever was asked. */
    private static ObjectNode base(Catalogue.Item item, String pictures) {
        String detail = item.told()
                .path("html")
                .asText("<p>" + item.told().path("title").asText() + "</p>");
        return SandboxState.object()
                .put("product_id", Long.parseLong(item.id()))
                .put("subject", item.told().path("title").asText())
                .put(
                        "detail",
                        "<div class=\"detailmodule_html\"><div class=\"detail-desc-decorate-richtext\">" + detail
                                + "<img src=\"" + pictures + (item.number() * 1000)
                                + ".jpg\" slate-data-type=\"image\"></div></div>")
                .put("mobile_detail", "{\"version\":\"2.0.0\",\"moduleList\":[]}")
                .put("currency_code", "CNY")
                .put("product_status_type", "onSelling")
                .put("category_id", 100_000_000L + item.number())
                .put("sales_count", item.number() % 2 == 0 ? "1000+" : "87")
                .put("evaluation_count", "52")
                .put("avg_evaluation_rating", "4.6");
    }

    static void wrap(ObjectNode parent, String outer, String inner, ArrayNode list) {
        if (!list.isEmpty()) {
            parent.set(outer, SandboxState.object().set(inner, list));
        }
    }
}
