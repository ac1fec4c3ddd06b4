package io.caravan.hub.config.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Query parameters of a list. The contract has checked them; what is checked here again keeps SQL safe on its own. */
public record Query(Map<String, ?> parameters) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 200;

    public static Query of(@Nullable Map<String, ?> parameters) {
        return new Query(parameters == null ? Map.of() : parameters);
    }

    /** Null when absent or empty. */
    public @Nullable String text(String name) {
        Object value = parameters.get(name);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    /**
     * @throws IllegalArgumentException naming the parameter when it is no whole number
     */
    int number(String name, int otherwise) {
        String text = text(name);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": is not a whole number", e);
        }
    }

    /** 1 to 200, 50 when absent. */
    public int limit() {
        int limit = number("limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: must be 1 to " + MOST);
        }
        return limit;
    }

    @Nullable
    Cursor cursor() {
        return Cursor.of(text("cursor"));
    }

    /**
     * @param rows up to one more than the limit, which tells whether there is a next page
     * @param end where a page that ends with this row ends
     */
    <R> Map<String, Object> page(List<R> rows, Function<R, Map<String, Object>> view, Function<R, Cursor> end) {
        boolean more = rows.size() > limit();
        List<R> shown = more ? rows.subList(0, limit()) : rows;
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", shown.stream().map(view).toList());
        page.put("next", more ? end.apply(shown.get(shown.size() - 1)).text() : null);
        return page;
    }
}
