package io.caravan.hub.connectors.printify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.printify.sandbox.PrintifySandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others recorded, served to the Kamelets as it was. */
class PrintifyRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REF = "abcdefghijklmnopqrstuvwxyz";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "products-create-400-low-quality, 8203, Image has low quality",
        "uploads-images-400-size, 8201, error.file.size.limit.exceeded",
        "uploads-images-400-download, 10300, Could not resolve host",
        "orders-create-400-address, 8103, zip: The zip field is required."
    })
    void shouldSortARecordedRefusal(String name, String code, String words) throws Exception {
        try (ConnectorKit kit = serving(name)) {
            var failed = kit.exchange("kamelet:printify-ping-action", null, Map.of());
            assertThat(failed.getException()).isInstanceOfSatisfying(VendorException.class, refusal -> {
                assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal).hasMessageContaining(words);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"products-get", "products-create", "products-get-real"})
    void shouldReadARecordedProduct(String name) throws Exception {
        JsonNode body = recording(name).path("response").path("body");
        try (ConnectorKit kit = serving(name)) {
            VendorObject product = (VendorObject) kit.call(
                    "kamelet:printify-product-get-action",
                    null,
                    Map.of("vendorId", body.path("id").asText()));
            assertThat(product.id()).isEqualTo(body.path("id").asText());
            assertThat(product.facts())
                    .containsEntry("title", body.path("title").asText());
            long dearest = 0;
            for (JsonNode variant : body.path("variants")) {
                dearest = Math.max(
                        dearest,
                        variant.path("is_enabled").asBoolean()
                                ? variant.path("cost").asLong()
                                : 0);
            }
            assertThat(product.facts()).containsEntry("base_cost_minor", dearest);
            assertThat(product.state()).isEqualTo(body.has("external") ? "published" : "unpublished");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"products-list", "products-list-real", "products-list-page1"})
    void shouldReadARecordedPage(String name) throws Exception {
        JsonNode body = recording(name).path("response").path("body");
        PageSearch search = new PageSearch(
                "/p", 50, "created_at", one -> true, new PrintifyProductMapper()::product, java.time.Instant.EPOCH);
        search.take(PrintifyJson.map(JSON.convertValue(body, Map.class)));
        assertThat(search.found()).hasSize(body.path("data").size());
        assertThat(search.more()).isEqualTo(body.path("last_page").asInt() > 1);
    }

    @Test
    void shouldReadTheRecordedUpload() throws Exception {
        JsonNode body = recording("uploads-images-create").path("response").path("body");
        assertThat(new PrintifyUploadMapper()
                        .uploaded(JSON.convertValue(body, Map.class))
                        .facts())
                .containsEntry("upload_id", body.path("id").asText())
                .containsEntry("width", body.path("width").asLong())
                .containsEntry("preview_url", body.path("preview_url").asText());
    }

    @Test
    void shouldReadTheRecordedCatalogue() throws Exception {
        try (ConnectorKit kit = serving("catalog-variants")) {
            Map<?, ?> offered = (Map<?, ?>) kit.call("kamelet:printify-catalog-variants-action", null, Map.of());
            assertThat(PrintifyJson.list(offered.get("variants")))
                    .extracting(one -> PrintifyJson.text((Map<?, ?>) one, "title"))
                    .containsExactly("Solid Black / XS", "Solid Cream / XS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shops-list", "shops-list-real"})
    void shouldReadTheRecordedShops(String name) throws Exception {
        JsonNode shop = recording(name).path("response").path("body").path(0);
        try (ConnectorKit kit = serving(name, Map.of("shopId", shop.path("id").asText()))) {
            assertThat(kit.call("kamelet:printify-ping-action", null, Map.of()))
                    .isEqualTo(Map.of(
                            "shop_id", shop.path("id").asText(),
                            "title", shop.path("title").asText(),
                            "sales_channel", shop.path("sales_channel").asText(),
                            "publishes_itself", !name.equals("shops-list-real")));
        }
    }

    @Test
    void shouldSendThePublicationsAsRecorded() throws Exception {
        JsonNode publish = recording("products-publish").path("request").path("body");
        JsonNode succeeded =
                recording("publishing-succeeded-empty").path("request").path("body");
        PrintifyPublishMapper mapper = new PrintifyPublishMapper();
        Map<String, Object> body = new HashMap<>(PrintifyJson.map(JSON.convertValue(succeeded, Map.class)));
        body.put("product_id", "645a2c4115db3e0fca07ae80");
        try (ConnectorKit kit = serving("products-publish")) {
            assertThat(JSON.readTree(mapper.publish(body, kit.connection()).payload()))
                    .isEqualTo(publish);
            PrintifyCall call = mapper.succeeded(body, kit.connection());
            assertThat(JSON.readTree(call.payload())).isEqualTo(succeeded);
            assertThat(call.path())
                    .isEqualTo(URI.create(recording("publishing-succeeded-empty")
                                    .path("request")
                                    .path("url")
                                    .asText())
                            .getPath()
                            .replace("9024703", "1"));
        }
    }

    @Test
    void shouldAcceptAnEmptyAnswerToPublishingSucceeded() throws Exception {
        assertThat(recording("publishing-succeeded-empty")
                        .path("response")
                        .path("body")
                        .asText())
                .isEmpty();
        try (ConnectorKit kit = serving("products-get-real")) {
            Map<String, Object> body = Map.of(
                    "product_id",
                    "645a2c4115db3e0fca07ae80",
                    "external",
                    Map.of("id", "1068", "handle", "https://violet-test.net/shop"));
            // the first answer is the recorded empty one, the read-back is the recorded product
            kit.sandbox().clearFaults();
            kit.sandbox().arm(new Fault("printify", "POST", null, 0, 1, Fault.Kind.ANSWER, 200, null, "", 0));
            arm(kit, "products-get-real");
            VendorObject published =
                    (VendorObject) kit.call("kamelet:printify-published-create-action", body, Map.of("reference", REF));
            assertThat(published.state()).isEqualTo("published");
        }
    }

    /** What the sandbox answers has every field of the recorded answer, so that nobody builds on a poorer one. */
    @Test
    void shouldAnswerAsTheRecordedProductDoes() throws Exception {
        JsonNode real = recording("products-get").path("response").path("body");
        try (ConnectorKit kit = new ConnectorKit(
                folder,
                new PrintifySandbox(),
                Map.of("apiToken", "t"),
                Map.of("shopId", "1", "blueprintId", "68", "printProviderId", "9", "variantIds", "33719"))) {
            kit.sandbox()
                    .state("printify")
                    .put(
                            "uploads",
                            "u1",
                            io.caravan.hub.connectors.sandbox.SandboxState.object()
                                    .put("width", 2000)
                                    .put("height", 2000));
            VendorObject made = (VendorObject) kit.call(
                    "kamelet:printify-product-create-action",
                    Map.of(
                            "title",
                            "Mug",
                            "description",
                            "A mug",
                            "upload_id",
                            "u1",
                            "price",
                            Map.of("amount_minor", 860, "currency", "USD")),
                    Map.of("reference", REF));
            JsonNode ours =
                    kit.sandbox().state("printify").get("products", made.id()).orElseThrow();
            assertThat(names(ours)).containsAll(names(real));
            assertThat(names(ours.path("variants").path(0)))
                    .containsAll(names(real.path("variants").path(0)));
        }
    }

    private ConnectorKit serving(String name) throws Exception {
        return serving(
                name,
                Map.of(
                        "shopId",
                        "1",
                        "blueprintId",
                        "3",
                        "printProviderId",
                        "8",
                        "variantFilter",
                        "color=solid black|solid cream"));
    }

    private ConnectorKit serving(String name, Map<String, String> settings) throws Exception {
        recording(name);
        ConnectorKit kit =
                new ConnectorKit(folder.resolve(name), new PrintifySandbox(), Map.of("apiToken", "token-1"), settings);
        arm(kit, name);
        return kit;
    }

    private static void arm(ConnectorKit kit, String name) throws Exception {
        JsonNode response = recording(name).path("response");
        kit.sandbox()
                .arm(new Fault(
                        "printify",
                        null,
                        null,
                        0,
                        null,
                        Fault.Kind.ANSWER,
                        response.path("status").asInt(200),
                        null,
                        response.path("body").toString(),
                        0));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = node.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    private static JsonNode recording(String name) throws Exception {
        Path file = Path.of(System.getProperty("shared.contracts", ""), "printify/recordings/" + name + ".json");
        assumeTrue(Files.exists(file), "the recordings are not here");
        return JSON.readTree(file.toFile());
    }
}
