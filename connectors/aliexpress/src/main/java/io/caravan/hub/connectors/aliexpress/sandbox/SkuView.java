package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** A SKU as the vendor shows it: ids and prices are texts, its own currency beside them. */
final class SkuView {

    private SkuView() {}

    static ObjectNode of(Catalogue.Piece piece, String currency, String pictures) {
        ObjectNode sku = SandboxState.object()
                .put("sku_id", piece.skuId())
                .put("sku_attr", piece.attr())
                .put("id", piece.attr())
                .put("offer_sale_price", Prices.of(piece.cents(), currency))
                .put("offer_bulk_sale_price", Prices.of(piece.cents(), currency))
                .put("sku_price", Prices.of(piece.cents() * 2 + 1, currency))
                .put("currency_code", currency)
                .put("price_include_tax", false);
        if (piece.item().is("old-stock")) {
            sku.put("ipm_sku_stock", piece.stock())
                    .put("sku_stock", piece.stock() > 0)
                    .put("sku_code", piece.attr());
        } else {
            sku.put("sku_available_stock", piece.stock());
        }
        ArrayNode properties = sku.arrayNode();
        piece.choices().forEach(choice -> properties.add(property(piece.item(), choice, pictures)));
        ProductDesk.wrap(sku, "ae_sku_property_dtos", "ae_sku_property_d_t_o", properties);
        return sku;
    }

    private static ObjectNode property(Catalogue.Item item, Catalogue.Choice choice, String pictures) {
        JsonNode value = choice.value();
        ObjectNode property = SandboxState.object()
                .put("sku_property_id", choice.axis().path("id").asLong())
                .put("sku_property_name", choice.axis().path("name").asText())
                .put("property_value_id", value.path("id").asLong())
                .put("sku_property_value", value.path("name").asText());
        if (value.has("label")) {
            property.put("property_value_definition_name", value.path("label").asText());
        }
        if (choice.axis().path("pictures").asBoolean()) {
            property.put("sku_image", pictures + (item.number() * 1000 + 500 + choice.index()) + ".jpg");
        }
        return property;
    }
}
