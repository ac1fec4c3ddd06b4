package io.caravan.hub.connectors.delivery.inbox;

import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * An event from outside, after its signature was checked.
 *
 * @param source webhook source or topic
 * @param eventId the sender's id of the event, at most 255 characters; the same id is the same event
 * @param raw the bytes as they came, at most 1 MB
 * @param work what to do about it; null when it could not be read
 * @param deadReason why it could not be read; null when there is work
 */
public record InboxEvent(
        String source,
        AccountId account,
        String eventId,
        byte[] raw,
        boolean signatureOk,
        @Nullable NewWork work,
        @Nullable String deadReason) {}
