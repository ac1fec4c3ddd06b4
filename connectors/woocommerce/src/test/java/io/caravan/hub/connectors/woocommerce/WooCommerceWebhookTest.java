package io.caravan.hub.connectors.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WooCommerceWebhookTest {

    private static final byte[] BODY = "{\"id\":12,\"name\":\"Mügg\"}".getBytes(StandardCharsets.UTF_8);
    private final WooCommerceWebhook webhook = new WooCommerceWebhook(List.of("new-secret", "old-secret"));

    @Test
    void shouldTakeWhatEitherSecretSigned() throws Exception {
        for (String secret : List.of("new-secret", "old-secret")) {
            assertThat(webhook.verify(BODY, Map.of("x-wc-webhook-signature", sign(secret))))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseEverythingElse() throws Exception {
        String good = sign("new-secret");
        byte[] changed = BODY.clone();
        changed[3] ^= 1;
        assertThat(webhook.verify(changed, Map.of("X-WC-Webhook-Signature", good)))
                .isFalse();
        assertThat(webhook.verify(BODY, Map.of("X-WC-Webhook-Signature", sign("another"))))
                .isFalse();
        assertThat(webhook.verify(BODY, Map.of())).isFalse();
        assertThat(webhook.verify(BODY, Map.of("X-WC-Webhook-Signature", ""))).isFalse();
        assertThat(webhook.verify(BODY, Map.of("X-WC-Webhook-Signature", "%%%")))
                .isFalse();
        assertThat(webhook.verify(BODY, Map.of("X-WC-Webhook-Signature", good.substring(4))))
                .isFalse();
        assertThatThrownBy(() -> new WooCommerceWebhook(List.of(""))).hasMessageContaining("secret");
        assertThatThrownBy(() -> new WooCommerceWebhook(List.of())).hasMessageContaining("secret");
    }

    @Test
    void shouldKnowAPingAndADelivery() {
        assertThat(WooCommerceWebhook.ping("webhook_id=142".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(WooCommerceWebhook.ping(BODY)).isFalse();
        Map<String, String> headers =
                Map.of("X-WC-Webhook-Delivery-ID", "d-1", "x-wc-webhook-topic", "product.updated");
        assertThat(WooCommerceWebhook.deliveryId(headers)).isEqualTo("d-1");
        assertThat(WooCommerceWebhook.topic(headers)).isEqualTo("product.updated");
    }

    private static String sign(String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(BODY));
    }
}
