package io.caravan.hub.connectors.aliexpress;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route asks, checked before it becomes a request. All failures are IllegalArgumentExceptions. */
record Asked(Map<?, ?> body) {

    private static final Map<String, String> COUNTRY_OF_LANGUAGE =
            Map.of("en", "US", "pt", "BR", "ja", "JP", "ko", "KR", "uk", "UA", "ar", "MA", "he", "IL", "vi", "VN");

    static Asked of(@Nullable Object body) {
        if (body instanceof Map<?, ?> map) {
            return new Asked(map);
        }
        throw new IllegalArgumentException("the body must be a map");
    }

    String productId() {
        return matching("product_id", "", "[0-9]{8,20}");
    }

    String variantId() {
        return matching("variant_id", "", "[0-9]{5,20}");
    }

    int quantity() {
        return Integer.parseInt(matching("quantity", "1", "[1-9][0-9]{0,4}"));
    }

    String shipTo() {
        return matching("ship_to", "US", "[A-Z]{2}");
    }

    String currency() {
        return matching("currency", "USD", "[A-Z]{3}");
    }

    String language() {
        return matching("language", "en", "[a-z]{2}");
    }

    /** {@code en_US}, {@code pt_BR}: the platform's language and country in one. */
    String locale() {
        String language = language();
        return language + "_" + COUNTRY_OF_LANGUAGE.getOrDefault(language, language.toUpperCase(Locale.ROOT));
    }

    String text(String field) {
        Object value = body.get(field);
        return value == null ? "" : value.toString().trim();
    }

    String matching(String field, String otherwise, String regex) {
        String given = text(field);
        String value = given.isEmpty() ? otherwise : given;
        if (!value.matches(regex)) {
            throw new IllegalArgumentException(field + " must match " + regex);
        }
        return value;
    }
}
