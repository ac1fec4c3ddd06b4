package io.caravan.hub.connectors.cjdropshipping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading parsed replies without trusting them. Ids are numbers in one reply and text in the next: all become text. */
final class CjJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CjJson() {}

    /** {@code ""} when the field is missing or null; numbers in full, never in scientific form. */
    static String text(Map<?, ?> map, String field) {
        return plain(map.get(field));
    }

    static String plain(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value == null ? "" : value.toString().strip();
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** Whether there is something to carry or to lose: not null, not blank, not an empty list in either form. */
    static boolean present(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(CjJson::present);
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        String text = plain(value);
        return !text.isEmpty() && !text.equals("[]") && !text.equals("null");
    }

    /**
     * Texts of a list, of a JSON array inside a string ({@code "[\"a\",\"b\"]"}), or of a plain string; each once, blank
     * ones left out.
     */
    static List<String> texts(@Nullable Object value) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Object one : array(value)) {
            String text = plain(one);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    /** As {@link #texts}, each as often as it is there. */
    static List<?> array(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        String text = plain(value);
        if (text.startsWith("[") && text.endsWith("]")) {
            try {
                return JSON.readValue(text, List.class);
            } catch (JsonProcessingException e) {
                return List.of(text);
            }
        }
        return text.isEmpty() ? List.of() : List.of(text);
    }

    /** A success that says too little to be one. */
    static VendorException unreadable(String what) {
        return new VendorException(ErrorKind.TRANSIENT, "cjdropshipping", "unreadable", 200, "answered " + what, "");
    }
}
