package io.caravan.hub.connectors.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real stores sent, served to the Kamelets as it was. */
class WooCommerceRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> shouldReadEveryRecordedProductAndVariation() throws Exception {
        Path recordings = Path.of(System.getProperty("shared.contracts", ""), "woocommerce/recordings");
        assumeTrue(Files.isDirectory(recordings), "the recordings are not here");
        List<Path> files;
        try (Stream<Path> all = Files.list(recordings)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("product"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)));
    }

    private void read(Path file) throws Exception {
        JsonNode body = JSON.readTree(file.toFile()).at("/response/body");
        JsonNode plain = body.has("data") ? body.path("data") : body;
        try (ConnectorKit kit = WooFixture.kit(Files.createTempDirectory(folder, "kit"))) {
            kit.sandbox().arm(WooFixture.fault("GET", null, Fault.Kind.ANSWER, 200, body.toString()));
            if (plain.isArray()) {
                List<?> rows = WooCommerceJson.page(JSON.convertValue(body, Object.class));
                assertThat(rows).hasSize(plain.size());
                List<Map<String, Object>> variations = JSON.convertValue(plain, new TypeReference<>() {});
                Variations plan = Variations.missing(WooFixture.mug(), variations, Map.of(), kit.connection(), true);
                assertThat(plan.delete()).as("each has a usable id").hasSize(plain.size());
                for (JsonNode one : plain) {
                    Map<String, Object> map = JSON.convertValue(one, new TypeReference<>() {});
                    assertThat(Variations.differs(map, map)).isFalse();
                    String price = one.path("regular_price").asText();
                    assertThat(WooCommerceJson.decimal(map, "regular_price"))
                            .isEqualTo(price.isEmpty() ? null : new java.math.BigDecimal(price));
                }
                return;
            }
            VendorObject product = (VendorObject) kit.call(
                    "kamelet:woocommerce-product-get-action",
                    Map.of("id", plain.path("id").asText()),
                    Map.of());
            assertThat(product.id()).isEqualTo(plain.path("id").asText());
            assertThat(product.state()).isEqualTo(plain.path("status").asText());
            assertThat(product.facts())
                    .containsEntry("handle", plain.path("slug").asText())
                    .containsEntry("sku", plain.path("sku").asText())
                    .containsEntry("images", plain.path("images").size())
                    .containsEntry("variants", plain.path("variations").size());
            String price = plain.path("price").asText();
            assertThat(product.facts().get("price_min")).isEqualTo(price.isEmpty() ? null : price);
            assertThat(product.facts().get("url"))
                    .isEqualTo(
                            plain.path("permalink").isTextual()
                                    ? plain.path("permalink").asText()
                                    : "");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "error-wp-rest-forbidden, UNAUTHORISED, rest_forbidden",
        "restnoroute_error, UNAUTHORISED, rest_no_route"
    })
    void shouldSortARecordedRefusal(String name, ErrorKind kind, String code) throws Exception {
        JsonNode reply = recording(name).path("response");
        try (ConnectorKit kit = WooFixture.kit(folder)) {
            kit.sandbox()
                    .arm(WooFixture.fault(
                            "GET",
                            null,
                            Fault.Kind.ANSWER,
                            reply.path("status").asInt(),
                            reply.path("body").toString()));
            assertThat(kit.exchange("kamelet:woocommerce-ping-action", null, Map.of())
                            .getException())
                    .isInstanceOfSatisfying(VendorException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(kind);
                        assertThat(failure.code()).isEqualTo(code);
                    });
        }
    }

    @Test
    void shouldVerifyTheVectorOfTheSignature() throws Exception {
        JsonNode vector = recording("signature-vector").path("vector");
        byte[] raw = vector.path("body_raw").asText().getBytes(StandardCharsets.UTF_8);
        Map<String, Object> headers = JSON.convertValue(vector.path("headers"), new TypeReference<>() {});
        WooCommerceWebhook webhook =
                new WooCommerceWebhook(List.of(vector.path("secret").asText()));
        assertThat(webhook.verify(raw, headers)).isTrue();
        assertThat(new WooCommerceWebhook(List.of("another")).verify(raw, headers))
                .isFalse();
    }

    private static JsonNode recording(String name) throws Exception {
        Path file = Path.of(System.getProperty("shared.contracts", ""), "woocommerce/recordings/" + name + ".json");
        assumeTrue(Files.exists(file), "the recordings are not here");
        return JSON.readTree(file.toFile());
    }
}
