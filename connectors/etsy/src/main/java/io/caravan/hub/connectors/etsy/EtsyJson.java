package io.caravan.hub.connectors.etsy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading parsed JSON and request bodies without trusting either. */
final class EtsyJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EtsyJson() {}

    /** Empty when the field is missing or null. */
    static String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        return value == null ? "" : value.toString();
    }

    /** 0 when the field is missing, null or no number. */
    static long number(Map<?, ?> map, String field) {
        String text = text(map, field);
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** An id of a reply that the next call needs; without it a success is unreadable, which means unknown. */
    static String id(Map<?, ?> reply, String field) {
        String id = text(reply, field);
        if (!id.matches("[1-9][0-9]{0,18}")) {
            throw unreadable("an answer without a usable " + field);
        }
        return id;
    }

    /** A success that says too little; for a change that means its outcome is unknown. */
    static VendorException unreadable(String what) {
        return new VendorException(ErrorKind.TRANSIENT, "etsy", "unreadable", 200, "gave " + what, "");
    }

    /** Shape: in, {@code {amount_minor, currency}} or {@code {minor, currency}}. */
    static Money money(Map<?, ?> map) {
        String minor = text(map, "amount_minor").isEmpty() ? text(map, "minor") : text(map, "amount_minor");
        if (!minor.matches("[1-9][0-9]{0,11}")) {
            throw new IllegalArgumentException("price must have a positive amount_minor");
        }
        return Money.of(Long.parseLong(minor), text(map, "currency"));
    }

    /** Etsy's {@code {amount, divisor, currency_code}} in major units; null when it is none. */
    static @Nullable BigDecimal major(@Nullable Object price) {
        if (price instanceof Number number) {
            return new BigDecimal(number.toString());
        }
        Map<String, Object> money = map(price);
        long divisor = number(money, "divisor");
        return divisor <= 0
                ? null
                : BigDecimal.valueOf(number(money, "amount"))
                        .divide(
                                BigDecimal.valueOf(divisor),
                                String.valueOf(divisor).length() - 1,
                                RoundingMode.HALF_UP);
    }

    static String folded(String tag) {
        return VendorText.plain(tag).toLowerCase(Locale.ROOT);
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Map of plain values is always JSON", e);
        }
    }
}
