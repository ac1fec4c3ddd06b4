package io.caravan.hub.connectors.aliexpresspage;

import org.jspecify.annotations.Nullable;

/** Addresses of pictures: without a scheme, and cut to a size by what stands behind the real name. */
final class Pictures {

    private Pictures() {}

    /** The picture in its own size, with a scheme; null when it is no address. */
    static @Nullable String full(String address) {
        String whole = address.strip();
        if (whole.startsWith("//")) {
            whole = "https:" + whole;
        }
        whole = whole.replaceFirst(
                "(?i)(\\.(?:jpe?g|png|webp|gif))_[0-9]+x[0-9]+[a-z0-9]*\\.(?:jpe?g|png|webp)(_\\.webp)?$", "$1");
        return whole.matches("https?://[^\\s\"'<>;]{3,2000}") ? whole : null;
    }
}
