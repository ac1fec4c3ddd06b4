package io.caravan.hub.connectors.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vector is that of the reference implementation's own tests. */
class StandardWebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant SENT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final StandardWebhook webhook = new StandardWebhook(SECRET);

    @Test
    void shouldSignAsTheReferenceDoes() {
        assertThat(webhook.sign(ID, SENT, BODY))
                .containsEntry("webhook-id", ID)
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", SIGNATURE);
    }

    @Test
    void shouldTakeWhatIsSignedWithEitherSecretWhateverTheCaseOfTheHeaders() {
        Map<String, String> headers =
                Map.of("Webhook-Id", ID, "WEBHOOK-TIMESTAMP", "1614265330", "webhook-Signature", "v1a,x " + SIGNATURE);
        assertThat(webhook.verify(headers, SENT.plusSeconds(299), BODY)).isTrue();
        assertThat(new StandardWebhook(OTHER + ", " + SECRET).verify(headers, SENT, BODY))
                .isTrue();
        assertThat(new StandardWebhook(OTHER).verify(headers, SENT, BODY)).isFalse();
        assertThat(webhook.verify(
                        new StandardWebhook(OTHER + " " + SECRET).sign(ID, SENT, BODY), SENT.minusSeconds(299), BODY))
                .isTrue();
    }

    @Test
    void shouldRefuseWhatIsOldOrFromTheFutureOrChanged() {
        Map<String, String> good = webhook.sign(ID, SENT, BODY);
        assertThat(webhook.verify(good, SENT.plusSeconds(301), BODY)).isFalse();
        assertThat(webhook.verify(good, SENT.minusSeconds(301), BODY)).isFalse();
        assertThat(webhook.verify(good, SENT, "{\"test\":2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(webhook.verify(with(good, "webhook-id", "msg_2"), SENT, BODY))
                .isFalse();
        assertThat(webhook.verify(with(good, "webhook-timestamp", "1614265331"), SENT, BODY))
                .isFalse();
        assertThat(webhook.verify(with(good, "webhook-timestamp", "now"), SENT, BODY))
                .isFalse();
        assertThat(webhook.verify(with(good, "webhook-signature", SIGNATURE.substring(3)), SENT, BODY))
                .isFalse();
        assertThat(webhook.verify(with(good, "webhook-signature", "v1,not base64"), SENT, BODY))
                .isFalse();
        assertThat(webhook.verify(Map.of(), SENT, BODY)).isFalse();
    }

    @Test
    void shouldRefuseASecretThatIsNoneAndNotShowIt() {
        for (String bad : new String[] {"", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all"}) {
            assertThatThrownBy(() -> new StandardWebhook(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("c2hvcnQ")
                    .hasMessageNotContaining("at all");
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.put(name, value);
        return changed;
    }
}
