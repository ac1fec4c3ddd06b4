package io.caravan.hub.connectors.shopify;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shopify's global ids, {@code gid://shopify/Product/123}. Outside of this connector an id is its number alone. */
final class Gid {

    private static final Pattern NUMBER = Pattern.compile("(?:gid://shopify/([A-Za-z]+)/)?([1-9][0-9]{0,18})");

    private Gid() {}

    /**
     * @param id a number, or a global id of the same type
     * @throws IllegalArgumentException naming {@code what}
     */
    static String of(String what, String type, String id) {
        return "gid://shopify/" + type + "/" + number(what, type, id);
    }

    static String product(String id) {
        return of("product id", "Product", id);
    }

    /** The number of an id. */
    static String number(String what, String type, String id) {
        Matcher match = NUMBER.matcher(id);
        if (!match.matches() || (match.group(1) != null && !match.group(1).equals(type))) {
            throw new IllegalArgumentException(what + " must be a number or a gid://shopify/" + type + " id");
        }
        return match.group(2);
    }
}
