package io.caravan.hub.connectors.sendgrid;

import io.caravan.hub.model.Refs;
import java.time.Instant;
import java.util.List;

/**
 * What became of a mail, for one recipient.
 *
 * @param eventId SendGrid's id of the event; a repetition may carry another one
 * @param messageId as X-Message-Id told it; empty when the event carries none
 * @param hubMessageId our reference; empty for mails that the hub did not send
 * @param kind SendGrid's word: processed, deferred, delivered, dropped, bounce, open, click, spamreport, unsubscribe,
 *     group_unsubscribe, group_resubscribe, or a word that is new
 * @param emailHash SHA-256 of the address in lower case, in hexadecimal; the address itself is not kept
 * @param at by SendGrid's clock, whole seconds; the epoch when the event tells none
 * @param reason why it was dropped, bounced or deferred; empty otherwise
 */
public record MailEvent(
        String eventId,
        String messageId,
        String hubMessageId,
        String kind,
        String emailHash,
        Instant at,
        String reason,
        List<String> categories) {

    public MailEvent {
        categories = List.copyOf(categories);
    }

    /** The same for every repetition of this event, whatever id SendGrid gave it then. */
    public String dedupeKey() {
        return Refs.of(
                "sendgrid", messageId, hubMessageId, kind, emailHash, String.valueOf(at.getEpochSecond()), reason);
    }
}
