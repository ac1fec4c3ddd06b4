package io.caravan.hub.connectors.shopify;

import static io.caravan.hub.connectors.shopify.ShopifyFixture.REF;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.naming;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Product;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyProductKameletTest {

    private static final String CREATE = "kamelet:shopify-product-create-action";
    private static final String CONFIRM = "kamelet:shopify-product-confirm-action";
    private static final String CANCEL = "kamelet:shopify-product-cancel-action";

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

    @Test
    void shouldMakeADraftWhoseHandleIsItsReference() {
        VendorObject draft = shop.create(product(12));

        assertThat(draft.state()).isEqualTo("draft");
        assertThat(draft.facts())
                .containsEntry("product_id", draft.id())
                .containsEntry("handle", REF)
                .containsEntry("variants", 12L)
                .containsEntry("url", shop.tap.url() + "/products/" + REF)
                .containsEntry("admin_url", shop.tap.url() + "/admin/products/" + draft.id())
                .containsEntry("price_min", Map.of("amount_minor", 1999L, "currency", "USD"));
        assertThat(shop.kit.sandbox().requests("shopify")).singleElement().satisfies(sent -> {
            assertThat(sent.path()).isEqualTo("/admin/api/2026-10/graphql.json");
            assertThat(sent.headers()).containsEntry("X-shopify-access-token", ShopifyFixture.TOKEN);
        });
    }

    @Test
    void shouldFindADraftAtOnceAndNotByTheSearchThatLags() {
        shop.set("lag_ms", 3_600_000);
        VendorObject draft = shop.create(product(2));
        assertThat(shop.lookup("")).singleElement().extracting(VendorObject::id).isEqualTo(draft.id());
        assertThat(shop.lookup(draft.id())).hasSize(1);
    }

    @Test
    void shouldMakeOneProductHoweverOftenItIsAsked() {
        String id = shop.create(product(2)).id();
        assertThat(shop.create(product(2)).id()).isEqualTo(id);
        assertThat(shop.state().list("products")).hasSize(1);
        assertThat(shop.storedVariants(shop.lookup("").get(0))).hasSize(2);
    }

    @Test
    void shouldSayUnknownAfterA500ThatCameAfterCreatingAndFindExactlyOne() {
        shop.fault(0, Fault.Kind.EFFECT_ANSWER, 500, "{\"errors\":\"Internal Server Error\"}", Map.of());
        VendorException failure = shop.failingCreate("");
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("may have happened");
        assertThat(shop.lookup("")).hasSize(1);
        shop.create(product(2));
        assertThat(shop.state().list("products")).hasSize(1);
    }

    @Test
    void shouldSayUnknownWhenNoAnswerComesAfterTheEffect() {
        shop.kit
                .sandbox()
                .arm(new Fault(
                        "shopify",
                        "POST",
                        ShopifyFixture.GRAPHQL,
                        0,
                        1,
                        Fault.Kind.EFFECT_HANG,
                        null,
                        null,
                        null,
                        60_000));
        VendorException failure = shop.failingCreate("?responseTimeout=2000");
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("time-out");
        assertThat(shop.lookup("")).hasSize(1);
    }

    @Test
    void shouldStayOneWhenTheEffectComesLate() {
        shop.kit
                .sandbox()
                .arm(new Fault(
                        "shopify",
                        "POST",
                        ShopifyFixture.GRAPHQL,
                        0,
                        1,
                        Fault.Kind.LATE_EFFECT,
                        null,
                        null,
                        null,
                        5_000));
        assertThat(shop.failingCreate("").kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(shop.lookup("")).isEmpty();
        String id = shop.create(product(2)).id();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> shop.stored(shop.lookup("").get(0))
                                .path("updated_ms")
                                .asLong()
                        > shop.stored(shop.lookup("").get(0)).path("created_ms").asLong() + 300);
        assertThat(shop.lookup("")).singleElement().extracting(VendorObject::id).isEqualTo(id);
        assertThat(shop.state().list("products")).hasSize(1);
    }

    @Test
    void shouldMakeALargeProductInTheBackgroundAndWaitForIt() {
        VendorObject draft = shop.create(product(105));
        assertThat(draft.facts()).containsEntry("variants", 105L);
        assertThat(shop.tap.operations()).startsWith("ProductSet", "ProductOperation");
        assertThat(shop.storedVariants(draft)).hasSize(105);
    }

    @Test
    void shouldSayUnknownWhenTheBackgroundTakesTooLongAndFindItLater() {
        shop.set("operation_ms", 3_600_000);
        VendorException failure = shop.failing(CREATE + "?budget=300", product(105), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("still-running");
        assertThat(shop.lookup("")).isEmpty();
        ObjectNode operation = shop.state().list("operations").get(0);
        shop.state().put("operations", operation.path("id").asText(), operation.put("due_ms", 0));
        await().atMost(Duration.ofSeconds(60)).until(() -> shop.lookup("").size() == 1);
        assertThat(shop.storedVariants(shop.lookup("").get(0))).hasSize(105);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 429})
    void shouldNotTakeARefusedQuestionForARefusedChange(int status) {
        String throttled = "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}";
        shop.fault(1, Fault.Kind.ANSWER, status, throttled, Map.of());
        VendorException failure = shop.failing(CREATE, product(105), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("the change goes on");
    }

    @Test
    void shouldSayWhatTheBackgroundRefused() {
        Product twice = twins(105);
        VendorException failure = shop.failing(CREATE, twice, Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure).hasMessageContaining("input.variants.104");
    }

    @Test
    void shouldNameTheFieldThatShopifyRefuses() {
        VendorException failure = shop.failing(CREATE, twins(3), Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("INVALID_VARIANT");
        assertThat(failure).hasMessageContaining("input.variants.2: ").hasMessageContaining("already exists");
        assertThat(shop.state().list("products")).isEmpty();
    }

    @Test
    void shouldLookUpWhenAnotherHasTheHandle() {
        shop.fault(
                0,
                Fault.Kind.ANSWER,
                200,
                "{\"data\":{\"productSet\":{\"product\":null,\"productSetOperation\":null,\"userErrors\":[{\"field\":[\"input\",\"handle\"],"
                        + "\"message\":\"Handle already in use\",\"code\":\"HANDLE_NOT_UNIQUE\"}]}}}",
                Map.of());
        VendorException failure = shop.failingCreate("");
        assertThat(failure.status())
                .as("the engine takes a conflict for a doubt")
                .isEqualTo(409);
    }

    @Test
    void shouldMakeAProductWithoutOptions() {
        VendorObject draft = shop.create(ShopifyFixture.plain());
        assertThat(shop.storedVariants(draft))
                .singleElement()
                .satisfies(variant -> assertThat(
                                variant.path("options").path("Title").asText())
                        .isEqualTo("Default Title"));
    }

    @Test
    void shouldRefusePricesInAnotherCurrencyThanTheShops() throws Exception {
        try (ShopifyFixture other = new ShopifyFixture(folder.resolve("eur"), Map.of("currency", "EUR"))) {
            assertThatThrownBy(() -> other.create(product(1)))
                    .hasStackTraceContaining("has a price in USD, the shop sells in EUR");
            assertThat(other.tap.seen()).isEmpty();
        }
    }

    @Test
    void shouldPutADraftLiveOnceAndShowItToBuyers() throws Exception {
        Product product = product(3);
        VendorObject draft = shop.create(product);
        assertThat(page(draft).statusCode()).isEqualTo(404);
        VendorObject live = shop.confirm(product, draft);
        assertThat(live.state()).isEqualTo("active");
        assertThat(shop.confirm(product, draft).state()).isEqualTo("active");

        assertThat(shop.tap.changes()).containsExactly("ProductSet", "ProductPublish", "ProductActivate");
        assertThat(page(live).statusCode()).isEqualTo(200);
        assertThat(page(live).body())
                .contains("<h1>Moss &amp; Friends' Lamp</h1>", "19.99 USD", "<s>29.99</s>", "CRV-0");
        assertThat((String) live.facts().get("url")).endsWith("/shopify/products/" + REF);
        assertThat(shop.lookup(draft.id()))
                .singleElement()
                .extracting(VendorObject::state)
                .isEqualTo("active");
    }

    @Test
    void shouldPublishWhatIsActiveButOnNoChannel() {
        VendorObject draft = shop.create(product(1));
        shop.state().put("products", draft.id(), shop.stored(draft).put("status", "ACTIVE"));
        assertThat(shop.confirm(product(1), draft).state()).isEqualTo("active");
        assertThat(shop.tap.changes()).containsExactly("ProductSet", "ProductPublish");
    }

    @Test
    void shouldPublishToTheChannelOfTheConnection() throws Exception {
        try (ShopifyFixture other = new ShopifyFixture(folder.resolve("pos"), Map.of("publicationId", "102"))) {
            VendorObject draft = other.create(product(1));
            other.confirm(product(1), draft);
            assertThat(other.stored(draft).path("publications").toString())
                    .isEqualTo("[\"gid://shopify/Publication/102\"]");
            assertThat(other.tap.operations()).doesNotContain("Publications");
        }
    }

    @Test
    void shouldNotPutAHalfMadeProductLive() {
        VendorObject draft = shop.create(product(2));
        VendorException failure = shop.failing(CONFIRM, product(3), naming(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("2 variants of 3");
        assertThat(shop.stored(draft).path("status").asText()).isEqualTo("DRAFT");
    }

    @Test
    void shouldSayUnknownWhenShopifyTookTheChangeAndDidNothing() {
        VendorObject draft = shop.create(product(1));
        shop.fault(
                3,
                Fault.Kind.ANSWER,
                200,
                "{\"data\":{\"productUpdate\":{\"product\":{\"id\":\"gid://shopify/Product/" + draft.id()
                        + "\",\"status\":\"DRAFT\"},\"userErrors\":[]}}}",
                Map.of());
        VendorException failure = shop.failing(CONFIRM, product(1), naming(draft));
        assertThat(failure.code()).isEqualTo("not-applied");
        assertThat(shop.confirm(product(1), draft).state()).isEqualTo("active");
    }

    @Test
    void shouldLeaveWhatAPersonArchivedToAPerson() {
        VendorObject draft = shop.create(product(1));
        shop.state().put("products", draft.id(), shop.stored(draft).put("status", "ARCHIVED"));
        assertThat(shop.failing(CONFIRM, product(1), naming(draft)).kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(shop.failing(CANCEL, null, naming(draft)).kind()).isEqualTo(ErrorKind.REJECTED);
    }

    @Test
    void shouldTakeBackADraftAnyNumberOfTimesAndNothingThatIsLive() {
        VendorObject draft = shop.create(product(1));
        for (int i = 0; i < 2; i++) {
            assertThat(shop.kit.call(CANCEL, null, naming(draft)))
                    .extracting("state")
                    .isEqualTo("deleted");
        }
        assertThat(shop.lookup(draft.id())).isEmpty();

        VendorObject live = shop.confirm(product(1), shop.create(product(1)));
        VendorException failure = shop.failing(CANCEL, null, naming(live));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("not-a-draft");
        assertThat(shop.stored(live).path("status").asText()).isEqualTo("ACTIVE");
    }

    @Test
    void shouldFindWhatTheSellerRenamedByItsIdAndPutLiveOnesFirst() {
        VendorObject live = shop.confirm(product(1), shop.create(product(1)));
        shop.state().put("products", live.id(), shop.stored(live).put("handle", "moss-lamp"));
        VendorObject late = shop.create(product(1));
        assertThat(shop.lookup(live.id())).extracting(VendorObject::id).containsExactly(live.id(), late.id());
        assertThat(shop.lookup("")).extracting(VendorObject::id).containsExactly(late.id());
    }

    @Test
    void shouldReadAProductAndSayGoneWhenItIsNotThere() {
        VendorObject draft = shop.create(product(2));
        assertThat(shop.kit.call("kamelet:shopify-product-get-action", Map.of("id", draft.id()), Map.of()))
                .isEqualTo(draft);
        VendorException failure =
                shop.failing("kamelet:shopify-product-get-action", Map.of("id", "8999999999"), Map.of());
        assertThat(failure.kind()).isEqualTo(ErrorKind.GONE);
        assertThat(shop.failing(CONFIRM, product(2), Map.of("reference", REF, "vendorId", "8999999999"))
                        .kind())
                .isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldRefuseAnIdThatIsNone() {
        assertThatThrownBy(() -> shop.kit.call(
                        "kamelet:shopify-product-get-action", Map.of("id", "gid://shopify/Order/1"), Map.of()))
                .hasStackTraceContaining("product id must be a number");
    }

    @Test
    void shouldProveTheTokenAndTellTheShop() {
        assertThat(shop.kit.call("kamelet:shopify-ping-action", null, Map.of()))
                .isEqualTo(Map.of(
                        "shop_id", "60001",
                        "name", "Sandbox shop",
                        "domain", "sandbox-shop.myshopify.com",
                        "currency", "USD"));
    }

    @Test
    void shouldTellTheBucketToTheBudgets() {
        shop.set("bucket", 2000);
        var done = shop.kit.exchange("kamelet:shopify-ping-action", null, Map.of());
        assertThat(done.getVariable("limits", Map.class))
                .containsEntry("points_limit", 2000L)
                .containsEntry("points_per_second", 50L)
                .hasEntrySatisfying(
                        "points_remaining", left -> assertThat((Long) left).isBetween(1_900L, 2_000L));
        assertThat(done.getVariables()).doesNotContainKey("shopifyCall");
    }

    private HttpResponse<String> page(VendorObject product) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        String.valueOf(product.facts().get("url"))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The last variant has the options of the first. */
    private static Product twins(int count) {
        Product product = product(count);
        var variants = new java.util.ArrayList<>(product.variants());
        variants.set(
                count - 1, ShopifyFixture.variant(count - 1, variants.get(0).options(), null));
        return new Product(
                product.id(),
                product.title(),
                product.descriptionHtml(),
                product.brand(),
                product.productType(),
                product.tags(),
                product.options(),
                variants,
                List.of(),
                product.supplier(),
                product.supplierId(),
                product.sourceUrl());
    }
}
