package io.caravan.hub.connectors.http;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) over parsed JSON: {@code /product/variants/0/sku}. */
final class Pointers {

    private Pointers() {}

    /** @throws IllegalArgumentException naming the field, when the text is no pointer */
    static JsonPointer parse(String field, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + " must be a JSON pointer like /product/id, it is " + text, e);
        }
    }

    /** What lies there, or null. */
    static @Nullable Object at(@Nullable Object json, JsonPointer pointer) {
        Object one = json;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            if (one instanceof Map<?, ?> map) {
                one = map.get(rest.getMatchingProperty());
            } else if (one instanceof List<?> list && rest.mayMatchElement() && rest.getMatchingIndex() < list.size()) {
                one = list.get(rest.getMatchingIndex());
            } else {
                return null;
            }
        }
        return one;
    }
}
