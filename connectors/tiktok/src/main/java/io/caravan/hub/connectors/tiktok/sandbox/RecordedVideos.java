package io.caravan.hub.connectors.tiktok.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recorded datasets, sent as they are. A file may hold the array itself, or wrap it: a recorded exchange
 * ({@code response.body}, parsed or as text), {@code items}, {@code data}.
 */
final class RecordedVideos {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WRAPPERS = List.of("response", "body", "data", "items");
    private static final int DEEPEST = 5;

    private final List<ArrayNode> datasets = new ArrayList<>();
    private int next;

    List<String> read(Path folder) {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Optional<ArrayNode> dataset = parsed(Files.readString(file)).flatMap(node -> dataset(node, DEEPEST));
                dataset.ifPresent(datasets::add);
                String what = dataset.map(rows -> "feeds " + rows.size() + " rows of ")
                        .orElse("leaves alone ");
                told.add("tiktok: " + what + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("recordings in " + folder + " cannot be read", e);
        }
        return told;
    }

    /** All recorded datasets as one, beginning with another one on each run; empty when none was fed. */
    synchronized Optional<ArrayNode> found() {
        if (datasets.isEmpty()) {
            return Optional.empty();
        }
        ArrayNode all = JSON.createArrayNode();
        for (int i = 0; i < datasets.size(); i++) {
            all.addAll(datasets.get((next + i) % datasets.size()));
        }
        next++;
        return Optional.of(all);
    }

    private static Optional<ArrayNode> dataset(JsonNode node, int depth) {
        if (node instanceof ArrayNode rows) {
            return videos(rows) ? Optional.of(rows) : Optional.empty();
        }
        if (depth == 0) {
            return Optional.empty();
        }
        if (node.isTextual()) {
            return parsed(node.asText()).filter(JsonNode::isContainerNode).flatMap(inner -> dataset(inner, depth - 1));
        }
        return WRAPPERS.stream()
                .filter(node::has)
                .flatMap(name -> dataset(node.path(name), depth - 1).stream())
                .findFirst();
    }

    private static boolean videos(ArrayNode rows) {
        for (JsonNode row : rows) {
            if (row.has("id") && (row.has("hashtags") || row.has("playCount") || row.has("webVideoUrl"))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
