package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a vendor remembers: named collections of JSON objects. Every change is one line appended to a file before the
 * answer leaves, and read back at start, so that the vendor outlives any kill of the hub, or its own. Thread-safe; a
 * handler that reads and then writes holds the state's monitor.
 */
public final class SandboxState {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path journal;
    private final Map<String, Map<String, ObjectNode>> collections = new LinkedHashMap<>();

    SandboxState(Path folder) {
        this.journal = folder.resolve("state.jsonl");
        try {
            Files.createDirectories(folder);
            if (Files.exists(journal)) {
                for (String line : Files.readAllLines(journal, StandardCharsets.UTF_8)) {
                    replay(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox state in " + folder + " cannot be read", e);
        }
    }

    /** A new object to fill and {@link #put}. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Next number of a collection, starting at {@code first}; never given twice, also not after a restart. */
    public synchronized long next(String collection, long first) {
        ObjectNode counter = get("_counters", collection).orElseGet(SandboxState::object);
        long value = counter.path("value").asLong(first);
        counter.put("value", value + 1);
        put("_counters", collection, counter);
        return value;
    }

    public synchronized Optional<ObjectNode> get(String collection, String id) {
        return Optional.ofNullable(
                        collections.getOrDefault(collection, Map.of()).get(id))
                .map(ObjectNode::deepCopy);
    }

    /** All objects in the order of their creation; copies. */
    public synchronized List<ObjectNode> list(String collection) {
        return collections.getOrDefault(collection, Map.of()).values().stream()
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** Creates or replaces. */
    public synchronized void put(String collection, String id, ObjectNode value) {
        collections.computeIfAbsent(collection, name -> new LinkedHashMap<>()).put(id, value.deepCopy());
        append(collection, id, value);
    }

    public synchronized boolean remove(String collection, String id) {
        boolean was =
                collections.getOrDefault(collection, new LinkedHashMap<>()).remove(id) != null;
        if (was) {
            append(collection, id, null);
        }
        return was;
    }

    /** Names of the collections, without the frame's own. */
    public synchronized List<String> collections() {
        return new ArrayList<>(collections.keySet())
                .stream().filter(name -> !name.startsWith("_")).toList();
    }

    private void append(String collection, String id, @org.jspecify.annotations.Nullable ObjectNode value) {
        ObjectNode line = object().put("at", Instant.now().toString())
                .put("c", collection)
                .put("id", id);
        line.set("v", value);
        try {
            Files.writeString(
                    journal, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox state " + journal + " cannot be written", e);
        }
    }

    private void replay(JsonNode line) {
        Map<String, ObjectNode> collection =
                collections.computeIfAbsent(line.path("c").asText(), name -> new LinkedHashMap<>());
        if (line.path("v").isObject()) {
            collection.put(line.path("id").asText(), (ObjectNode) line.path("v"));
        } else {
            collection.remove(line.path("id").asText());
        }
    }
}
