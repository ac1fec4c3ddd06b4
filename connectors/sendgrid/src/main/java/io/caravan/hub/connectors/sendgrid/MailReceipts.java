package io.caravan.hub.connectors.sendgrid;

import java.util.Optional;

/**
 * What the hub knows from SendGrid's events; bound as bean {@code mailReceipts}. SendGrid itself cannot be asked for a
 * mail by our reference, only its events bring it back.
 */
public interface MailReceipts {

    /**
     * @param reference that was sent as {@code custom_args.hub_message_id}
     * @return the vendor's message id when an event proves that the mail was taken in, also when that id is {@code ""}
     */
    Optional<String> seen(String reference);
}
