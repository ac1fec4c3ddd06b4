package io.caravan.hub.connectors.etsy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form as Etsy reads it: lists are one field with commas; an empty list is left out, since Etsy refuses one. */
final class EtsyForm {

    static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    private final Map<String, String> fields = new LinkedHashMap<>();

    EtsyForm put(String name, Object value) {
        fields.put(name, value.toString());
        return this;
    }

    /** Leaves out a blank value. */
    EtsyForm maybe(String name, String value) {
        return value.isBlank() ? this : put(name, value);
    }

    EtsyForm list(String name, List<?> values) {
        return values.isEmpty()
                ? this
                : put(
                        name,
                        String.join(",", values.stream().map(Object::toString).toList()));
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
