package io.caravan.hub.connectors.etsy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.connectors.egress.VendorContract.Seen;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real users saw, served to the Kamelets as it was. */
class EtsyRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "error-400-array-too-short-images, REJECTED, array_too_short, /images cannot be less than 1 items",
        "error-400-cannot-activate-edit-state, REJECTED, http-400, state = edit",
        "error-403-shared-secret-missing, UNAUTHORISED, shared-secret-missing, keystring:sharedSecret"
    })
    void shouldSortARecordedRefusal(String name, ErrorKind kind, String code, String words) throws Exception {
        JsonNode reply = recording(name).path("response");
        try (ConnectorKit kit = EtsyFixture.kit(folder)) {
            kit.sandbox()
                    .arm(new Fault(
                            "etsy",
                            null,
                            null,
                            0,
                            1,
                            Fault.Kind.ANSWER,
                            reply.path("status").asInt(),
                            null,
                            reply.path("body").toString(),
                            0));
            var failed = kit.exchange("kamelet:etsy-ping-action", null, Map.of());
            assertThat(failed.getException()).isInstanceOfSatisfying(VendorException.class, refusal -> {
                assertThat(refusal.kind()).isEqualTo(kind);
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal).hasMessageContaining(words);
            });
        }
    }

    @Test
    void shouldReadTheRecordedPing() throws Exception {
        JsonNode body = recording("ping-200").path("response").path("body");
        Map<?, ?> app = JSON.convertValue(body, Map.class);
        assertThat(new EtsyAccessMapper().proof(app, Map.of("user_id", 1, "shop_id", 2)))
                .containsEntry("application_id", body.path("application_id").asText());
    }

    /** The vendor's own example of what may be PUT: our clean-up must leave exactly such a shape. */
    @Test
    void shouldKeepARecordedInventoryAsItIsExceptForTheOneChange() throws Exception {
        JsonNode body = recording("inventory-put-request").path("request").path("body");
        Map<String, Object> present = EtsyJson.map(JSON.convertValue(body, Map.class));
        Inventory kept = Inventory.of(present);
        JsonNode ours = JSON.valueToTree(kept.products());
        Comparator<JsonNode> byValue = (one, other) -> one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
        assertThat(ours.equals(byValue, body.path("products"))).as("%s", ours).isTrue();
        byte[] bytes = EtsyJson.write(kept.body()).getBytes(StandardCharsets.UTF_8);
        assertThat(VendorContract.of("etsy/openapi.json")
                        .violations(new Seen(
                                "PUT",
                                "/v3/application/listings/1/inventory",
                                Map.of(),
                                "application/json",
                                bytes,
                                0,
                                null,
                                null)))
                .isEmpty();
    }

    @Test
    void shouldSendADraftInTheShapeOfTheRecordedOne() throws Exception {
        JsonNode request = recording("draft-listing-request").path("request");
        assertThat(VendorContract.of("etsy/openapi.json")
                        .violations(new Seen(
                                "POST",
                                "/v3/application/shops/12345678/listings",
                                Map.of(),
                                request.path("headers").path("content-type").asText(),
                                request.path("body").asText().getBytes(StandardCharsets.UTF_8),
                                0,
                                null,
                                null)))
                .isEmpty();
        try (ConnectorKit kit = EtsyFixture.kit(folder)) {
            EtsyFixture.create(kit);
            for (String field : request.path("body").asText().split("&")) {
                String name = field.substring(0, field.indexOf('='));
                if (!name.equals("image_ids")) {
                    assertThat(kit.sandbox().requests("etsy").get(0).body()).contains(name + "=");
                }
            }
        }
    }

    private static JsonNode recording(String name) throws Exception {
        Path file = Path.of(System.getProperty("shared.contracts", ""), "etsy/recordings/" + name + ".json");
        assumeTrue(Files.exists(file), "the recordings are not here");
        return JSON.readTree(file.toFile());
    }
}
