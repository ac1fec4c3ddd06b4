package io.caravan.hub.connectors.delivery.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its caller sees it.
 *
 * @param outcome what its last step said, JSON-compatible
 * @param progress the newest progress text
 * @param done items that are over, of {@code total} so far; a running job may still add some
 * @param causes why it failed or is parked
 */
public record JobView(
        String id,
        String kind,
        JobStatus status,
        @Nullable Object outcome,
        @Nullable String progress,
        int done,
        int total,
        @Nullable String traceId,
        Instant createdAt,
        Instant updatedAt,
        List<String> causes) {}
