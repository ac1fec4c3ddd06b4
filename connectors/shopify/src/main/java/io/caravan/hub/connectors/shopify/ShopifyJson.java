package io.caravan.hub.connectors.shopify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading parsed JSON without trusting it. */
final class ShopifyJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ShopifyJson() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** The elements of a connection: {@code {"nodes": [...]}}. */
    static List<Map<String, Object>> nodes(@Nullable Object connection) {
        return list(map(connection).get("nodes")).stream().map(ShopifyJson::map).toList();
    }

    /** Where the next page begins; null on the last. */
    static @Nullable String nextPage(@Nullable Object connection) {
        Map<String, Object> info = map(map(connection).get("pageInfo"));
        String cursor = text(info, "endCursor");
        return Boolean.TRUE.equals(info.get("hasNextPage")) && !cursor.isEmpty() ? cursor : null;
    }

    /** Empty when the field is missing or null. */
    static String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        return value == null ? "" : value.toString();
    }

    /** Null when the field is missing, null or no whole number. */
    static @Nullable Long number(Map<?, ?> map, String field) {
        String text = text(map, field);
        return text.matches("-?[0-9]{1,18}") ? (Long) Long.parseLong(text) : null;
    }

    /** A success that says too little; for a change that means its outcome is unknown. */
    static VendorException unreadable(String what) {
        return unknown("unreadable", "gave " + what);
    }

    /** Something that may or may not have happened. */
    static VendorException unknown(String code, String message) {
        return new VendorException(ErrorKind.TRANSIENT, "shopify", code, 200, message, "");
    }

    /** As final as if Shopify had said it. */
    static VendorException refused(String code, String message) {
        return new VendorException(ErrorKind.REJECTED, "shopify", code, 200, message, "");
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Map of plain values is always JSON", e);
        }
    }
}
