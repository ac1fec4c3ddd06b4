package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is sold: the sandbox's own products, or recorded ones in their place once any was fed. */
final class Catalogue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Entry> own = new ArrayList<>();
    private final List<Entry> recorded = new ArrayList<>();

    /**
     * @param data as {@code product/query} tells it; own ones name pictures by number
     * @param onShelf false for one that a search still finds, and that is gone when asked for
     */
    record Entry(String pid, ObjectNode data, boolean onShelf) {

        String name() {
            return data.path("productNameEn").asText(data.path("productName").asText());
        }
    }

    Catalogue() {
        try (InputStream in = Catalogue.class.getResourceAsStream("/cjdropshipping/sandbox-catalogue.json")) {
            if (in == null) {
                throw new IllegalStateException("the sandbox's catalogue is missing from the class path");
            }
            for (JsonNode sample : JSON.readTree(in)) {
                own.add(new Entry(
                        sample.path("pid").asText(),
                        SampleProduct.data(sample),
                        !sample.path("removed").asBoolean()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void record(Entry entry) {
        recorded.removeIf(old -> old.pid().equals(entry.pid()) && !old.onShelf());
        if (recorded.stream().noneMatch(old -> old.pid().equals(entry.pid()))) {
            recorded.add(entry);
        }
    }

    Optional<Entry> byId(String pid) {
        return all().filter(entry -> entry.pid().equals(pid)).findFirst();
    }

    Optional<Entry> bySku(String sku) {
        return all().filter(entry -> entry.data().path("productSku").asText().equals(sku))
                .findFirst();
    }

    Optional<JsonNode> variant(String vid) {
        return all().flatMap(entry -> variants(entry.data()))
                .filter(variant -> variant.path("vid").asText().equals(vid))
                .findFirst();
    }

    /** Those whose name has all words of the question; all of them for an empty one. */
    List<Entry> search(String question) {
        List<String> words = List.of(question.toLowerCase(Locale.ROOT).strip().split("\\s+"));
        return all().filter(entry -> {
                    String name = entry.name().toLowerCase(Locale.ROOT);
                    return words.stream().allMatch(name::contains);
                })
                .toList();
    }

    /** The product with addresses of pictures, and with inventories only where they were asked for. */
    ObjectNode told(Entry entry, String pictures, boolean inventories) {
        ObjectNode data = read(entry.data().toString().replace(SampleProduct.PICTURES, pictures));
        if (!inventories) {
            data.path("variants").forEach(variant -> ((ObjectNode) variant).putNull("inventories"));
        }
        return data;
    }

    /** A row of {@code listV2}, whose names differ from those of {@code product/query}. */
    ObjectNode row(Entry entry, String pictures) {
        ObjectNode data = told(entry, pictures, true);
        ObjectNode row = JSON.createObjectNode();
        row.put("id", entry.pid()).put("nameEn", entry.name());
        row.set("sku", data.path("productSku"));
        row.put("bigImage", image(data));
        row.set("sellPrice", data.path("sellPrice"));
        row.putNull("nowPrice").putNull("supplierName");
        row.set("categoryId", data.path("categoryId"));
        row.put("warehouseInventoryNum", stock(data))
                .put("listedNum", data.path("listedNum").asInt());
        return row;
    }

    /** A row of the older {@code list}; its picture is one address. */
    ObjectNode oldRow(Entry entry, String pictures) {
        ObjectNode data = told(entry, pictures, true);
        ObjectNode row = JSON.createObjectNode().put("pid", entry.pid());
        row.set("productName", data.path("productName"));
        row.put("productNameEn", entry.name());
        row.set("productSku", data.path("productSku"));
        row.put("productImage", image(data));
        row.set("productWeight", data.path("productWeight"));
        row.set("sellPrice", data.path("sellPrice"));
        row.put("createTime", "2025-11-24T08:36:24.000+00:00");
        return row;
    }

    static long stock(JsonNode data) {
        return variants(data)
                .flatMap(variant -> stream(variant.path("inventories")))
                .mapToLong(warehouse -> warehouse.path("totalInventory").asLong())
                .sum();
    }

    static Map<String, Object> inventory(ObjectNode data) {
        return Map.of(
                "inventories",
                List.of(Map.of("countryCode", "CN", "totalInventoryNum", stock(data))),
                "variantInventories",
                variants(data)
                        .map(variant ->
                                Map.of("vid", variant.path("vid").asText(), "inventory", variant.path("inventories")))
                        .toList());
    }

    private Stream<Entry> all() {
        return recorded.isEmpty() ? own.stream() : recorded.stream();
    }

    private static String image(JsonNode data) {
        String image = data.path("bigImage").asText(data.path("productImage").asText());
        return image.startsWith("[") ? "" : image;
    }

    private static Stream<JsonNode> variants(JsonNode data) {
        return stream(data.path("variants"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all.stream();
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
