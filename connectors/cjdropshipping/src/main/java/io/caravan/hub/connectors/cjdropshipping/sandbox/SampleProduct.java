package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A short note of a product, written out as the vendor does: arrays inside strings, twins, nulls, odd names. */
final class SampleProduct {

    /** Stands in addresses of pictures for where the sandbox is. */
    static final String PICTURES = "{pictures}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleProduct() {}

    static ObjectNode data(JsonNode sample) {
        ArrayNode images = JSON.createArrayNode();
        sample.path("pictures").forEach(number -> images.add(address(number)));
        ObjectNode data = JSON.createObjectNode();
        data.put("pid", sample.path("pid").asText());
        twin(data, "productName", sample.path("names"));
        data.put("productNameEn", sample.path("name").asText())
                .put("productSku", sample.path("sku").asText())
                .put("bigImage", images.path(0).asText());
        data.put("productImage", images.toString()).set("productImageSet", images);
        data.set("productWeight", sample.path("weight"));
        data.putNull("productUnit").put("productType", "ORDINARY_PRODUCT");
        data.put("categoryId", "77A1D79C-B67E-42C0-850F-00005042548C")
                .put("categoryName", sample.path("category").asText())
                .put("entryCode", sample.path("hs").asText("9503006000"));
        twin(
                data,
                "materialNameEn",
                JSON.createArrayNode().add(sample.path("material").asText()));
        twin(data, "packingNameEn", JSON.createArrayNode().add("Plastic bags"));
        keys(data, sample.path("keys"));
        twin(data, "productProEn", JSON.createArrayNode().add("COMMON"));
        data.set("sellPrice", sample.path("price"));
        data.put("sourceFrom", 1).put("description", sample.path("description").asText());
        ArrayNode variants = data.putArray("variants");
        sample.path("variants").forEach(variant -> variants.add(variant(variant, sample)));
        data.put("createrTime", "2025-06-04T07:39:09+08:00");
        data.putNull("productVideo").put("status", sample.path("status").asText("3"));
        data.put("suggestSellPrice", "8.62 - 34.52")
                .put("listedNum", sample.path("listed").asInt(100));
        data.putNull("supplierName").putNull("supplierId").put("isTestProduct", false);
        return data;
    }

    private static void keys(ObjectNode data, JsonNode keys) {
        List<String> names = new ArrayList<>();
        keys.forEach(name -> names.add(name.asText()));
        data.put("productKeyEn", String.join("-", names));
        data.set("productKeyEnSet", keys);
    }

    /** The array as text, and again as what it is. */
    private static void twin(ObjectNode data, String name, JsonNode values) {
        data.put(name, values.toString());
        data.set(name + "Set", values);
    }

    private static ObjectNode variant(JsonNode note, JsonNode sample) {
        ObjectNode variant = JSON.createObjectNode();
        variant.put("vid", note.path("vid").asText())
                .put("pid", sample.path("pid").asText());
        variant.putNull("variantName")
                .put(
                        "variantNameEn",
                        sample.path("name").asText() + " " + note.path("key").asText());
        variant.put("variantImage", note.has("picture") ? address(note.path("picture")) : null);
        variant.put(
                "variantSku",
                sample.path("sku").asText() + note.path("vid").asText().substring(15) + "AZ");
        variant.put("barcode", "16000061307" + note.path("vid").asText().substring(17))
                .putNull("barcode2");
        variant.put("variantUnit", "unit(s)").put("variantProperty", "[]");
        variant.set("variantKey", note.path("key"));
        variant.put("variantLength", 270).put("variantWidth", 250).put("variantHeight", 30);
        variant.put("variantVolume", 2025000).set("variantWeight", note.path("weight"));
        variant.set("variantSellPrice", note.path("price"));
        variant.put("createTime", 1685864349000L).put("variantStandard", "long=270,width=250,height=30");
        variant.set("variantSugSellPrice", note.path("suggested"));
        variant.putNull("combineNum").putNull("inventoryNum").putNull("combineVariants");
        ArrayNode inventories = JSON.createArrayNode();
        note.path("stock").fields().forEachRemaining(country -> {
            ObjectNode warehouse = inventories.addObject();
            warehouse
                    .put("countryCode", country.getKey())
                    .put("totalInventory", country.getValue().asLong())
                    .put("cjInventory", 0)
                    .put("factoryInventory", country.getValue().asLong())
                    .put("verifiedWarehouse", 2);
        });
        variant.set("inventories", inventories.isEmpty() ? null : inventories);
        return variant;
    }

    private static String address(JsonNode number) {
        return PICTURES + number.asInt() + ".jpg";
    }
}
