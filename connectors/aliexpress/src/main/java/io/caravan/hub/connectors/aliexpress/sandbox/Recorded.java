package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recorded replies, sent as they are: products under their id, rows of searches to every search. Their pictures lie at
 * the vendor; with setting {@code own_pictures} 1 our own stand in their place, for a machine without a network.
 */
final class Recorded {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PICTURE = Pattern.compile("https?://[a-z0-9]+\\.alicdn\\.com/[^\"\\\\;\\s?]+");

    private final Map<String, ObjectNode> products = new LinkedHashMap<>();
    private final List<ObjectNode> rows = new ArrayList<>();
    private boolean ownPictures;

    synchronized void ownPictures(boolean own) {
        ownPictures = own;
    }

    synchronized List<String> read(Path folder) {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                told.add("aliexpress: " + take(Files.readString(file, StandardCharsets.UTF_8)) + " "
                        + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("recordings in " + folder + " cannot be read", e);
        }
        return told;
    }

    synchronized Optional<ObjectNode> product(String id, String pictures) {
        ObjectNode body = products.get(id);
        return body == null || !ownPictures ? Optional.ofNullable(body) : Optional.of(withOwn(body, pictures));
    }

    synchronized boolean sells(String id, String sku) {
        ObjectNode body = products.get(id);
        return body != null && body.findValuesAsText("sku_id").contains(sku);
    }

    synchronized List<ObjectNode> rows() {
        return List.copyOf(rows);
    }

    private String take(String text) {
        JsonNode all;
        try {
            all = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return "leaves alone";
        }
        JsonNode body = all.path("response").path("body").isObject()
                ? all.path("response").path("body")
                : all;
        JsonNode result = body.path("aliexpress_ds_product_get_response").path("result");
        String id = result.path("ae_item_base_info_dto")
                .path("product_id")
                .asText(result.path("product_id_converter_result")
                        .path("main_product_id")
                        .asText());
        if (body instanceof ObjectNode product && !id.isEmpty()) {
            products.put(id, product);
            return "feeds product " + id + " of";
        }
        JsonNode found = body.path("aliexpress_ds_text_search_response")
                .path("data")
                .path("products")
                .path("selection_search_product");
        int before = rows.size();
        found.forEach(row -> {
            if (row instanceof ObjectNode usable) {
                rows.add(usable);
            }
        });
        return rows.size() > before ? "feeds " + (rows.size() - before) + " rows of" : "leaves alone";
    }

    private static ObjectNode withOwn(ObjectNode body, String pictures) {
        ObjectNode own = body.deepCopy();
        own.findParents("sku_image").forEach(parent -> put(parent, "sku_image", url -> mine(url, pictures)));
        own.findParents("image_urls")
                .forEach(parent -> put(
                        parent,
                        "image_urls",
                        urls -> Stream.of(urls.split(";"))
                                .map(url -> mine(url, pictures))
                                .collect(Collectors.joining(";"))));
        own.findParents("detail")
                .forEach(parent -> put(
                        parent,
                        "detail",
                        html -> PICTURE.matcher(html).replaceAll(url -> mine(url.group(), pictures))));
        return own;
    }

    private static void put(JsonNode parent, String field, UnaryOperator<String> change) {
        ((ObjectNode) parent).put(field, change.apply(parent.path(field).asText()));
    }

    /** One of ours for each of theirs. */
    private static String mine(String url, String pictures) {
        return pictures + (1_000_000L + Math.abs((long) url.hashCode())) + ".jpg";
    }
}
