package io.caravan.hub.proof.fuzz;

import io.caravan.hub.connectors.egress.Reply;
import io.caravan.hub.connectors.egress.RetryAfter;
import io.caravan.hub.connectors.egress.StandardWebhook;
import io.caravan.hub.connectors.sendgrid.SendGridEventMapper;
import io.caravan.hub.connectors.sendgrid.SendGridSignature;
import io.caravan.hub.connectors.shopify.ShopifySignature;
import io.caravan.hub.connectors.woocommerce.WooCommerceWebhook;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What says who sent a webhook, and when a vendor may be asked again. */
final class SignatureTargets {

    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

    private SignatureTargets() {}

    static List<Target> all() throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        PublicKey key = pairs.generateKeyPair().getPublic();
        return List.of(signatures(key), secrets(key), retryAfter(), sendGridEvents());
    }

    private static Target signatures(PublicKey key) {
        List<byte[]> signed = Target.texts(
                "200\nwebhook-id: m1\nwebhook-timestamp: " + Instant.now().getEpochSecond()
                        + "\nwebhook-signature: v1,AAAA v1,BBBB\n\n{}",
                "200\nX-Shopify-Hmac-SHA256: AAAA\nX-WC-Webhook-Signature: AAAA\n\n{}",
                "200\nX-WC-Webhook-Topic: product.updated\n\nwebhook_id=12");
        StandardWebhook standard = new StandardWebhook(SECRET);
        WooCommerceWebhook woo = new WooCommerceWebhook(List.of("a secret"));
        return Target.parser(
                "webhook-signatures",
                Form.ANSWER,
                signed,
                input -> {
                    Answer told = Answer.all(input).get(0);
                    String signature =
                            told.headers().values().stream().findFirst().orElse("");
                    boolean taken = standard.verify(told.headers(), Instant.now(), told.body())
                            || woo.verify(told.body(), told.headers())
                            || ShopifySignature.verify("a secret", signature, told.body())
                            || SendGridSignature.verify(
                                    key,
                                    String.valueOf(Instant.now().getEpochSecond()),
                                    signature,
                                    told.body(),
                                    Instant.now(),
                                    Duration.ofHours(1));
                    if (taken) {
                        throw new AssertionError("took what nobody signed");
                    }
                    WooCommerceWebhook.ping(told.body());
                    RetryAfter.of(new Reply(429, told.headers(), told.body()));
                },
                List.of());
    }

    private static Target secrets(PublicKey key) {
        return Target.parser(
                "webhook-secrets",
                Form.TEXT,
                Target.texts(
                        SECRET, SECRET + "," + SECRET, "", Base64.getEncoder().encodeToString(key.getEncoded())),
                input -> {
                    refused(() -> new StandardWebhook(Target.utf8(input)));
                    SendGridSignature.key(Target.utf8(input));
                },
                List.of(IllegalArgumentException.class));
    }

    private static void refused(Runnable parse) {
        try {
            parse.run();
        } catch (NumberFormatException forgotten) {
            throw forgotten;
        } catch (IllegalArgumentException declared) {
            // as it says
        }
    }

    private static Target retryAfter() {
        return Target.parser(
                "retry-after",
                Form.TEXT,
                Target.texts("120", "1.5", "Fri, 20 Nov 2026 20:00:00 GMT", "-1", "1e9"),
                input -> {
                    for (String name : List.of("Retry-After", "retry-after-ms", "Date")) {
                        Optional<Duration> wait = RetryAfter.of(
                                new Reply(429, Map.of(name.toLowerCase(Locale.ROOT), Target.utf8(input)), new byte[0]));
                        if (wait.isPresent()
                                && (wait.get().isNegative() || wait.get().toHours() > 1)) {
                            throw new AssertionError("waits " + wait.get());
                        }
                    }
                },
                List.of());
    }

    private static Target sendGridEvents() {
        return Target.parser(
                "sendgrid-events",
                Form.JSON,
                Target.texts(
                        "[{\"event\":\"delivered\",\"sg_event_id\":\"a\",\"sg_message_id\":\"m.f\",\"timestamp\":1777885200,"
                                + "\"email\":\"a@example.com\",\"category\":[\"x\"],\"hub_message_id\":\"h\",\"reason\":\"r\"}]"),
                input -> new SendGridEventMapper().events(input),
                List.of(IllegalArgumentException.class));
    }
}
