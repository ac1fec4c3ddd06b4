package io.caravan.hub.connectors.reddit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recorded listings, sent as they are but for {@code after}: the next recorded listing follows as the next page, and each
 * first page begins with another one. A file may hold the listing itself or a recorded exchange around it.
 */
final class RecordedListings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WRAPPERS = List.of("response", "body", "string");
    private static final Pattern TOKEN = Pattern.compile("t3_rec([0-9]+)x([0-9]+)");
    private static final int DEEPEST = 5;

    private final List<ObjectNode> listings = new ArrayList<>();
    private int next;

    List<String> read(Path folder) {
        List<String> told = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Optional<ObjectNode> listing = parsed(Files.readString(file)).flatMap(node -> listing(node, DEEPEST));
                listing.ifPresent(listings::add);
                String what = listing.map(one ->
                                "feeds " + one.path("data").path("children").size() + " posts of ")
                        .orElse("leaves alone ");
                told.add("reddit: " + what + file.getFileName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("recordings in " + folder + " cannot be read", e);
        }
        return told;
    }

    /** Empty when none was fed. */
    synchronized Optional<ObjectNode> page(String after) {
        if (listings.isEmpty()) {
            return Optional.empty();
        }
        Matcher token = TOKEN.matcher(after);
        boolean first = !token.matches();
        int start = first ? next++ % listings.size() : Integer.parseInt(token.group(1)) % listings.size();
        int step = first ? 0 : Integer.parseInt(token.group(2));
        ObjectNode page = listings.get((start + step) % listings.size()).deepCopy();
        ObjectNode data = (ObjectNode) page.path("data");
        if (data.path("after").isTextual() && step + 1 < listings.size()) {
            data.put("after", "t3_rec" + start + "x" + (step + 1));
        } else {
            data.putNull("after");
        }
        return Optional.of(page);
    }

    private static Optional<ObjectNode> listing(JsonNode node, int depth) {
        if (node.path("kind").asText().equals("Listing")) {
            boolean posts = node.path("data").path("children").findValue("title") != null;
            return posts ? Optional.of((ObjectNode) node) : Optional.empty();
        }
        if (depth == 0) {
            return Optional.empty();
        }
        if (node.isTextual()) {
            return parsed(node.asText()).filter(JsonNode::isObject).flatMap(inner -> listing(inner, depth - 1));
        }
        return WRAPPERS.stream()
                .filter(node::has)
                .flatMap(name -> listing(node.path(name), depth - 1).stream())
                .findFirst();
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
