package io.caravan.hub.connectors.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendGridSignatureTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String STAMP = String.valueOf(NOW.getEpochSecond());
    private static final byte[] BODY = "[{\"event\":\"delivered\"}]\r\n".getBytes(StandardCharsets.UTF_8);

    private KeyPair pair;

    @BeforeEach
    void makeKeys() throws Exception {
        pair = keys("secp256r1");
    }

    @Test
    void shouldAcceptTheVendorsOwnVector() throws Exception {
        JsonNode vector = Recordings.read("event-webhook-signed").path("vector");
        String stamp =
                vector.at("/headers/X-Twilio-Email-Event-Webhook-Timestamp").asText();
        String signature =
                vector.at("/headers/X-Twilio-Email-Event-Webhook-Signature").asText();
        byte[] raw = vector.path("body_raw").asText().getBytes(StandardCharsets.UTF_8);
        String key = vector.path("public_key_base64_der_spki").asText();
        Instant then = Instant.ofEpochSecond(Long.parseLong(stamp));

        assertThat(SendGridSignature.verify(
                        SendGridSignature.key(key), stamp, signature, raw, then, Duration.ofMinutes(5)))
                .isTrue();
        byte[] trimmed = new String(raw, StandardCharsets.UTF_8).trim().getBytes(StandardCharsets.UTF_8);
        assertThat(SendGridSignature.verify(
                        SendGridSignature.key(key), stamp, signature, trimmed, then, Duration.ofMinutes(5)))
                .as("without its CR LF")
                .isFalse();
    }

    @Test
    void shouldRefuseOneChangedByte() throws Exception {
        String signature = sign(pair, STAMP, BODY);
        assertThat(verify(STAMP, signature, BODY)).isTrue();
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertThat(verify(STAMP, signature, changed)).as("byte " + i).isFalse();
        }
        assertThat(verify(STAMP + "1", signature, BODY)).isFalse();
    }

    @Test
    void shouldHoldTheToleranceOnBothSides() throws Exception {
        for (long offset : new long[] {-300, 300}) {
            String stamp = String.valueOf(NOW.getEpochSecond() + offset);
            assertThat(verify(stamp, sign(pair, stamp, BODY), BODY)).as(stamp).isTrue();
        }
        for (long offset : new long[] {-301, 301}) {
            String stamp = String.valueOf(NOW.getEpochSecond() + offset);
            assertThat(verify(stamp, sign(pair, stamp, BODY), BODY)).as(stamp).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MEUCIQ==", "MAYCAQACAQA="})
    void shouldRefuseASignatureThatIsNone(String signature) {
        assertThat(verify(STAMP, signature, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-5", "99999999999999999999"})
    void shouldRefuseATimestampThatIsNone(String stamp) throws Exception {
        assertThat(verify(stamp, sign(pair, stamp, BODY), BODY)).isFalse();
    }

    @Test
    void shouldTakeNoOtherKindOfKey() throws Exception {
        String otherCurve = base64(keys("secp384r1"));
        assertThatThrownBy(() -> SendGridSignature.key(otherCurve)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SendGridSignature.key("AAAA")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeTheOldKeyAndTheNewOneAndHeadersInAnyCase() throws Exception {
        KeyPair next = keys("secp256r1");
        SendGridWebhook webhook = new SendGridWebhook(
                List.of(base64(pair), base64(next)), Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC));
        for (KeyPair signer : List.of(pair, next)) {
            assertThat(webhook.verify(
                            BODY,
                            Map.of(
                                    "x-twilio-email-event-webhook-signature",
                                    sign(signer, STAMP, BODY),
                                    "X-TWILIO-EMAIL-EVENT-WEBHOOK-TIMESTAMP",
                                    STAMP)))
                    .isTrue();
        }
        assertThat(webhook.verify(BODY, Map.of("X-Twilio-Email-Event-Webhook-Timestamp", STAMP)))
                .isFalse();
        assertThat(webhook.verify(
                        BODY,
                        Map.of(
                                "X-Twilio-Email-Event-Webhook-Signature",
                                sign(keys("secp256r1"), STAMP, BODY),
                                "X-Twilio-Email-Event-Webhook-Timestamp",
                                STAMP)))
                .isFalse();
    }

    private boolean verify(String stamp, String signature, byte[] body) {
        return SendGridSignature.verify(pair.getPublic(), stamp, signature, body, NOW, Duration.ofMinutes(5));
    }

    private static String sign(KeyPair pair, String stamp, byte[] body) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(stamp.getBytes(StandardCharsets.US_ASCII));
        signature.update(body);
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static KeyPair keys(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String base64(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }
}
