package io.caravan.hub.connectors.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.hub.model.Checks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One call, as a person describes it under {@code steps} of an effect's file.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path below the system's address, with places as in {@link Template}; may have a query
 * @param referenceHeader header that carries the effect's reference, or null
 * @param referenceField field of the body, an object, that carries it, or null
 * @param body what is sent instead of the request, with places in its texts; null sends the request where the method has a body
 * @param items where the list of a look-up lies; null when the answer is the list or the one object
 * @param id where an object's id lies; null takes {@code /id} if there is one
 * @param state where its state lies, or null
 * @param facts further values to keep, by name
 */
record HttpStep(
        String method,
        Template path,
        @Nullable String referenceHeader,
        @Nullable String referenceField,
        @Nullable Object body,
        @Nullable JsonPointer items,
        @Nullable JsonPointer id,
        @Nullable JsonPointer state,
        Map<String, JsonPointer> facts) {

    static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final Set<String> FIELDS =
            Set.of("method", "path", "reference_header", "reference_field", "body", "items", "id", "state", "facts");

    /** @throws IllegalArgumentException naming the field and what is wrong with it */
    static HttpStep of(Map<String, Object> how) {
        how.keySet().stream().filter(field -> !FIELDS.contains(field)).forEach(field -> {
            throw new IllegalArgumentException(field + " is not known, there are " + new TreeSet<>(FIELDS));
        });
        String header = text(how, "reference_header");
        if (header != null && !header.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("reference_header must be the name of a header");
        }
        return new HttpStep(
                method(text(how, "method")),
                path(text(how, "path")),
                header,
                text(how, "reference_field"),
                how.get("body"),
                pointer(how, "items"),
                pointer(how, "id"),
                pointer(how, "state"),
                facts(how.get("facts")));
    }

    static String method(@Nullable String method) {
        if (method == null || !METHODS.contains(method)) {
            throw new IllegalArgumentException("method must be one of " + new TreeSet<>(METHODS) + ", it is " + method);
        }
        return method;
    }

    static Template path(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a /, it is " + path);
        }
        return Template.of("path", Checks.text("path", path, 1000));
    }

    boolean hasBody() {
        return hasBody(method);
    }

    static boolean hasBody(String method) {
        return !method.equals("GET") && !method.equals("DELETE");
    }

    private static @Nullable String text(Map<String, Object> how, String field) {
        Object value = how.get(field);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(field + " must be a text");
        }
        return (String) value;
    }

    private static @Nullable JsonPointer pointer(Map<String, Object> how, String field) {
        String text = text(how, field);
        return text == null ? null : Pointers.parse(field, text);
    }

    private static Map<String, JsonPointer> facts(@Nullable Object said) {
        Map<String, JsonPointer> facts = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) {
            map.forEach(
                    (name, at) -> facts.put(String.valueOf(name), Pointers.parse("facts." + name, String.valueOf(at))));
        } else if (said != null) {
            throw new IllegalArgumentException("facts must name a JSON pointer each");
        }
        return facts;
    }
}
