package io.caravan.hub.connectors.egress;

import io.caravan.hub.model.connection.Connection;
import org.jspecify.annotations.Nullable;

/** Takes our credentials out of text that a vendor wrote: some vendors echo the key they refuse. */
final class Secrets {

    private static final int SHORTEST = 6;

    private Secrets() {}

    static String scrub(String text, @Nullable Connection connection) {
        String clean = text;
        if (connection != null) {
            for (String secret : connection.secrets().values()) {
                if (secret.length() >= SHORTEST) {
                    clean = clean.replace(secret, "***");
                }
            }
        }
        // keys that a vendor shortens in its message keep their marks: sk-abc***xyz
        return clean.replaceAll("\\b(sk-|SG\\.|whsec_|hub_)[A-Za-z0-9_.*-]{4,}", "$1***");
    }
}
