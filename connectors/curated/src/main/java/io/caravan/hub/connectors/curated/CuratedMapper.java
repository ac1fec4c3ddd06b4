package io.caravan.hub.connectors.curated;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Entries to signals. Nothing is left out with a reason here: a person wrote the file and can mend it, so a bad entry
 * refuses all of it and is named.
 */
final class CuratedMapper {

    private static final Set<String> FIELDS = Set.of("keyword", "context", "region", "weight");

    private CuratedMapper() {}

    /**
     * @param list array of {@code {keyword, weight, context?, region?}}; weight 1 to 100 becomes the volume
     * @throws IllegalArgumentException naming entry and field
     */
    static SignalBatch signals(JsonNode list, Instant now) {
        if (!list.isArray()) {
            throw new IllegalArgumentException("must be a list of entries, each with keyword and weight");
        }
        List<Signal> signals = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Signal signal = signal(list.get(i), i + 1, now);
            Integer earlier = places.putIfAbsent(signal.externalId(), i + 1);
            if (earlier != null) {
                throw fault(i + 1, signal.keyword(), "keyword", "is already in entry " + earlier);
            }
            signals.add(signal);
        }
        return new SignalBatch("curated", list.size(), signals, Map.of());
    }

    private static Signal signal(JsonNode entry, int number, Instant now) {
        if (!entry.isObject()) {
            throw fault(number, "", "entry", "must have fields, keyword and weight at least");
        }
        String keyword = text(entry, number, "", "keyword", 200, true);
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw fault(number, keyword, name, "is unknown, there are keyword, context, region and weight");
            }
        }
        String region = text(entry, number, keyword, "region", 2, false);
        if (!region.isEmpty() && !region.matches("[A-Z]{2}")) {
            throw fault(number, keyword, "region", "must be two capital letters (ISO 3166-1) or left out");
        }
        JsonNode weight = entry.path("weight");
        if (!weight.isInt() || weight.asInt() < 1 || weight.asInt() > 100) {
            throw fault(number, keyword, "weight", "must be a whole number from 1 to 100");
        }
        return new Signal(
                "curated",
                region + "|" + keyword.toLowerCase(Locale.ROOT),
                keyword,
                Volume.CURATED,
                weight.asInt(),
                0,
                region,
                context(entry.path("context"), number, keyword),
                now);
    }

    private static List<String> context(JsonNode context, int number, String keyword) {
        if (context.isMissingNode()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        context.forEach(one -> texts.add(one.isTextual() ? one.asText().strip() : ""));
        if (!context.isArray() || texts.size() > 5 || texts.stream().anyMatch(t -> t.isEmpty() || t.length() > 300)) {
            throw fault(number, keyword, "context", "must be a list of 1 to 5 texts of at most 300 characters");
        }
        return texts;
    }

    private static String text(JsonNode entry, int number, String keyword, String field, int max, boolean required) {
        JsonNode value = entry.path(field);
        if (value.isMissingNode() && !required) {
            return "";
        }
        String text = value.isTextual() ? value.asText().strip() : "";
        if (text.isEmpty() || text.length() > max) {
            throw fault(number, keyword, field, "must be text of 1 to " + max + " characters, in quotes when in doubt");
        }
        return text;
    }

    private static IllegalArgumentException fault(int number, String keyword, String field, String what) {
        String entry = keyword.isEmpty() ? "entry " + number : "entry " + number + " (" + keyword + ")";
        return new IllegalArgumentException(entry + ": " + field + " " + what);
    }
}
