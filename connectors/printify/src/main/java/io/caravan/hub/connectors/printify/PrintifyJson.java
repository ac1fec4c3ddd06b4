package io.caravan.hub.connectors.printify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading parsed JSON and request bodies without trusting either. */
final class PrintifyJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PrintifyJson() {}

    /** Empty when the field is missing or null. */
    static String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        return value == null ? "" : value.toString();
    }

    /** -1 when the field is missing, null or no number. */
    static long number(Map<?, ?> map, String field) {
        String text = text(map, field);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** An id of a reply that the next call needs; without it a success is unreadable, which means unknown. */
    static String id(Map<?, ?> reply) {
        String id = text(reply, "id");
        if (!id.matches("[A-Za-z0-9]{1,64}")) {
            throw unreadable("an answer without a usable id");
        }
        return id;
    }

    /** An id of a request, safe in a path. */
    static String id(String what, String value) {
        if (!value.matches("[A-Za-z0-9]{1,64}")) {
            throw new IllegalArgumentException(what + " must be an id of Printify");
        }
        return value;
    }

    static String shop(Connection connection) {
        return "/shops/" + id("setting shopId", connection.setting("shopId"));
    }

    static VendorException unreadable(String what) {
        return failure(ErrorKind.TRANSIENT, "unreadable", "gave " + what);
    }

    static VendorException failure(ErrorKind kind, String code, String message) {
        return new VendorException(kind, "printify", code, 200, message, "");
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Map of plain values is always JSON", e);
        }
    }
}
