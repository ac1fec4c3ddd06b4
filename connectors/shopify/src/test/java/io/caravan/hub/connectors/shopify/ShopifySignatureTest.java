package io.caravan.hub.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifySignatureTest {

    private static final byte[] BODY = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    /** {@code printf '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64} */
    private static final String SIGNED = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";

    @Test
    void shouldAcceptTheSharedVectorAndNothingElse() throws Exception {
        Path file = Path.of(System.getProperty("shared.contracts", "none"), "shopify/recordings/signature-vector.json");
        assumeTrue(Files.exists(file), "no recordings on this machine");
        JsonNode vector = new ObjectMapper().readTree(file.toFile()).path("vector");
        String signature = vector.at("/headers/X-Shopify-Hmac-Sha256").asText();
        byte[] raw = vector.path("body_raw").asText().getBytes(StandardCharsets.UTF_8);
        assertThat(ShopifySignature.verify(vector.path("secret").asText(), signature, raw))
                .isTrue();
        for (int i = 0; i < raw.length; i++) {
            byte[] changed = raw.clone();
            changed[i] ^= 1;
            assertThat(ShopifySignature.verify(vector.path("secret").asText(), signature, changed))
                    .isFalse();
        }
    }

    @Test
    void shouldAcceptWhatTheSecretSigned() {
        assertThat(ShopifySignature.verify("hush", SIGNED, BODY)).isTrue();
        assertThat(ShopifySignature.verify("Hush", SIGNED, BODY)).isFalse();
        assertThat(ShopifySignature.verify("", SIGNED, BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "not base64 ü", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void shouldRefuseWhatIsNoSignature(String signature) {
        assertThat(ShopifySignature.verify("hush", signature, BODY)).isFalse();
    }
}
