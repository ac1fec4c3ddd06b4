package io.caravan.hub.connectors.printify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.printify.sandbox.PrintifySandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintifyKameletTest {

    private static final String REF = Refs.of("acme", "printify.product", "listing-1", "0");
    private static final byte[] PICTURE = picture(400);
    private static final byte[] SMALL = picture(100);
    private static final Map<String, String> SETTINGS =
            Map.of("shopId", "1", "blueprintId", "6", "printProviderId", "29", "variantIds", "12100,12103");

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = kit("first", SETTINGS);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldUploadAPictureUnderItsReferenceAndFindIt() {
        assertThat(found("upload", picture(PICTURE))).isEmpty();
        VendorObject upload = make("upload", picture(PICTURE));

        assertThat(upload.facts())
                .containsEntry("file_name", REF + ".png")
                .containsEntry("width", 400L)
                .containsEntry("upload_id", upload.id());
        assertThat(found("upload", Map.of())).extracting(VendorObject::id).containsExactly(upload.id());
        ReceivedRequest sent = requests().get(1);
        assertThat(sent.headers())
                .containsEntry("Authorization", "Bearer printify-token-1")
                .containsEntry("User-agent", "Caravan-Hub")
                .containsEntry("Content-type", "application/json;charset=utf-8");
    }

    @Test
    void shouldCreateAnUnpublishedProductThatTellsItsCost() {
        VendorObject product = product();

        assertThat(product.state()).isEqualTo("unpublished");
        assertThat(product.facts()).containsEntry("base_cost_minor", 1032L).containsEntry("title", "Moss tee");
        assertThat((List<?>) product.facts().get("variants")).hasSize(2);
        JsonNode stored = stored(product);
        assertThat(stored.path("tags")).extracting(JsonNode::asText).containsExactly("moss", "ref-" + REF);
        JsonNode image = stored.path("print_areas")
                .path(0)
                .path("placeholders")
                .path(0)
                .path("images")
                .path(0);
        assertThat(image.path("angle").isIntegralNumber()).isTrue();
        assertThat(image.path("x").asDouble()).isEqualTo(0.5);
        assertThat(stored.path("variants").path(0).path("price").asInt()).isEqualTo(2499);
    }

    @Test
    void shouldFindAProductByItsReferenceAlone() {
        VendorObject product = product();
        assertThat(found("product", Map.of("cause", "dead")))
                .extracting(VendorObject::id)
                .containsExactly(product.id());
    }

    @Test
    void shouldFindAProductThatLostItsTagByPictureAndTitleTogether() {
        VendorObject product = product();
        ObjectNode stored = stored(product);
        stored.putArray("tags").add("moss");
        kit.sandbox().state("printify").put("products", product.id(), stored);
        String upload = stored.at("/print_areas/0/placeholders/0/images/0/id").asText();
        assertThat(found("product", request(upload)))
                .extracting(VendorObject::id)
                .containsExactly(product.id());
        kit.sandbox().state("printify").put("products", product.id(), stored.put("title", "The seller's own"));
        assertThat(found("product", request(upload))).isEmpty();
    }

    @Test
    void shouldAskTheCatalogueWhenNobodySaysWhichVariants() throws Exception {
        kit.close();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.remove("variantIds");
        settings.put("variantFilter", "color=White|Black;size=M");
        kit = kit("second", settings);
        VendorObject product = product();
        assertThat(stored(product).path("variants"))
                .extracting(variant -> variant.path("title").asText())
                .containsExactly("White / M", "Black / M");
        assertThat(requests())
                .filteredOn(one -> one.path().contains("/catalog/"))
                .hasSize(1);
        assertThat(requests()).noneMatch(one -> one.status() >= 400);
    }

    @Test
    void shouldReadTheOfferedVariantsOfTheCatalogue() {
        Map<?, ?> offered = (Map<?, ?>) kit.call("kamelet:printify-catalog-variants-action", null, Map.of());
        assertThat(offered.get("blueprint_id")).isEqualTo(6L);
        assertThat(offered.get("print_provider_id")).isEqualTo(29L);
        assertThat(PrintifyJson.list(offered.get("variants")))
                .extracting(variant -> PrintifyJson.text((Map<?, ?>) variant, "title"))
                .containsExactly("White / S", "White / XL");
    }

    @Test
    void shouldSayUnknownAfterA500ThatCreatedAndFindExactlyOne() {
        make("upload", picture(PICTURE));
        kit.sandbox().arm(fault("POST", "/products.json$", Fault.Kind.EFFECT_ANSWER, 500, "{}", 0));
        assertThat(failing("printify-product-create", request()).kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(found("product", request())).hasSize(1);
    }

    @Test
    void shouldSayUnknownAfterATimeOutThatCreated() {
        make("upload", picture(PICTURE));
        kit.sandbox().arm(fault("POST", "/products.json$", Fault.Kind.EFFECT_HANG, 0, null, 60_000));
        VendorException failure = catchThrowableOfType(
                VendorException.class,
                () -> kit.call(
                        "kamelet:printify-product-create-action?responseTimeout=2000",
                        request(),
                        Map.of("reference", REF)));
        assertThat(failure.code()).isEqualTo("time-out");
        assertThat(found("product", request())).hasSize(1);
    }

    @Test
    void shouldTakeExtrasBackAlsoLockedOnes() {
        VendorObject keep = product();
        VendorObject extra = product();
        make("publish", Map.of("product_id", extra.id()));

        cancel(extra);
        cancel(extra);

        assertThat(found("product", request())).extracting(VendorObject::id).containsExactly(keep.id());
    }

    @Test
    void shouldLockTellAndUnlock() {
        VendorObject product = product();
        Map<String, Object> named = Map.of("product_id", product.id());
        Map<String, Object> sold = Map.of(
                "product_id", product.id(), "external", Map.of("id", "4400000001", "handle", "https://etsy.example/1"));
        assertThat(found("publish", named)).isEmpty();

        assertThat(make("publish", named).state()).isEqualTo("locked");
        assertThat(make("publish", named).state()).isEqualTo("locked");
        assertThat(found("publish", named)).hasSize(1);
        assertThat(found("published", sold)).isEmpty();
        assertThat(confirming(product).code()).isEqualTo("locked");

        assertThat(make("published", sold).facts()).containsEntry("external_id", "4400000001");
        assertThat(found("published", sold)).hasSize(1);
        assertThat(stored(product).path("is_locked").asBoolean()).isFalse();
        assertThat(make("publish", named).state()).isEqualTo("published");
        assertThat(stored(product).path("is_locked").asBoolean()).isFalse();
        assertThat(requests()).noneMatch(one -> one.status() >= 400);
    }

    @Test
    void shouldNeverDeleteAPublishedProduct() {
        VendorObject product = product();
        make(
                "published",
                Map.of("product_id", product.id(), "external", Map.of("id", "1", "handle", "https://etsy.example/1")));
        assertThatThrownBy(() -> cancel(product))
                .isInstanceOfSatisfying(
                        VendorException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED));
        assertThat(found("product", request())).hasSize(1);
    }

    @Test
    void shouldReleaseALockedProductAndTakeAGoneOneForReleased() {
        VendorObject product = product();
        Map<String, Object> named = Map.of("product_id", product.id(), "reason", "the draft was refused");
        make("publish", named);
        assertThat(found("release", named)).isEmpty();
        assertThat(make("release", named).state()).isEqualTo("unpublished");
        assertThat(found("release", named)).hasSize(1);
        cancel(product);
        assertThat(make("release", named).state()).isEqualTo("gone");
    }

    @Test
    void shouldSayUnknownWhenPublishSaysYesAndDoesNothing() {
        VendorObject product = product();
        kit.sandbox().arm(fault("POST", "/publish.json$", Fault.Kind.ANSWER, 200, "{}", 0));
        VendorException failure = failing("printify-publish-create", Map.of("product_id", product.id()));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("not-applied");
    }

    @Test
    void shouldReadAnExternalThatIsAnArray() {
        VendorObject product = product();
        ObjectNode stored = stored(product);
        stored.putArray("external").addObject().put("id", "77").put("handle", "h");
        kit.sandbox().state("printify").put("products", product.id(), stored);
        assertThat(found(
                        "published", Map.of("product_id", product.id(), "external", Map.of("id", "77", "handle", "h"))))
                .hasSize(1);
        assertThat(found(
                        "published", Map.of("product_id", product.id(), "external", Map.of("id", "78", "handle", "h"))))
                .isEmpty();
    }

    @Test
    void shouldRejectAPictureOfLowQualityWithPrintifysCode() {
        VendorObject upload = make("upload", picture(SMALL));
        VendorException failure = failing("printify-product-create", request(upload.id()));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("8203");
        assertThat(failure).hasMessageContaining("Image has low quality");
    }

    @Test
    void shouldReadFieldErrorsThatAreJsonInsideTheReason() {
        make("upload", picture(PICTURE));
        Map<String, Object> wrong = new HashMap<>(request());
        wrong.put("variant_ids", List.of(99));
        VendorException failure = failing("printify-product-create", wrong);
        assertThat(failure).hasMessageContaining("variants: The variant 99 is not in the catalogue.");
    }

    @Test
    void shouldSayUnauthorisedInWordsAndNeverTheToken() throws Exception {
        kit.close();
        kit = new ConnectorKit(folder.resolve("third"), new PrintifySandbox(), Map.of("apiToken", "revoked"), SETTINGS);
        VendorException failure = failing("printify-ping", null);
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure).hasMessageContaining("Unauthenticated");
    }

    @Test
    void shouldProveTheTokenAndTheShop() {
        assertThat(kit.call("kamelet:printify-ping-action", null, Map.of()))
                .isEqualTo(Map.of(
                        "shop_id",
                        "1",
                        "title",
                        "Sandbox shop",
                        "sales_channel",
                        "custom_integration",
                        "publishes_itself",
                        false));
        set("shop_id", 5);
        assertThat(failing("printify-ping", null).code()).isEqualTo("other-shop");
    }

    @Test
    void shouldTellAShopThatPrintifyWouldPublishToByItself() {
        assertThat(((VendorObject) kit.call("kamelet:printify-shop-create-action", Map.of(), Map.of())).state())
                .isEqualTo("custom_integration");
        for (String channel : List.of("etsy", "shopify", "disconnected", "", "My Sales Channel")) {
            channel(channel);
            assertThat(kit.call("kamelet:printify-ping-action", null, Map.of()))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("sales_channel", channel)
                    .containsEntry("publishes_itself", true);
            VendorException refused = failing("printify-shop-create", Map.of());
            assertThat(refused.kind()).isEqualTo(ErrorKind.REJECTED);
            assertThat(refused.code()).isEqualTo("not-an-api-shop");
            assertThat(refused)
                    .hasMessageContaining("shop 1 is connected to")
                    .hasMessageContaining("HUB_PRINTIFY_SHOP_ID");
        }
    }

    private void channel(String channel) {
        var all = kit.sandbox().state("printify").get("settings", "printify").orElse(SandboxState.object());
        kit.sandbox().state("printify").put("settings", "printify", all.put("channel", channel));
    }

    @Test
    void shouldSayRateLimitedWithoutAWait() {
        set("per_minute", 1);
        kit.call("kamelet:printify-ping-action", null, Map.of());
        VendorException failure = failing("printify-ping", null);
        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEmpty();
    }

    @Test
    void shouldBeSlowedDownByPrintifyForTooManyRefusedRequests() {
        for (int i = 0; i < 40; i++) {
            String name = i < 37 ? "printify-ping" : "printify-product-get";
            kit.exchange("kamelet:" + name + "-action", null, Map.of("vendorId", "none"));
        }
        assertThat(failing("printify-ping", null).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void shouldReadEveryPageUntilTheLast() {
        VendorObject first = product();
        ObjectNode stored = stored(first);
        for (int i = 0; i < 120; i++) {
            ObjectNode copy = stored.deepCopy().put("id", "copy" + i);
            copy.putArray("tags").add("ref-of-another");
            kit.sandbox().state("printify").put("products", "copy" + i, copy);
        }
        assertThat(found("product", request())).extracting(VendorObject::id).containsExactly(first.id());
        assertThat(requests())
                .filteredOn(one -> one.query().containsKey("page"))
                .hasSize(3);
    }

    @Test
    void shouldStopReadingAtPagesFromBeforeTheEffectCouldHaveHappened() {
        ObjectNode stored = stored(product());
        for (int i = 0; i < 120; i++) {
            ObjectNode old = stored.deepCopy().put("id", "old" + i).put("created_at", "2020-01-01 00:00:00+00:00");
            old.putArray("tags").add("ref-of-another");
            kit.sandbox().state("printify").put("products", "old" + i, old);
        }
        kit.sandbox().state("printify").remove("products", stored.path("id").asText());
        kit.sandbox().state("printify").put("products", stored.path("id").asText(), stored);
        assertThat(found("product", request())).hasSize(1);
        assertThat(requests())
                .filteredOn(one -> one.query().containsKey("page"))
                .hasSize(1);
    }

    @Test
    void shouldNotTakeAnUnreadablePageForAnEmptyShop() {
        kit.sandbox().arm(fault("GET", "/products.json$", Fault.Kind.ANSWER, 200, "{}", 0));
        assertThat(failing("printify-product-lookup", request()).code()).isEqualTo("unreadable");
    }

    @Test
    void shouldSayTransientOnA502AndOnACutAnswer() {
        kit.sandbox().arm(fault(null, null, Fault.Kind.ANSWER, 502, "<html>", 0));
        assertThat(failing("printify-ping", null).kind()).isEqualTo(ErrorKind.TRANSIENT);
        kit.sandbox().arm(fault(null, null, Fault.Kind.CUT, 0, null, 0));
        assertThat(failing("printify-ping", null).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(URI.create("http://127.0.0.1:1"));
        assertThat(failing("printify-ping", null).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    private ConnectorKit kit(String name, Map<String, String> settings) throws Exception {
        return new ConnectorKit(
                        folder.resolve(name), new PrintifySandbox(), Map.of("apiToken", "printify-token-1"), settings)
                .bind("objectStore", new Pictures());
    }

    private void set(String name, long value) {
        kit.sandbox()
                .state("printify")
                .put("settings", "printify", SandboxState.object().put(name, value));
    }

    private VendorObject product() {
        return make("product", request(make("upload", picture(PICTURE)).id()));
    }

    private Map<String, Object> request() {
        List<ObjectNode> uploads = kit.sandbox().state("printify").list("uploads");
        return request(
                uploads.isEmpty()
                        ? "none"
                        : uploads.get(uploads.size() - 1).path("id").asText());
    }

    private static Map<String, Object> request(String upload) {
        return Map.of(
                "title",
                "Moss tee",
                "description",
                "A tee with moss",
                "upload_id",
                upload,
                "tags",
                List.of("moss"),
                "price",
                Map.of("amount_minor", 2499, "currency", "USD"));
    }

    private VendorObject make(String what, Map<String, Object> request) {
        return (VendorObject)
                kit.call("kamelet:printify-" + what + "-create-action", request, Map.of("reference", REF));
    }

    @SuppressWarnings("unchecked")
    private List<VendorObject> found(String what, Map<String, Object> request) {
        return (List<VendorObject>)
                kit.call("kamelet:printify-" + what + "-lookup-action", request, Map.of("reference", REF));
    }

    private void cancel(VendorObject product) {
        kit.call("kamelet:printify-product-cancel-action", request(), Map.of("vendorId", product.id()));
    }

    private VendorException confirming(VendorObject product) {
        VendorException failure = catchThrowableOfType(
                VendorException.class,
                () -> kit.call("kamelet:printify-product-confirm-action", request(), Map.of("vendorId", product.id())));
        assertThat(failure).isNotNull();
        return failure;
    }

    private VendorException failing(String kamelet, @Nullable Object body) {
        VendorException failure = catchThrowableOfType(
                VendorException.class,
                () -> kit.call("kamelet:" + kamelet + "-action", body, Map.of("reference", REF)));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private ObjectNode stored(VendorObject product) {
        return kit.sandbox().state("printify").get("products", product.id()).orElseThrow();
    }

    private List<ReceivedRequest> requests() {
        return kit.sandbox().requests("printify");
    }

    private static Fault fault(
            @Nullable String method,
            @Nullable String path,
            Fault.Kind kind,
            int status,
            @Nullable String body,
            long ms) {
        return new Fault("printify", method, path, 0, 1, kind, status, null, body, ms);
    }

    private static Map<String, Object> picture(byte[] bytes) {
        return Map.of("image_sha256", Refs.sha256Hex(bytes));
    }

    private static byte[] picture(int side) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two pictures. Public, since Camel calls it by reflection. */
    public static final class Pictures implements ObjectStore {
        @Override
        public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
            throw new UnsupportedOperationException("a connector only reads");
        }

        @Override
        public byte[] get(AccountId account, String kind, String sha256) {
            return sha256.equals(Refs.sha256Hex(SMALL)) ? SMALL : PICTURE;
        }
    }
}
