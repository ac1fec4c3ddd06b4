package io.caravan.hub.connectors.shopify;

import static io.caravan.hub.connectors.shopify.ShopifyFixture.REF;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.hash;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.product;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyVariantsKameletTest {

    private static final String WAREHOUSE = "gid://shopify/Location/202";

    @TempDir
    Path folder;

    private ShopifyFixture shop;

    @BeforeEach
    void open() throws Exception {
        shop = new ShopifyFixture(folder);
    }

    @AfterEach
    void close() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({"12, 1", "60, 4", "105, 7"})
    void shouldGiveEveryVariantItsPriceItsPictureAndItsStock(int count, int images) {
        Product product = product(count, images);
        VendorObject draft = shop.create(product);
        assertThat(shop.filled(product, draft)).isEmpty();

        VendorObject filled = shop.fill(product, draft);

        assertThat(filled.id()).isEqualTo(draft.id());
        assertThat(filled.facts()).containsEntry("images", images).containsEntry("variants", count);
        assertThat(shop.filled(product, draft)).containsExactly(filled);
        assertThat(shop.storedVariants(draft)).hasSize(count);
        Map<String, String> pictures = new HashMap<>();
        shop.stored(draft)
                .path("media")
                .forEach(one -> pictures.put(
                        one.path("id").asText(), one.path("name").asText().substring(0, 64)));
        Map<String, JsonNode> stored = new HashMap<>();
        shop.storedVariants(draft).forEach(one -> stored.put(one.path("sku").asText(), one));
        for (Variant variant : product.variants()) {
            JsonNode there = stored.get(variant.sku());
            assertThat(there).as(variant.sku()).isNotNull();
            assertThat(there.path("price").asText())
                    .isEqualTo(variant.price().major().toPlainString());
            assertThat(there.path("compareAtPrice").asText(""))
                    .isEqualTo(
                            variant.compareAt() == null
                                    ? ""
                                    : variant.compareAt().major().toPlainString());
            assertThat(pictures.get(there.path("media").path(0).asText())).isEqualTo(variant.image());
            assertThat(there.path("levels").path(WAREHOUSE).asLong(-1))
                    .isEqualTo(variant.stock() == null ? -1L : variant.stock());
        }
    }

    @Test
    void shouldPutPicturesInTheOrderOfTheProductWithTheirWords() {
        Product product = product(2, 3);
        VendorObject draft = shop.create(product);
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media"))
                .extracting(
                        one -> one.path("name").asText() + " " + one.path("alt").asText())
                .containsExactly(
                        hash(0) + "-1.jpg Picture \"0\"",
                        hash(1) + "-2.jpg Picture \"1\"",
                        hash(2) + "-3.jpg Picture \"2\"");
        assertThat(uploaded()).isEqualTo(3);
    }

    @Test
    void shouldChangeNothingThatIsAsItShouldBe() {
        Product product = product(12, 2);
        VendorObject draft = shop.create(product);
        shop.fill(product, draft);
        List<String> before = shop.tap.changes();
        assertThat(before)
                .containsExactly("ProductSet", "StagedUploads", "ProductSet", "VariantPictures", "InventorySet");
        shop.fill(product, draft);
        assertThat(shop.tap.changes()).isEqualTo(before);
    }

    @Test
    void shouldMakeNoPictureTwiceAfterA500ThatCameAfterTheEffect() {
        Product product = product(3, 3);
        VendorObject draft = shop.create(product);
        // locations, media, variants, staged uploads pass; the files are set and the answer is lost
        shop.fault(4, Fault.Kind.EFFECT_ANSWER, 500, "{}", Map.of());
        assertThat(shop.failingFill(product, draft, "").kind()).isEqualTo(ErrorKind.TRANSIENT);
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media")).hasSize(3);
        assertThat(uploaded()).isEqualTo(3);
    }

    @Test
    void shouldLeaveSlowPicturesToTheNextRunAndNotMakeThemAgain() {
        shop.set("media_ms", 1200);
        Product product = product(3, 2);
        VendorObject draft = shop.create(product);
        VendorException failure = shop.failingFill(product, draft, "?budget=250");
        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.code()).isEqualTo("still-processing");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(shop.filled(product, draft)).isEmpty();
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media")).hasSize(2);
        assertThat(uploaded()).isEqualTo(2);
    }

    @Test
    void shouldGetSomewhereInEachRunHoweverShort() {
        Product product = product(3, 6);
        VendorObject draft = shop.create(product);
        int runs = 0;
        while (shop.filled(product, draft).isEmpty() && runs++ < 30) {
            try {
                shop.kit.call(
                        "kamelet:shopify-variants-create-action?budget=1",
                        new Placed(product, draft),
                        Map.of("reference", REF));
            } catch (VendorException e) {
                assertThat(e.code()).isEqualTo("still-processing");
            }
        }
        assertThat(shop.filled(product, draft)).hasSize(1);
        assertThat(shop.stored(draft).path("media")).hasSize(6);
        assertThat(uploaded()).isEqualTo(6);
    }

    @Test
    void shouldSayWhyAPictureFailedAndTakeAnotherTryFromAPerson() {
        Product product = product(2, 2);
        VendorObject draft = shop.create(product);
        shop.store.broken(true);
        VendorException failure = shop.failingFill(product, draft, "");
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("media-failed");
        assertThat(failure).hasMessageContaining("UNSUPPORTED_IMAGE_FILE_TYPE");

        shop.store.broken(false);
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media"))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("error").asText()).isEmpty());
    }

    @Test
    void shouldNotOverwriteAStockThatChangedMeanwhile() {
        Product product = product(2, 1);
        VendorObject draft = shop.create(product);
        stock(draft, 5);
        AtomicBoolean once = new AtomicBoolean();
        shop.store.before(() -> {
            if (!once.getAndSet(true)) {
                stock(draft, 99);
            }
        });

        VendorException failure = shop.failingFill(product, draft, "");

        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("CHANGE_FROM_QUANTITY_STALE");
        assertThat(level(draft, 0)).isEqualTo(99);
        assertThat(level(draft, 1)).as("all quantities or none").isEqualTo(-1);
        assertThat(shop.filled(product, draft)).isEmpty();

        shop.fill(product, draft);
        assertThat(level(draft, 0)).isEqualTo(10);
        assertThat(level(draft, 1)).isEqualTo(11);
        assertThat(keys()).as("another state is another key").hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void shouldSetStockWithTheSameKeyWhenTheAnswerWasLostAndNothingHappened() {
        Product product = product(2);
        VendorObject draft = shop.create(product);
        shop.fault(3, Fault.Kind.ANSWER, 500, "{}", Map.of());
        assertThat(shop.failingFill(product, draft, "").kind()).isEqualTo(ErrorKind.TRANSIENT);
        shop.fill(product, draft);
        assertThat(keys()).hasSize(2);
        assertThat(keys().get(0)).isEqualTo(keys().get(1));
    }

    @Test
    void shouldUseTheLocationOfTheConnection() throws Exception {
        try (ShopifyFixture other = new ShopifyFixture(folder.resolve("two"), Map.of("locationId", "203"))) {
            Product product = product(1);
            VendorObject draft = other.create(product);
            other.fill(product, draft);
            assertThat(other.storedVariants(draft).get(0).path("levels").toString())
                    .isEqualTo("{\"gid://shopify/Location/203\":10}");
            assertThat(other.tap.operations()).doesNotContain("Locations");
        }
    }

    @Test
    void shouldPutBackVariantsThatAreMissingOrPricedOtherwise() {
        Product product = product(4);
        VendorObject draft = shop.create(product);
        ObjectNode half = shop.stored(draft);
        ArrayNode variants = (ArrayNode) half.path("variants");
        ((ObjectNode) variants.get(0)).put("price", "1.00");
        String kept = variants.get(0).path("id").asText();
        variants.remove(3);
        shop.state().put("products", draft.id(), half);
        assertThat(shop.filled(product, draft)).isEmpty();

        shop.fill(product, draft);

        assertThat(shop.storedVariants(draft))
                .extracting(one ->
                        one.path("sku").asText() + " " + one.path("price").asText())
                .containsExactly("CRV-0 19.99", "CRV-1 20.00", "CRV-2 20.01", "CRV-3 20.02");
        assertThat(shop.storedVariants(draft).get(0).path("id").asText()).isEqualTo(kept);
        assertThat(shop.stored(draft).path("status").asText()).isEqualTo("DRAFT");
    }

    @Test
    void shouldKeepWhatTheSellerAddedAndBringOursBackIntoOrder() {
        Product product = product(2, 2);
        VendorObject draft = shop.create(product);
        shop.fill(product, draft);
        ObjectNode edited = shop.stored(draft);
        ArrayNode media = (ArrayNode) edited.path("media");
        List<JsonNode> two = new ArrayList<>();
        media.forEach(two::add);
        ObjectNode sellers = ((ObjectNode) two.get(0))
                .deepCopy()
                .put("id", "gid://shopify/MediaImage/77")
                .put("name", "holiday.jpg");
        media.removeAll().add(sellers).add(two.get(1)).add(two.get(0));
        shop.state().put("products", draft.id(), edited);

        shop.fill(product, draft);

        assertThat(shop.stored(draft).path("media"))
                .extracting(one -> one.path("name").asText())
                .containsExactly(hash(0) + "-1.jpg", hash(1) + "-2.jpg", "holiday.jpg");
        assertThat(uploaded()).isEqualTo(2);
    }

    @Test
    void shouldKnowItsPictureWhenTheShopHadAFileOfThatName() {
        Product product = product(1, 1);
        shop.state()
                .put(
                        "files",
                        hash(0) + "-1.jpg",
                        shop.state().get("settings", "shopify").orElseThrow());
        VendorObject draft = shop.create(product);
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media").path(0).path("name").asText())
                .startsWith(hash(0) + "-1_");
        assertThat(shop.filled(product, draft)).hasSize(1);
    }

    @Test
    void shouldSendNoByteToAPlaceThatIsNotShopifys() {
        shop.set("upload_host", "http://127.0.0.1:1/shopify");
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        AtomicBoolean fetched = new AtomicBoolean();
        shop.store.before(() -> fetched.set(true));
        VendorException failure = shop.failingFill(product, draft, "");
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("foreign-upload-target");
        assertThat(fetched).isFalse();
    }

    @Test
    void shouldNotTakeARefusedUploadForARefusedToken() {
        shop.kit
                .sandbox()
                .arm(new Fault(
                        "shopify",
                        "POST",
                        "^/staged$",
                        0,
                        1,
                        Fault.Kind.ANSWER,
                        403,
                        Map.of("Content-Type", "application/xml"),
                        "<Error><Code>ExpiredToken</Code></Error>",
                        0));
        Product product = product(1, 2);
        VendorObject draft = shop.create(product);
        VendorException failure = shop.failingFill(product, draft, "");
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("upload-403");
        shop.fill(product, draft);
        assertThat(shop.stored(draft).path("media")).hasSize(2);
    }

    @Test
    void shouldSendThePictureAsShopifySaysAndWithoutTheToken() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        shop.fill(product, draft);
        var uploads = shop.kit.sandbox().requests("shopify").stream()
                .filter(one -> one.path().equals("/staged"))
                .toList();
        assertThat(uploads).singleElement().satisfies(sent -> {
            assertThat(sent.headers()).doesNotContainKey("X-shopify-access-token");
            assertThat(sent.status()).isEqualTo(201);
            assertThat(sent.body().indexOf("name=\"key\""))
                    .isLessThan(sent.body().indexOf("name=\"file\""));
        });
    }

    @Test
    void shouldSayGoneWhenTheProductIsGone() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        shop.state().remove("products", draft.id());
        assertThat(shop.failingFill(product, draft, "").kind()).isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldFindNothingWhenTheRequestDoesNotSayWhatShouldBeThere() {
        assertThat(shop.kit.call(
                        "kamelet:shopify-variants-lookup-action", Map.of("listing_id", "1"), Map.of("reference", REF)))
                .isEqualTo(List.of());
        assertThat(shop.tap.seen()).isEmpty();
    }

    @Test
    void shouldHandOnAThrottledStepSoThatItGoesOnLater() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        shop.fault(
                3,
                Fault.Kind.ANSWER,
                200,
                "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}",
                Map.of());
        assertThat(shop.failingFill(product, draft, "").kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(shop.fill(product, draft).facts()).containsEntry("complete", true);
    }

    @Test
    void shouldWaitForPointsWithinARunInsteadOfAskingAllAnew() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        int before = shop.tap.seen().size();
        shop.fault(3, Fault.Kind.ANSWER, 200, throttled(150), Map.of());

        assertThat(shop.fill(product, draft).facts()).containsEntry("complete", true);

        assertThat(shop.tap.seen().subList(before, shop.tap.seen().size()))
                .filteredOn(asked -> asked.toString().contains("query Locations"))
                .hasSize(1);
    }

    @Test
    void shouldHandOnAThrottledStepWhosePointsDoNotComeInItsTime() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        shop.fault(3, Fault.Kind.ANSWER, 200, throttled(900), Map.of());
        VendorException failure = shop.failingFill(product, draft, "");
        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(16));
    }

    @Test
    void shouldHandOnAThrottledStepWhosePointsNeverCome() {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        shop.fault(3, Fault.Kind.ANSWER, 200, throttled(Long.MAX_VALUE), Map.of());
        assertThat(shop.failingFill(product, draft, "").kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500})
    void shouldNotAskAgainWithinARunWhatMayHaveBeenRun(int status) {
        Product product = product(1, 1);
        VendorObject draft = shop.create(product);
        int before = shop.tap.seen().size();
        shop.fault(3, Fault.Kind.ANSWER, status, throttled(150), Map.of());
        assertThat(shop.failingFill(product, draft, "").kind()).isNotEqualTo(ErrorKind.REJECTED);
        assertThat(shop.tap.seen()).hasSize(before + 4);
    }

    private static String throttled(long wanted) {
        return "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":{"
                + "\"requestedQueryCost\":" + wanted + ",\"actualQueryCost\":null,\"throttleStatus\":{"
                + "\"maximumAvailable\":1000.0,\"currentlyAvailable\":100,\"restoreRate\":50.0}}}}";
    }

    /** Somebody sets the stock of the first variant. */
    private void stock(VendorObject draft, int quantity) {
        ObjectNode product = shop.stored(draft);
        ((ObjectNode) product.path("variants").path(0).path("levels")).put(WAREHOUSE, quantity);
        shop.state().put("products", draft.id(), product);
    }

    private long uploaded() {
        return shop.state().list("staged").stream()
                .filter(one -> one.has("bytes"))
                .count();
    }

    private int level(VendorObject draft, int variant) {
        return shop.storedVariants(draft)
                .get(variant)
                .path("levels")
                .path(WAREHOUSE)
                .asInt(-1);
    }

    private List<String> keys() {
        return shop.tap.seen().stream()
                .filter(one -> one.operation().equals("InventorySet"))
                .map(one -> String.valueOf(one.variables().get("key")))
                .toList();
    }
}
