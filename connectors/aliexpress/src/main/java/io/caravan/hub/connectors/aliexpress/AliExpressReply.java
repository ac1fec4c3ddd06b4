package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading the platform's parsed JSON: roots and lists wrapped in one-key objects, numbers that are texts. */
final class AliExpressReply {

    private AliExpressReply() {}

    /**
     * What is under the root key of a method's reply ({@code aliexpress.ds.product.get} has
     * {@code aliexpress_ds_product_get_response}).
     *
     * @throws VendorException of kind TRANSIENT when there is no such root
     */
    static Map<?, ?> root(@Nullable Object body, String method) {
        Map<?, ?> root = map(map(body).get(method.replace('.', '_') + "_response"));
        if (root.isEmpty()) {
            throw unreadable("an answer without what " + method + " answers");
        }
        return root;
    }

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A list, bare or alone in an object of one key; an empty list is not sent at all. */
    static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        Map<?, ?> wrapper = map(value);
        Object only = wrapper.size() == 1 ? wrapper.values().iterator().next() : null;
        return only instanceof List<?> list ? list : List.of();
    }

    /** Empty when the field is missing or null. Ids beyond 2^53 stay exact: whole numbers are never read as doubles. */
    static String text(Map<?, ?> map, String field) {
        Object value = map.get(field);
        return value == null || value instanceof Map || value instanceof List
                ? ""
                : value.toString().trim();
    }

    /** Null when the field is missing or no whole number. */
    static @Nullable Long number(Map<?, ?> map, String field) {
        String text = text(map, field);
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    /** A price in major units, as all prices of the platform are, also where the field's name says cent. */
    static Optional<Money> money(String major, String currency) {
        if (!major.matches("[0-9]{1,10}([.][0-9]{1,6})?") || !currency.matches("[A-Z]{3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.of(new BigDecimal(major), Currency.getInstance(currency)));
        } catch (IllegalArgumentException e) {
            // three letters, but no currency
            return Optional.empty();
        }
    }

    /**
     * Absolute http(s), or empty; the platform leaves the scheme away in places. Blanks within are those of a line that
     * somebody wrapped (RFC 3986, appendix C).
     */
    static String address(String url) {
        String whole = url.replaceAll("\\s+", "");
        String absolute = whole.startsWith("//") ? "https:" + whole : whole;
        return absolute.matches("https?://[^\\s;\"<>]{3,1900}") ? absolute : "";
    }

    static VendorException unreadable(String what) {
        return new VendorException(ErrorKind.TRANSIENT, "aliexpress", "unreadable", 200, "gave " + what, "");
    }

    static VendorException failure(ErrorKind kind, String code, String message) {
        return new VendorException(kind, "aliexpress", code, 200, message, "");
    }
}
