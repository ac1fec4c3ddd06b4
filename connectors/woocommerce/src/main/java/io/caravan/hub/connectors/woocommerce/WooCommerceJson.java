package io.caravan.hub.connectors.woocommerce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reading replies whose types differ between stores: plugins turn prices into numbers, ids into texts, arrays into
 * objects and flags into 0, 1 and "". Nothing here throws for a wrong type unless the next call needs the value.
 */
final class WooCommerceJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WooCommerceJson() {}

    /** The reply itself, or what a tunnel put into {@code data}. */
    static Map<String, Object> object(@Nullable Object reply) {
        Map<String, Object> map = map(reply);
        return map.containsKey("data") && !map.containsKey("id") && !map.containsKey("code")
                ? map(map.get("data"))
                : map;
    }

    /** Empty when the field is missing, null or no plain value. */
    static String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    /** A positive whole number as text; empty when it is none. */
    static String idOr(Map<?, ?> map, String field) {
        String text = text(map, field).trim().replaceFirst("\\.0+$", "");
        return text.matches("[1-9][0-9]{0,18}") ? text : "";
    }

    /** An id of a reply that the next call needs; without it a success is unreadable, which means unknown. */
    static String id(Map<?, ?> map, String field) {
        String id = idOr(map, field);
        if (id.isEmpty()) {
            throw unreadable("an answer without a usable " + field);
        }
        return id;
    }

    /** Null when there is none: missing, null, "" or no number. */
    static @Nullable BigDecimal decimal(Map<?, ?> map, String field) {
        String text = text(map, field).trim();
        return text.matches("-?[0-9]{1,15}([.][0-9]{1,10})?") ? new BigDecimal(text) : null;
    }

    static boolean flag(Map<?, ?> map, String field) {
        return text(map, field).matches("(?i)true|1|yes");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** An array, also one that PHP wrote as an object since its keys had a gap. */
    static List<?> list(@Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.keySet().stream().allMatch(key -> String.valueOf(key).matches("[0-9]+"))) {
            return List.copyOf(map.values());
        }
        return value instanceof List<?> list ? list : List.of();
    }

    /**
     * A reply that must be a list.
     *
     * @throws VendorException of kind TRANSIENT when it is none: a page that cannot be read is not an empty store
     */
    static List<?> page(@Nullable Object reply) {
        Object value = reply instanceof Map<?, ?> map && map.containsKey("data") ? map.get("data") : reply;
        boolean numbered = !list(value).isEmpty();
        if (value instanceof List || numbered) {
            return list(value);
        }
        throw unreadable("something else than a list");
    }

    /** A success that says too little; for a change that means its outcome is unknown. */
    static VendorException unreadable(String what) {
        return new VendorException(
                ErrorKind.TRANSIENT, WooCommerceErrors.VENDOR, "unreadable", 200, "gave " + what, "");
    }

    static boolean same(String ours, String theirs) {
        return VendorText.plain(ours).equalsIgnoreCase(VendorText.plain(theirs));
    }

    static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null ? other == null : other != null && one.compareTo(other) == 0;
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Map of plain values is always JSON", e);
        }
    }
}
