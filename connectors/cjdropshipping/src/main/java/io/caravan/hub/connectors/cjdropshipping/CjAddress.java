package io.caravan.hub.connectors.cjdropshipping;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses: of products for people, and of pictures as CJ writes them. */
final class CjAddress {

    private static final int LONGEST_SLUG = 80;

    private CjAddress() {}

    /** CJ's pages are found by what stands behind {@code -p-}; the words before it are for people. */
    static URI of(String pid, String title) {
        String slug = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        slug = slug.substring(0, Math.min(slug.length(), LONGEST_SLUG)).replaceAll("^-+|-+$", "");
        String id = pid.replaceAll("[^A-Za-z0-9_-]", "");
        return URI.create(
                "https://cjdropshipping.com/product/" + (slug.isEmpty() ? "product" : slug) + "-p-" + id + ".html");
    }

    /** Null when it is no address of a picture; those that begin with two slashes get their scheme. */
    static @Nullable String picture(String text) {
        String address = text.startsWith("//") ? "https:" + text : text;
        return address.matches("https?://[^\\s;\"<>]+") && address.length() <= 2_000 ? address : null;
    }
}
