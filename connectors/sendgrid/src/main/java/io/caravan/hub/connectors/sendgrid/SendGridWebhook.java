package io.caravan.hub.connectors.sendgrid;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a webhook request is SendGrid's, for the ingress that holds its raw bytes. Takes several keys, for the time
 * in which one replaces another.
 */
public final class SendGridWebhook {

    /** SendGrid repeats for up to 24 hours and does not say whether a repetition is signed anew; repeats are harmless, they are sorted out by {@link MailEvent#dedupeKey}. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofHours(25);

    private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

    private final List<PublicKey> keys;
    private final Duration tolerance;
    private final Clock clock;

    /** @param publicKey Base64 of DER, as SendGrid shows it; several are separated by commas */
    public SendGridWebhook(String publicKey) {
        this(List.of(publicKey.split(",")), DEFAULT_TOLERANCE, Clock.systemUTC());
    }

    /** @throws IllegalArgumentException when a key is none */
    public SendGridWebhook(List<String> publicKeys, Duration tolerance, Clock clock) {
        this.keys = publicKeys.stream().map(SendGridSignature::key).toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * @param raw the request's body as it came
     * @param headers of the request, names in any case
     */
    public boolean verify(byte[] raw, Map<String, ?> headers) {
        String signature = header(headers, SIGNATURE);
        String timestamp = header(headers, TIMESTAMP);
        return signature != null
                && timestamp != null
                && keys.stream()
                        .anyMatch(key ->
                                SendGridSignature.verify(key, timestamp, signature, raw, clock.instant(), tolerance));
    }

    private static @Nullable String header(Map<String, ?> headers, String name) {
        for (Map.Entry<String, ?> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name) && header.getValue() != null) {
                return header.getValue().toString();
            }
        }
        return null;
    }
}
