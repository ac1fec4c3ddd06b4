package io.caravan.hub.config.connections;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Mode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code connection}, opened.
 *
 * @param reconnectNeeded nothing uses it until a person gives a new credential
 * @param reason why that is so; alone, why the vendor refused the last read, which is tried again at its next time
 * @param tokenExpiresAt null when the vendor never said
 * @param seed fingerprint of what the configuration last put here
 */
record ConnectionRow(
        String id,
        AccountId account,
        String vendor,
        Mode mode,
        boolean reconnectNeeded,
        @Nullable String reason,
        Map<String, String> secrets,
        Map<String, String> settings,
        @Nullable Instant tokenExpiresAt,
        @Nullable String seed) {

    /** Name of the credential that a renewal replaces. */
    static final String ACCESS_TOKEN = "accessToken";

    static final String REFRESH_TOKEN = "refreshToken";

    String accessToken() {
        return secrets.getOrDefault(ACCESS_TOKEN, "");
    }

    boolean expiresBefore(Instant moment) {
        return tokenExpiresAt != null && tokenExpiresAt.isBefore(moment);
    }

    @Override
    public String toString() {
        return "ConnectionRow[" + account + ", " + vendor + ", " + mode + "]";
    }
}
