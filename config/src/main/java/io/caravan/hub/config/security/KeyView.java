package io.caravan.hub.config.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key as it may be shown; the key itself is shown once, when it is made. */
public record KeyView(
        String id,
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant revokedAt) {}
