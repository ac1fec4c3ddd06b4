package io.caravan.hub.config.connections;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection as it may be shown. */
public record ConnectionView(
        String id,
        String vendor,
        String mode,
        String state,
        @Nullable String reason,
        String baseUrl,
        List<String> credentials,
        Map<String, String> settings,
        @Nullable String tokenExpiresAt) {

    private static final Duration SOON = Duration.ofDays(1);

    static ConnectionView of(ConnectionRow row, boolean renewable, URI baseUrl, Instant now) {
        Instant expires = row.tokenExpiresAt();
        return new ConnectionView(
                row.id(),
                row.vendor(),
                row.mode().name().toLowerCase(Locale.ROOT),
                state(row, renewable, now).word(),
                row.reason(),
                baseUrl.toString(),
                row.secrets().keySet().stream().sorted().toList(),
                row.settings(),
                expires == null ? null : expires.toString());
    }

    private static ConnectionState state(ConnectionRow row, boolean renewable, Instant now) {
        if (row.reconnectNeeded() || row.reason() != null) {
            return ConnectionState.RECONNECT_NEEDED;
        }
        if (!renewable && row.expiresBefore(now)) {
            return ConnectionState.EXPIRED;
        }
        return !renewable && row.expiresBefore(now.plus(SOON)) ? ConnectionState.EXPIRING : ConnectionState.CONNECTED;
    }
}
