package io.caravan.hub.config.store.api;

import io.caravan.hub.connectors.delivery.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the answers about the delivery engine share. */
final class Shown {

    private static final String NOBODY = "unknown";
    private static final Pattern OBJECT = Pattern.compile("[a-z2-7]{26}");

    private Shown() {}

    static <T> Map<String, Object> page(Page<T> page, Function<T, Map<String, Object>> view) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("items", page.items().stream().map(view).toList());
        answer.put("next", page.next());
        return answer;
    }

    static String id(Map<String, Object> path) {
        return String.valueOf(path.get("id"));
    }

    /** What {@code GET /api/v1/trace/} knows: an object's id. Work that stands for no object has its lane's name here. */
    static @Nullable String trace(@Nullable String traceId) {
        return traceId != null && OBJECT.matcher(traceId).matches() ? traceId : null;
    }

    /** Who did it, for the audit. */
    static String person(@Nullable String who) {
        return who == null ? NOBODY : who;
    }
}
