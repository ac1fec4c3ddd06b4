package io.caravan.hub.connectors.media;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * Bounds of a fetch, from properties {@code hub.media.*}.
 *
 * @param allow {@code host:port} pairs whose addresses need not be public: the sandbox. Defaults to none; with the profile
 *     {@code prod} it must be.
 * @param patience how long a server may send nothing or less than {@code minRate}. Defaults to 1,500 ms.
 * @param total for the whole fetch, redirects included. Defaults to 15 s.
 * @param minRate bytes a second, after {@code patience}. Defaults to 32,768.
 * @param maxBytes largest picture. Defaults to 8 MB.
 * @param maxPixels width times height. Defaults to 40,000,000.
 * @param maxSide longest side of our copy in pixels. Defaults to 2,048.
 * @param decoders pictures that are decoded at a time, the bound of memory. Defaults to 2.
 */
record MediaSettings(
        Set<String> allow,
        Duration patience,
        Duration total,
        long minRate,
        long maxBytes,
        long maxPixels,
        int maxSide,
        int decoders) {

    MediaSettings {
        allow = Set.copyOf(allow);
    }

    static MediaSettings defaults() {
        return new MediaSettings(
                Set.of(), Duration.ofMillis(1_500), Duration.ofSeconds(15), 32_768, 8 << 20, 40_000_000, 2_048, 2);
    }

    /**
     * @throws IllegalStateException when the allow-list is set in production, or an entry has no port
     */
    static MediaSettings of(CamelContext camel) {
        MediaSettings defaults = defaults();
        Set<String> allow = Arrays.stream(text(camel, "allow", "").split(","))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toSet());
        for (String entry : allow) {
            if (!entry.matches("(?:[a-z0-9.-]+|\\[[0-9a-f:]+]):[0-9]{1,5}")) {
                throw new IllegalStateException("hub.media.allow: \"" + entry + "\" is not host:port");
            }
        }
        String profiles = camel.resolvePropertyPlaceholders("{{spring.profiles.active:}}");
        if (!allow.isEmpty() && Arrays.asList(profiles.split("[,\\s]+")).contains("prod")) {
            throw new IllegalStateException(
                    "hub.media.allow must not be set in production: it lets pictures be fetched "
                            + "from inside your network");
        }
        return new MediaSettings(
                allow,
                Duration.ofMillis(number(camel, "patience-ms", defaults.patience.toMillis())),
                Duration.ofMillis(number(camel, "total-ms", defaults.total.toMillis())),
                number(camel, "min-rate", defaults.minRate),
                number(camel, "max-bytes", defaults.maxBytes),
                number(camel, "max-pixels", defaults.maxPixels),
                Math.toIntExact(number(camel, "max-side", defaults.maxSide)),
                Math.toIntExact(number(camel, "decoders", defaults.decoders)));
    }

    private static long number(CamelContext camel, String name, long otherwise) {
        String text = text(camel, name, String.valueOf(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, with the property's name
        }
        throw new IllegalStateException("hub.media." + name + " must be a whole number above 0, is " + text);
    }

    private static String text(CamelContext camel, String name, String otherwise) {
        return camel.resolvePropertyPlaceholders("{{hub.media." + name + ":" + otherwise + "}}");
    }
}
