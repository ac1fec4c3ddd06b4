package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.model.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the outbox.
 *
 * @param key what it is about; events of an account with the same key keep their order
 * @param payload JSON object
 * @param workId the item that told it
 */
public record Event(
        String id,
        AccountId account,
        String topic,
        String key,
        Instant time,
        String payload,
        @Nullable String traceId,
        @Nullable String jobId,
        @Nullable String workId) {}
