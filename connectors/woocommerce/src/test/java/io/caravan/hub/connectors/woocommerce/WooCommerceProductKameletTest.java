package io.caravan.hub.connectors.woocommerce;

import static io.caravan.hub.connectors.woocommerce.WooFixture.PRODUCTS;
import static io.caravan.hub.connectors.woocommerce.WooFixture.REF;
import static io.caravan.hub.connectors.woocommerce.WooFixture.create;
import static io.caravan.hub.connectors.woocommerce.WooFixture.fault;
import static io.caravan.hub.connectors.woocommerce.WooFixture.lookup;
import static io.caravan.hub.connectors.woocommerce.WooFixture.mug;
import static io.caravan.hub.connectors.woocommerce.WooFixture.on;
import static io.caravan.hub.connectors.woocommerce.WooFixture.requests;
import static io.caravan.hub.connectors.woocommerce.WooFixture.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WooCommerceProductKameletTest {

    private static final String CREATE = "kamelet:woocommerce-product-create-action";
    private static final String LOOKUP = "kamelet:woocommerce-product-lookup-action";
    private static final String CONFIRM = "kamelet:woocommerce-product-confirm-action";
    private static final String CANCEL = "kamelet:woocommerce-product-cancel-action";

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
    void shouldCreateADraftThatIsFoundByItsReference() {
        VendorObject draft = create(kit, mug());
        assertThat(draft.state()).isEqualTo("draft");
        assertThat(draft.facts()).containsEntry("handle", "moss-friends-mug-" + draft.id());
        assertThat(lookup(kit, mug())).extracting(VendorObject::id).containsExactly(draft.id());
        assertThat(lookup(kit, null)).as("by the reference alone").hasSize(1);
        String pair =
                Base64.getEncoder().encodeToString("ck_sandbox0001:cs_sandbox0001".getBytes(StandardCharsets.UTF_8));
        assertThat(requests(kit, "POST").get(0).headers()).containsEntry("Authorization", "Basic " + pair);
    }

    @Test
    void shouldFindADraftOnlyAfterTheIndexLag() {
        WooFixture.set(kit, "lag_ms", 3_600_000);
        VendorObject draft = create(kit, mug());
        assertThat(lookup(kit, mug())).isEmpty();
        SandboxState state = kit.sandbox().state("woocommerce");
        ObjectNode stored = state.get("products", draft.id()).orElseThrow();
        state.put(
                "products",
                draft.id(),
                stored.put("visible_ms", stored.path("visible_ms").asLong() - 3_600_000L));
        assertThat(lookup(kit, mug())).extracting(VendorObject::id).containsExactly(draft.id());
    }

    @Test
    void shouldSayUnknownWhenTheStoreHasTheSkuAlreadyAndFindExactlyOne() {
        VendorObject first = create(kit, mug());
        VendorException failure = failing(CREATE, mug(), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("product_invalid_sku");
        assertThat(failure).hasMessageContaining("at product " + first.id());
        assertThat(lookup(kit, mug())).extracting(VendorObject::id).containsExactly(first.id());
    }

    @ParameterizedTest
    @CsvSource({"EFFECT_ANSWER, http-500", "CUT, reset", "EFFECT_RESET, reset", "EFFECT_HANG, time-out"})
    void shouldSayUnknownWhenTheAnswerIsLostAfterCreating(Fault.Kind kind, String code) {
        kit.sandbox().arm(new Fault("woocommerce", "POST", PRODUCTS, 0, 1, kind, 500, null, "<h1>500</h1>", 60_000));
        VendorException failure = failing(CREATE + "?responseTimeout=2000", mug(), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(lookup(kit, mug())).hasSize(1);
    }

    @Test
    void shouldPublishOnceAndAnswerTheSameAfterwards() {
        VendorObject draft = create(kit, mug());
        VendorObject live = (VendorObject) kit.call(CONFIRM, mug(), on(draft));
        assertThat(live.state()).isEqualTo("publish");
        assertThat((String) live.facts().get("url"))
                .endsWith("/woocommerce/product/moss-friends-mug-" + draft.id() + "/");
        assertThat(kit.call(CONFIRM, mug(), on(draft))).isEqualTo(live);
        assertThat(requests(kit, "PUT")).hasSize(1);
    }

    @Test
    void shouldSayUnknownWhenTheStoreTookTheChangeAndDidNothing() {
        VendorObject draft = create(kit, mug());
        kit.sandbox()
                .arm(fault("PUT", null, Fault.Kind.ANSWER, 200, "{\"id\":" + draft.id() + ",\"status\":\"pending\"}"));
        VendorException failure = failing(CONFIRM, mug(), on(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("not-applied");
    }

    @Test
    void shouldTakeADraftBackForGoodAndTwice() {
        VendorObject draft = create(kit, mug());
        kit.call(CANCEL, mug(), on(draft));
        kit.call(CANCEL, mug(), on(draft));
        assertThat(lookup(kit, mug())).isEmpty();
        assertThat(kit.sandbox().state("woocommerce").list("products"))
                .as("nothing is left in the trash")
                .isEmpty();
    }

    @Test
    void shouldNeverDeleteWhatBuyersSee() {
        VendorObject draft = create(kit, mug());
        kit.call(CONFIRM, mug(), on(draft));
        VendorException failure = failing(CANCEL, mug(), on(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(requests(kit, "DELETE")).isEmpty();
    }

    @Test
    void shouldPutWhatIsLiveFirstWhenThereAreTwo() {
        VendorObject first = create(kit, mug());
        SandboxState state = kit.sandbox().state("woocommerce");
        ObjectNode twin = stored(first).put("id", 9001).put("status", "publish");
        state.put("products", "9001", twin);
        assertThat(lookup(kit, mug())).extracting(VendorObject::id).containsExactly("9001", first.id());
    }

    @Test
    void shouldFindAProductWithoutOptionsByItsOwnSkuOnceItHasThat() {
        VendorObject draft = create(kit, simple());
        WooFixture.variants(kit, simple(), draft);
        assertThat(stored(draft).path("sku").asText()).isEqualTo("CRV-ONLY");
        assertThat(lookup(kit, simple())).extracting(VendorObject::id).containsExactly(draft.id());
    }

    @Test
    void shouldNotTakeTheProductOfAnotherReferenceForOurs() {
        VendorObject draft = create(kit, simple());
        WooFixture.variants(kit, simple(), draft);
        Map<String, Object> other = Map.of("reference", "abcdefghijklmnopqrstuvwxyz");
        assertThat(kit.call(LOOKUP, simple(), other)).isEqualTo(java.util.List.of());
    }

    @Test
    void shouldKnowOursBySkuWhenAPluginHidesTheMetaData() {
        VendorObject draft = create(kit, mug());
        ObjectNode bare = stored(draft);
        bare.putArray("meta_data");
        kit.sandbox().state("woocommerce").put("products", draft.id(), bare);
        assertThat(lookup(kit, mug())).hasSize(1);
    }

    @Test
    void shouldReadAStoreWhosePluginsChangeTheTypes() {
        WooFixture.set(kit, "drift", 1);
        VendorObject draft = create(kit, simple());
        assertThat(draft.id()).matches("[0-9]+");
        assertThat(draft.facts()).containsEntry("url", "").containsEntry("price_min", "19.99");
        assertThat(lookup(kit, simple())).extracting(VendorObject::id).containsExactly(draft.id());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "403, -, UNAUTHORISED, blocked-by-host",
                "401, -, UNAUTHORISED, http-401",
                "404, -, UNAUTHORISED, no-rest-api",
                "301, -, UNAUTHORISED, moved",
                "429, 30, RATE_LIMITED, http-429",
                "429, -, RATE_LIMITED, http-429",
                "503, 600, TRANSIENT, http-503",
                "200, -, TRANSIENT, unreadable"
            })
    void shouldSortPagesOfHostsByWhatTheyMean(int status, @Nullable String wait, ErrorKind kind, String code) {
        for (String kamelet : new String[] {CREATE, LOOKUP}) {
            kit.sandbox().arm(WooFixture.page(status, wait));
            VendorException failure = failing(kamelet, mug(), Map.of("reference", REF));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryAfter())
                    .isEqualTo(java.util.Optional.ofNullable(wait)
                            .map(Long::valueOf)
                            .map(Duration::ofSeconds));
        }
    }

    @Test
    void shouldSayWhatAKeyThatMayOnlyReadLacks() throws Exception {
        stop();
        Map<String, String> secrets = Map.of("consumerKey", "ck_x_read", "consumerSecret", "cs_x");
        kit = WooFixture.kit(folder.resolve("read"), secrets, WooFixture.SETTINGS);
        VendorException failure = failing(CREATE, mug(), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure).hasMessageContaining("write permissions");
        assertThat(lookup(kit, mug())).isEmpty();
    }

    @Test
    void shouldNameTheCredentialThatIsMissingAndSendNothing() throws Exception {
        stop();
        kit = WooFixture.kit(folder.resolve("none"), Map.of("consumerKey", "ck_x"), WooFixture.SETTINGS);
        VendorException failure = failing(CREATE, mug(), Map.of("reference", REF));
        assertThat(failure.code()).isEqualTo(Connection.NOT_CONFIGURED);
        assertThat(failure).hasMessageContaining("consumerSecret");
        assertThat(kit.sandbox().requests("woocommerce")).isEmpty();
    }

    @Test
    void shouldKeepTheKeyOutOfAnAnswerThatPrintsIt() {
        String echo = "{\"code\":\"rest_odd\",\"message\":\"sent: Basic "
                + Base64.getEncoder().encodeToString("ck_sandbox0001:cs_sandbox0001".getBytes(StandardCharsets.UTF_8))
                + " and ck_sandbox0001\"}";
        kit.sandbox().arm(fault("POST", PRODUCTS, Fault.Kind.ANSWER, 400, echo));
        VendorException failure = failing(CREATE, mug(), Map.of("reference", REF));
        assertThat(failure.getMessage() + failure.body()).doesNotContain("sandbox0001", "Y2tfc2FuZGJveD");
    }

    @Test
    void shouldSayGoneForAProductThatIsNotThereHoweverItIsAsked() {
        VendorObject draft = create(kit, mug());
        kit.sandbox().state("woocommerce").remove("products", draft.id());
        assertThat(failing(CONFIRM, mug(), on(draft)).kind()).isEqualTo(ErrorKind.GONE);
        assertThat(failing("kamelet:woocommerce-product-get-action", Map.of("id", draft.id()), Map.of())
                        .kind())
                .isEqualTo(ErrorKind.GONE);
        String late = "{\"code\":\"woocommerce_rest_product_invalid_id\",\"message\":\"Invalid ID.\"}";
        kit.sandbox().arm(fault("GET", null, Fault.Kind.ANSWER, 400, late));
        assertThat(failing(CONFIRM, mug(), on(draft)).kind()).isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldRefuseAnIdThatIsNone() {
        assertThat(kit.exchange("kamelet:woocommerce-product-get-action", Map.of("id", "../users"), Map.of())
                        .getException())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(kit.sandbox().requests("woocommerce")).isEmpty();
    }

    @Test
    void shouldNotTakeAnUnreadablePageForAnEmptyStore() {
        kit.sandbox().arm(fault("GET", null, Fault.Kind.ANSWER, 200, "{\"message\":\"hello\"}"));
        assertThat(failing(LOOKUP, mug(), Map.of("reference", REF)).code()).isEqualTo("unreadable");
    }

    @Test
    void shouldProveAddressKeyAndCurrency() {
        Map<String, Object> proof = new HashMap<>();
        proof.put("store", kit.connection().baseUrl().toString());
        proof.put("currency", "USD");
        assertThat(kit.call("kamelet:woocommerce-ping-action", null, Map.of())).isEqualTo(proof);
        WooFixture.set(kit, "currency", "EUR");
        VendorException failure = failing("kamelet:woocommerce-ping-action", null, Map.of());
        assertThat(failure).hasMessageContaining("sells in EUR", "says USD");
    }

    @Test
    void shouldLeaveNoHeaderAndNoVariableBehind() {
        VendorObject draft = create(kit, mug());
        var done = kit.exchange(CONFIRM, mug(), on(draft));
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getVariables().keySet()).noneMatch(name -> name.startsWith("woo"));
    }

    private VendorException failing(String uri, @Nullable Object body, Map<String, Object> variables) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> kit.call(uri, body, variables));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private ObjectNode stored(VendorObject product) {
        return kit.sandbox().state("woocommerce").get("products", product.id()).orElseThrow();
    }

    @Test
    void shouldRefuseABodyThatIsNoProduct() {
        assertThat(kit.exchange(CREATE, Map.of("title", "x"), Map.of("reference", REF))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(kit.sandbox().requests("woocommerce")).isEmpty();
    }
}
