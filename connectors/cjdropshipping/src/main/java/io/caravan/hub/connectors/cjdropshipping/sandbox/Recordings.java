package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recorded products and pages of products, whatever lies around them. A recorded product is told as it is; one that only
 * a page knows can be found and not be asked for, as it happens with the vendor.
 */
final class Recordings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 6;

    private Recordings() {}

    static List<String> read(Path folder, Catalogue catalogue) {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                List<Catalogue.Entry> found = new ArrayList<>();
                find(parsed(Files.readString(file)), DEEPEST, found);
                found.forEach(catalogue::record);
                told.add("cjdropshipping: "
                        + (found.isEmpty() ? "leaves alone " : "feeds " + found.size() + " products of ")
                        + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("recordings in " + folder + " cannot be read", e);
        }
        return told;
    }

    private static void find(JsonNode node, int depth, List<Catalogue.Entry> found) {
        if (node.isTextual() && depth > 0) {
            JsonNode inner = parsed(node.asText());
            if (inner.isContainerNode()) {
                find(inner, depth - 1, found);
            }
        } else if (node instanceof ObjectNode product
                && product.hasNonNull("pid")
                && product.path("variants").isArray()) {
            found.add(new Catalogue.Entry(product.path("pid").asText(), product, true));
        } else if (listed(node)) {
            found.add(new Catalogue.Entry(
                    node.path(node.has("pid") ? "pid" : "id").asText(), old((ObjectNode) node), false));
        } else if (depth > 0) {
            for (JsonNode child : node) {
                if (child.isContainerNode() || node.has("body") || node.has("data")) {
                    find(child, depth - 1, found);
                }
            }
        }
    }

    private static boolean listed(JsonNode node) {
        return node.isObject()
                && node.hasNonNull("sellPrice")
                && (node.hasNonNull("productNameEn") && node.hasNonNull("pid")
                        || node.hasNonNull("nameEn") && node.hasNonNull("id"));
    }

    /** A row under the names of {@code product/query}. */
    private static ObjectNode old(ObjectNode row) {
        ObjectNode data = row.deepCopy();
        if (row.has("nameEn")) {
            data.set("productNameEn", row.path("nameEn"));
            data.set("productSku", row.path("sku"));
        }
        data.set("variants", JSON.createArrayNode());
        return data;
    }

    private static JsonNode parsed(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? JSON.missingNode() : node;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
