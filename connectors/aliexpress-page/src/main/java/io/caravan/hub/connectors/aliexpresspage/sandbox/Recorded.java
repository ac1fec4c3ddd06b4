package io.caravan.hub.connectors.aliexpresspage.sandbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recorded pages by the number of the item, or the word that was searched. */
final class Recorded {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern ITEM = Pattern.compile("item_page_([0-9]+)_.*");
    private static final Pattern SEARCH = Pattern.compile("search_page_([a-z]+)\\.json");

    private final Map<String, String> items = new HashMap<>();
    private final Map<String, String> searches = new HashMap<>();

    /** What is served as it is, by item number. */
    Optional<String> item(String id) {
        return Optional.ofNullable(items.get(id));
    }

    Optional<String> search(String word) {
        return Optional.ofNullable(searches.get(word));
    }

    List<String> read(Path folder) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                lines.add(file.getFileName() + ": " + use(file));
            }
        } catch (IOException e) {
            lines.add(folder + " cannot be read: " + e.getMessage());
        }
        return lines;
    }

    private String use(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Matcher item = ITEM.matcher(name);
        if (item.matches()) {
            String text = Files.readString(file);
            // the raw page wins over the same data taken out of it
            if (name.endsWith(".html")) {
                items.put(item.group(1), text);
                return "served as item " + item.group(1);
            }
            items.putIfAbsent(item.group(1), ItemPages.page(JSON.readTree(text)));
            return "served inside a page as item " + item.group(1);
        }
        Matcher search = SEARCH.matcher(name);
        if (search.matches()) {
            searches.put(
                    search.group(1),
                    SearchPages.page(JSON.readTree(file.toFile()).path("content")));
            return "served as the search for " + search.group(1);
        }
        if (name.startsWith("datahub_")) {
            JsonNode reply = JSON.readTree(file.toFile());
            String id = reply.path("result").path("item").path("itemId").asText();
            if (!id.isEmpty()) {
                items.put(id, reply.toString());
                return "served as item " + id;
            }
            return "left alone, it names no item";
        }
        return "left alone, it is no page of an item or a search with data";
    }
}
