package io.caravan.hub.connectors.openai;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads parsed answers without believing them: what is missing or of another type reads as empty. */
final class Vendor {

    private Vendor() {}

    /**
     * @throws VendorException TRANSIENT {@code unreadable} for JSON that is no object
     */
    static Map<?, ?> object(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> map) {
            return map;
        }
        throw unusable("unreadable", "answered JSON that is no object", null);
    }

    static Map<?, ?> map(Map<?, ?> from, String name) {
        return from.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(Map<?, ?> from, String name) {
        return from.get(name) instanceof List<?> list ? list : List.of();
    }

    static String text(Map<?, ?> from, String name) {
        return from.get(name) instanceof String text ? text : "";
    }

    static long number(Map<?, ?> from, String name) {
        return from.get(name) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    /** The first element of a list when it is an object. */
    static Map<?, ?> first(List<?> list) {
        return !list.isEmpty() && list.get(0) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A 200 that does not hold what it must: paid for perhaps, of no use. */
    static VendorException unusable(String code, String message, @Nullable Throwable cause) {
        return new VendorException(ErrorKind.TRANSIENT, "openai", code, 200, message, null, "", cause);
    }
}
