package io.caravan.hub.connectors.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with places in braces: {@code {reference}}, {@code {id}} and, of the request, {@code {/product/sku}}.
 *
 * @param text as the person wrote it
 */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    /** @throws IllegalArgumentException naming the field, when a place is not known */
    static Template of(String field, String text) {
        PLACE.matcher(text).results().map(place -> place.group(1)).forEach(place -> {
            if (place.startsWith("/")) {
                Pointers.parse(field + ": {" + place + "}", place);
            } else if (!List.of("reference", "id").contains(place)) {
                throw new IllegalArgumentException(field + ": {" + place
                        + "} is not known, there are {reference}, {id} and {/field/of/the/request}");
            }
        });
        return new Template(text);
    }

    /** For a path or a query: what is put in is percent-encoded, so that it stays one part of it. */
    String path(@Nullable Object request, Map<String, String> names) {
        return filled(request, names, true);
    }

    /** For a header or a text of the body. */
    String plain(@Nullable Object request, Map<String, String> names) {
        return filled(request, names, false);
    }

    private String filled(@Nullable Object request, Map<String, String> names, boolean encoded) {
        return text.indexOf('{') < 0
                ? text
                : PLACE.matcher(text)
                        .replaceAll(place -> java.util.regex.Matcher.quoteReplacement(
                                encoded ? encoded(value(place, request, names)) : value(place, request, names)));
    }

    private String value(MatchResult match, @Nullable Object request, Map<String, String> names) {
        String place = match.group(1);
        Object value = place.startsWith("/")
                ? Pointers.at(request, Pointers.parse(place, place))
                : names.getOrDefault(place, "");
        if (value == null
                || value instanceof Map
                || value instanceof List
                || value.toString().isBlank()) {
            throw new IllegalArgumentException(text + " needs a text or a number at {" + place + "}");
        }
        return value.toString();
    }

    private static String encoded(String value) {
        if (value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("\"" + value + "\" cannot be a part of a path");
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
