package io.caravan.hub.connectors.woocommerce;

import static io.caravan.hub.connectors.woocommerce.WooFixture.BLUE;
import static io.caravan.hub.connectors.woocommerce.WooFixture.RED;
import static io.caravan.hub.connectors.woocommerce.WooFixture.create;
import static io.caravan.hub.connectors.woocommerce.WooFixture.fault;
import static io.caravan.hub.connectors.woocommerce.WooFixture.mug;
import static io.caravan.hub.connectors.woocommerce.WooFixture.on;
import static io.caravan.hub.connectors.woocommerce.WooFixture.requests;
import static io.caravan.hub.connectors.woocommerce.WooFixture.variants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WooCommerceVariantsKameletTest {

    private static final String CONFIRM = "kamelet:woocommerce-variants-confirm-action";
    private static final String BATCH = "/variations/batch$";

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = WooFixture.kit(folder);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldCompleteAProductWithPicturesTagsPricesAndStock() {
        VendorObject draft = create(kit, mug());
        assertThat(kit.call("kamelet:woocommerce-variants-create-action", new Placed(mug(), draft), on(draft)))
                .extracting("id")
                .isEqualTo(draft.id());
        VendorObject done = variants(kit, mug(), draft);

        assertThat(done.id()).isEqualTo(draft.id());
        assertThat(done.facts())
                .containsEntry("complete", true)
                .containsEntry("variants", 2)
                .containsEntry("images", 2);
        ObjectNode product = stored("products", draft.id());
        assertThat(product.path("images"))
                .extracting(image -> image.path("name").asText())
                .containsExactly(RED, BLUE);
        assertThat(product.path("tags"))
                .extracting(tag -> tag.path("name").asText())
                .containsExactly("moss", "Gifts &amp; Co");
        assertThat(bySku().keySet()).containsExactlyInAnyOrder("CRV-RED", "CRV-BLUE");
        JsonNode red = variation("CRV-RED");
        assertThat(red.path("regular_price").asText()).isEqualTo("19.99");
        assertThat(red.path("sale_price").asText()).isEmpty();
        assertThat(red.path("stock_quantity").asLong()).isEqualTo(7);
        assertThat(red.path("weight").asText()).isEqualTo("0.35");
        assertThat(red.at("/image/name").asText()).isEqualTo(RED);
        assertThat(red.at("/attributes/0/option").asText()).isEqualTo("Red");
        JsonNode blue = variation("CRV-BLUE");
        assertThat(blue.path("regular_price").asText()).isEqualTo("29.99");
        assertThat(blue.path("sale_price").asText()).isEqualTo("14.99");
        assertThat(blue.path("manage_stock").asBoolean()).isFalse();
        assertThat(blue.at("/attributes/0/option").asText()).isEqualTo("Blue / Navy");
    }

    @Test
    void shouldChangeNothingTheSecondTime() {
        VendorObject draft = create(kit, mug());
        variants(kit, mug(), draft);
        int before = requests(kit, "POST").size() + requests(kit, "PUT").size();
        variants(kit, mug(), draft);
        // the tags' ids are on the product already
        assertThat(requests(kit, "POST").size() + requests(kit, "PUT").size()).isEqualTo(before);
        assertThat(look(mug(), draft).facts()).containsEntry("complete", true);
    }

    @Test
    void shouldGiveAProductWithoutOptionsItsOwnSku() {
        Product simple = WooFixture.simple();
        VendorObject draft = create(kit, simple);
        assertThat(look(simple, draft).facts()).containsEntry("complete", false);
        variants(kit, simple, draft);
        ObjectNode product = stored("products", draft.id());
        assertThat(product.path("sku").asText()).isEqualTo("CRV-ONLY");
        assertThat(product.path("sale_price").asText()).isEqualTo("19.99");
        assertThat(product.path("images")).hasSize(1);
        assertThat(look(simple, draft).facts()).containsEntry("complete", true).containsEntry("variants", 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 51, 260})
    void shouldMakeAnyNumberOfVariationsInBatchesAndReadAllPages(int count) {
        Product big = WooFixture.big(count);
        VendorObject draft = create(kit, big);
        VendorObject done = variants(kit, big, draft);
        assertThat(done.facts()).containsEntry("variants", count).containsEntry("complete", true);
        assertThat(batches()).hasSize((count + 49) / 50);
        assertThat(bySku()).hasSize(count);
    }

    @Test
    void shouldReadAllPagesAlsoWhenTheHostDropsTheirHeaders() {
        Product big = WooFixture.big(230);
        VendorObject draft = create(kit, big);
        variants(kit, big, draft);
        WooFixture.set(kit, "page_headers", 0);
        assertThat(look(big, draft).facts()).containsEntry("variants", 230).containsEntry("complete", true);
    }

    @Test
    void shouldMakeTwoThousandVariations() {
        Product big = WooFixture.big(2000);
        VendorObject draft = create(kit, big);
        assertThat(variants(kit, big, draft).facts()).containsEntry("variants", 2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFFECT_ANSWER", "CUT", "EFFECT_RESET", "RESET"})
    void shouldGoOnWhereItBrokeOffWithoutASecondVariation(String kind) {
        Product big = WooFixture.big(120);
        VendorObject draft = create(kit, big);
        kit.sandbox().arm(new Fault("woocommerce", "POST", BATCH, 1, 1, Fault.Kind.valueOf(kind), 504, null, "", 0));
        assertThat(failing(big, draft).kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(look(big, draft).facts()).containsEntry("complete", false);
        assertThat(variants(kit, big, draft).facts()).containsEntry("variants", 120);
        assertThat(kit.sandbox().state("woocommerce").list("variations")).hasSize(120);
    }

    @Test
    void shouldRepairWhatDiffersAndDeleteWhatIsTooMuch() {
        VendorObject draft = create(kit, mug());
        variants(kit, mug(), draft);
        SandboxState state = kit.sandbox().state("woocommerce");
        ObjectNode red = variation("CRV-RED");
        state.put("variations", red.path("id").asText(), red.deepCopy().put("regular_price", "1.00"));
        state.put("variations", "9100", red.deepCopy().put("id", 9100));
        state.put("variations", "9101", red.deepCopy().put("id", 9101).put("sku", "STRANGER"));
        variants(kit, mug(), draft);
        assertThat(state.list("variations")).hasSize(2);
        assertThat(variation("CRV-RED").path("regular_price").asText()).isEqualTo("19.99");
    }

    @Test
    void shouldNameTheSkuThatAnotherProductHas() {
        VendorObject draft = create(kit, mug());
        SandboxState state = kit.sandbox().state("woocommerce");
        state.put(
                "products",
                "77",
                SandboxState.object().put("id", 77).put("sku", "crv-blue").put("status", "publish"));
        VendorException failure = failing(mug(), draft);
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("product_invalid_sku");
        assertThat(failure).hasMessageContaining("variation CRV-BLUE").hasMessageContaining("at product 77");
        assertThat(bySku().keySet()).as("the others are made").contains("CRV-RED");
    }

    @Test
    void shouldNotBelieveAStoreThatDropsAnAttribute() {
        VendorObject draft = create(kit, mug());
        ObjectNode product = stored("products", draft.id());
        product.putArray("attributes");
        kit.sandbox().state("woocommerce").put("products", draft.id(), product);
        VendorException failure = failing(mug(), draft);
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("not-applied");
        assertThat(failure).hasMessageContaining("2 to change");
    }

    @Test
    void shouldReadAStoreWhosePluginsChangeTheTypes() {
        WooFixture.set(kit, "drift", 1);
        VendorObject draft = create(kit, mug());
        assertThat(variants(kit, mug(), draft).facts()).containsEntry("complete", true);
        int batches = batches().size();
        variants(kit, mug(), draft);
        assertThat(batches()).hasSize(batches);
    }

    @Test
    void shouldUseTagsThatExistAndKeepThoseThatAreThere() {
        VendorObject draft = create(kit, mug());
        variants(kit, mug(), draft);
        VendorObject other = (VendorObject) kit.call(
                "kamelet:woocommerce-product-create-action",
                WooFixture.big(1),
                Map.of("reference", "abcdefghijklmnopqrstuvwxyz"));
        variants(kit, WooFixture.big(1), other);
        assertThat(kit.sandbox().state("woocommerce").list("tags")).hasSize(2);
        assertThat(stored("products", other.id()).path("tags")).hasSize(2);
    }

    @Test
    void shouldHaveTheStoreDownloadOurPicturesAFewAtATimeAndEachOnce() throws Exception {
        AtomicInteger downloads = new AtomicInteger();
        try (Pictures pictures = new Pictures(downloads, 0)) {
            restart(Map.of("publicObjectsUrl", pictures.url(), "picturesAtOnce", "2"));
            var images = java.util.stream.IntStream.range(0, 5)
                    .mapToObj(i -> WooFixture.picture(WooFixture.sha("p" + i)))
                    .toList();
            Product product = WooFixture.product(List.of(), WooFixture.simple().variants(), images);
            VendorObject draft = create(kit, product);
            variants(kit, product, draft);
            variants(kit, product, draft);
            assertThat(downloads).hasValue(5);
            assertThat(requests(kit, "PUT")).hasSize(3);
            assertThat(stored("products", draft.id()).path("images"))
                    .extracting(image -> image.path("name").asText())
                    .containsExactlyElementsOf(
                            images.stream().map(one -> one.sha256()).toList());
        }
    }

    @Test
    void shouldSayWhichPictureAStoreCannotFetchAndGoOnWhenItCan() throws Exception {
        AtomicInteger downloads = new AtomicInteger();
        try (Pictures pictures = new Pictures(downloads, 1)) {
            restart(Map.of("publicObjectsUrl", pictures.url(), "picturesAtOnce", "1"));
            VendorObject draft = create(kit, mug());
            VendorException failure = failing(mug(), draft);
            assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(failure.code()).isEqualTo("woocommerce_product_image_upload_error");
            assertThat(failure).hasMessageContaining(RED + ".jpg");
            assertThat(variants(kit, mug(), draft).facts()).containsEntry("complete", true);
            assertThat(downloads).as("one failed, two worked").hasValue(3);
        }
    }

    @Test
    void shouldShowABuyerThePriceAndTheCrossedOutOneOncePublished() throws Exception {
        VendorObject draft = create(kit, mug());
        variants(kit, mug(), draft);
        URI page = URI.create(String.valueOf(draft.facts().get("url")));
        assertThat(fetch(page).statusCode()).isEqualTo(404);
        kit.call("kamelet:woocommerce-product-confirm-action", mug(), on(draft));
        assertThat(fetch(page).body())
                .contains(
                        "Moss &amp; Friends", "<del>29.99</del> <ins>14.99</ins>", "Color: Red", "A mug with <b>moss");
        VendorObject live =
                (VendorObject) kit.call("kamelet:woocommerce-product-get-action", Map.of("id", draft.id()), Map.of());
        assertThat(live.facts()).containsEntry("price_min", "14.99").containsEntry("variants", 2);
    }

    @Test
    void shouldSayGoneWhenTheProductIsGone() {
        VendorObject nothing = new VendorObject("404404", "", Map.of());
        assertThat(failing(mug(), nothing).kind()).isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldLeaveEverythingAloneWhenCancelled() {
        VendorObject draft = create(kit, mug());
        int before = kit.sandbox().requests("woocommerce").size();
        kit.call("kamelet:woocommerce-variants-cancel-action", new Placed(mug(), draft), on(draft));
        assertThat(kit.sandbox().requests("woocommerce")).hasSize(before);
    }

    @Test
    void shouldFindNoStraysWhenThereIsNoRequest() {
        VendorObject draft = create(kit, mug());
        assertThat(kit.call("kamelet:woocommerce-variants-lookup-action", null, on(draft)))
                .isEqualTo(List.of());
    }

    @Test
    void shouldSayUnknownWhenABatchAnswersNothing() {
        VendorObject draft = create(kit, mug());
        kit.sandbox().arm(fault("POST", BATCH, Fault.Kind.ANSWER, 200, "{\"create\":[]}"));
        assertThat(failing(mug(), draft).code()).isEqualTo("unreadable");
    }

    @SuppressWarnings("unchecked")
    private VendorObject look(Product product, VendorObject object) {
        return ((List<VendorObject>)
                        kit.call("kamelet:woocommerce-variants-lookup-action", new Placed(product, object), on(object)))
                .get(0);
    }

    private VendorException failing(Product product, VendorObject object) {
        VendorException failure = catchThrowableOfType(
                VendorException.class, () -> kit.call(CONFIRM, new Placed(product, object), on(object)));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private ObjectNode stored(String collection, String id) {
        return kit.sandbox().state("woocommerce").get(collection, id).orElseThrow();
    }

    private ObjectNode variation(String sku) {
        return kit.sandbox().state("woocommerce").list("variations").stream()
                .filter(one -> one.path("sku").asText().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, JsonNode> bySku() {
        return kit.sandbox().state("woocommerce").list("variations").stream()
                .collect(Collectors.toMap(one -> one.path("sku").asText(), one -> one));
    }

    private List<?> batches() {
        return requests(kit, "POST").stream()
                .filter(one -> one.path().endsWith("/variations/batch"))
                .toList();
    }

    private void restart(Map<String, String> more) throws Exception {
        stop();
        Map<String, String> settings = new HashMap<>(WooFixture.SETTINGS);
        settings.putAll(more);
        kit = WooFixture.kit(folder.resolve("again"), WooFixture.SECRETS, settings);
    }

    private static HttpResponse<String> fetch(URI page) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** An object store with a public address; the first few downloads fail. */
    private static final class Pictures implements AutoCloseable {
        private final HttpServer server;

        Pictures(AtomicInteger downloads, int failing) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                boolean fails = downloads.incrementAndGet() <= failing;
                exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
                exchange.sendResponseHeaders(fails ? 500 : 200, 3);
                exchange.getResponseBody().write(new byte[3]);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/images";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
