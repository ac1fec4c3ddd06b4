package io.caravan.hub.config.security;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API key as it may be shown; the key itself is shown once, when it is made. */
public record KeyView(
        String id,
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    /** Its members in JSON. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("name", name);
        json.put("role", role);
        json.put("created_at", createdAt.toString());
        json.put("revoked_at", revokedAt == null ? null : revokedAt.toString());
        return json;
    }
}
