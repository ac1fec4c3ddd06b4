package io.caravan.hub.connectors.tiktok;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One video of a dataset. Counts that are missing (slideshows) or negative are 0.
 *
 * @param tags without {@code #}, blank ones and those longer than a keyword left out, each once
 */
record TiktokItem(String id, String caption, List<String> tags, long plays, long interactions, Instant at) {

    private static final int LONGEST_KEYWORD = 200;

    /** Missing parts are "" or empty; {@code at} is the epoch when the row has no date. */
    static TiktokItem of(Map<?, ?> row) {
        long interactions = 0;
        for (String count : List.of("shareCount", "commentCount", "collectCount", "diggCount")) {
            interactions = sum(interactions, count(row, count));
        }
        return new TiktokItem(
                row.get("id") == null ? "" : row.get("id").toString().trim(),
                row.get("text") instanceof String text ? text.strip() : "",
                tags(row.get("hashtags")),
                count(row, "playCount"),
                interactions,
                date(row).orElse(Instant.EPOCH));
    }

    /** {@code createTimeISO}, else {@code createTime} in seconds. */
    static Optional<Instant> date(Object row) {
        if (!(row instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        if (map.get("createTimeISO") instanceof String text) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                // falls through to the other form of the same date
            }
        }
        return map.get("createTime") instanceof Number seconds && seconds.longValue() > 0
                ? Optional.of(Instant.ofEpochSecond(Math.min(seconds.longValue(), 253_402_300_799L)))
                : Optional.empty();
    }

    static boolean flag(Map<?, ?> row, String name) {
        return Boolean.TRUE.equals(row.get(name));
    }

    static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long count(Map<?, ?> row, String name) {
        return row.get(name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    private static List<String> tags(@org.jspecify.annotations.Nullable Object hashtags) {
        List<String> names = new ArrayList<>();
        if (hashtags instanceof List<?> list) {
            for (Object one : list) {
                Object name = one instanceof Map<?, ?> map ? map.get("name") : one;
                if (name instanceof String text) {
                    String tag = text.strip().replaceFirst("^#+", "").strip();
                    if (!tag.isEmpty() && tag.length() <= LONGEST_KEYWORD) {
                        names.add(tag);
                    }
                }
            }
        }
        return names.stream().distinct().toList();
    }
}
