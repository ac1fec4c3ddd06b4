package io.caravan.hub.routes.api.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the hub answered so far, by the names of the fields: whoever asks for such a field may name what there is. */
final class Seen {

    private static final int MOST = 60;
    private static final int LONGEST = 2_000;

    private final Map<String, List<String>> values = new HashMap<>();
    private int count;

    /** @param path of the contract that was asked */
    void take(String path, JsonNode answer) {
        walk(path, "", answer);
    }

    private void walk(String path, String field, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(member -> walk(path, member.getKey(), member.getValue()));
        } else if (node.isArray()) {
            node.forEach(one -> walk(path, singular(field), one));
        } else if (node.isTextual()
                && !node.textValue().isEmpty()
                && node.textValue().length() <= LONGEST) {
            List<String> known = values.computeIfAbsent(name(path, field), any -> new ArrayList<>());
            if (known.size() < MOST) {
                known.add(node.textValue());
            } else {
                known.set(count++ % MOST, node.textValue());
            }
        }
    }

    /**
     * One that fits; null when there is none.
     *
     * @param path of the contract
     * @param field {@code id} is that of the path's kind, {@code cursor} the path's own next page
     */
    @Nullable
    String any(String path, String field, Random random, Predicate<String> fits) {
        List<String> known = values.getOrDefault(name(path, field), List.of()).stream()
                .filter(fits)
                .toList();
        return known.isEmpty() ? null : known.get(random.nextInt(known.size()));
    }

    /** {@code id} below /api/v1/trends is a {@code trend_id}. */
    private static String name(String path, String field) {
        if (field.equals("id")) {
            String[] parts = path.split("/");
            return singular(parts.length > 3 ? parts[3] : path) + "_id";
        }
        return field.equals("next") || field.equals("cursor") ? "cursor of " + path : field;
    }

    static String singular(String field) {
        return field.endsWith("s") ? field.substring(0, field.length() - 1) : field;
    }
}
