package io.caravan.hub.config.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reasons and tags as routes hand them over. */
final class Texts {

    private static final int LONGEST = 500;

    private Texts() {}

    /**
     * A collection, one of them, or nothing. One is a text, or a map with {@code message} or {@code text} (the cause of
     * a dead letter). Each is cut to 500 characters, blank ones are left out.
     */
    static List<String> of(@Nullable Object given) {
        Collection<?> all = given instanceof Collection<?> many ? many : given == null ? List.of() : List.of(given);
        return all.stream()
                .filter(Objects::nonNull)
                .map(Texts::text)
                .filter(text -> !text.isBlank())
                .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                .toList();
    }

    private static String text(Object one) {
        if (one instanceof Map<?, ?> map) {
            Object said = map.get("message") == null ? map.get("text") : map.get("message");
            return said == null ? map.toString() : said.toString();
        }
        return one.toString();
    }
}
