package io.caravan.hub.connectors.aliexpresspage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route asks, checked before it becomes a request. All failures are IllegalArgumentExceptions. */
record Asked(Map<?, ?> body) {

    static Asked of(@Nullable Object body) {
        if (body instanceof Map<?, ?> map) {
            return new Asked(map);
        }
        throw new IllegalArgumentException("the body must be a map");
    }

    String productId() {
        return matching("product_id", "", "[0-9]{8,20}");
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

    int size() {
        return Math.min(60, Integer.parseInt(matching("size", "20", "[1-9][0-9]{0,3}")));
    }

    /** Words for a path: letters and digits with hyphens between them. */
    String words() {
        String words = text("q").replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        if (words.isEmpty() || words.length() > 100) {
            throw new IllegalArgumentException("q must have words of Latin letters or digits, at most 100 characters");
        }
        return words;
    }

    PageCall page(String path, int page) {
        String locale = language() + "_" + (language().equals("en") ? "US" : shipTo());
        return new PageCall(
                path,
                page,
                "aep_usuc_f=site=glo&c_tp=" + currency() + "&region=" + shipTo() + "&b_locale=" + locale,
                language());
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
