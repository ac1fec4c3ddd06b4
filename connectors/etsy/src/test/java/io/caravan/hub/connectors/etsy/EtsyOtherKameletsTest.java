package io.caravan.hub.connectors.etsy;

import static io.caravan.hub.connectors.etsy.EtsyFixture.PICTURE;
import static io.caravan.hub.connectors.etsy.EtsyFixture.create;
import static io.caravan.hub.connectors.etsy.EtsyFixture.image;
import static io.caravan.hub.connectors.etsy.EtsyFixture.inventory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtsyOtherKameletsTest {

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = EtsyFixture.kit(folder);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldUploadAPictureToItsRankAndFindIt() {
        String id = create(kit).id();
        assertThat(found("image", image(id, 1))).isEmpty();

        VendorObject made = (VendorObject) kit.call("kamelet:etsy-image-create-action", image(id, 1), Map.of());

        assertThat(made.facts()).containsEntry("rank", 1L);
        assertThat((String) made.facts().get("url")).endsWith("?s=" + PICTURE.length);
        assertThat(found("image", image(id, 1))).extracting(VendorObject::id).containsExactly(made.id());
        assertThat(found("image", image(id, 2))).isEmpty();
    }

    @Test
    void shouldReplaceThePictureOfARankWhenRepeated() {
        String id = create(kit).id();
        kit.call("kamelet:etsy-image-create-action", image(id, 1), Map.of());
        kit.call("kamelet:etsy-image-create-action", image(id, 2), Map.of());
        kit.call("kamelet:etsy-image-create-action", image(id, 1), Map.of());
        assertThat(listing(id).path("images")).hasSize(2);
    }

    @Test
    void shouldNotCallEtsyForAPictureThatIsNotStored() {
        String id = create(kit).id();
        Map<String, Object> other = new HashMap<>(image(id, 1));
        other.put("image_sha256", "0".repeat(64));
        assertThatThrownBy(() -> kit.call("kamelet:etsy-image-create-action", other, Map.of()))
                .hasStackTraceContaining("NoSuchElementException");
        assertThat(kit.sandbox().requests("etsy")).hasSize(1);
    }

    @Test
    void shouldSetPriceQuantityAndSkuOfAFreshDraft() {
        String id = create(kit).id();
        assertThat(found("inventory", inventory(id))).isEmpty();

        VendorObject made = (VendorObject) kit.call("kamelet:etsy-inventory-create-action", inventory(id), Map.of());

        assertThat(made.facts()).containsEntry("sku", "CRV-LISTING-1").containsEntry("quantity", 40L);
        assertThat(found("inventory", inventory(id)))
                .extracting(VendorObject::id)
                .containsExactly(made.id());
        JsonNode product = listing(id).path("products").path(0);
        assertThat(product.path("sku").asText()).isEqualTo("CRV-LISTING-1");
        assertThat(product.path("offerings")
                        .path(0)
                        .path("price")
                        .path("amount")
                        .asInt())
                .isEqualTo(1999);
        assertThat(product.path("offerings").path(0).path("readiness_state_id").asLong())
                .isEqualTo(18200000077L);
    }

    @Test
    void shouldChangeOneVariantAndLeaveTheOthers() {
        String id = create(kit).id();
        withVariants(id);
        Map<String, Object> change = new HashMap<>(inventory(id));
        change.put("sku", "MUG-15");
        change.put("price", Map.of("amount_minor", 2550, "currency", "USD"));

        kit.call("kamelet:etsy-inventory-create-action", change, Map.of());

        JsonNode products = listing(id).path("products");
        assertThat(products).hasSize(2);
        assertThat(products.path(0).path("sku").asText()).isEqualTo("MUG-11");
        assertThat(products.path(0)
                        .path("offerings")
                        .path(0)
                        .path("price")
                        .path("amount")
                        .asInt())
                .isEqualTo(1500);
        assertThat(products.path(1)
                        .path("offerings")
                        .path(0)
                        .path("price")
                        .path("amount")
                        .asInt())
                .isEqualTo(2550);
        assertThat(listing(id).path("price_on_property"))
                .extracting(JsonNode::asInt)
                .containsExactly(100);
        assertThat(listing(id).path("quantity_on_property"))
                .as("the quantity varies from now on")
                .extracting(JsonNode::asInt)
                .containsExactly(100);
    }

    @Test
    void shouldRefuseToRemoveASkuThatNobodyAskedToRemove() {
        String id = create(kit).id();
        withVariants(id);
        VendorException failure = failing("kamelet:etsy-inventory-create-action", inventory(id));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure).hasMessageContaining("no sku CRV-LISTING-1");
        assertThat(kit.sandbox().requests("etsy")).noneMatch(one -> one.method().equals("PUT"));
    }

    @Test
    void shouldOfferEachVariantByColourAndSizeAndFindThem() {
        String id = create(kit).id();
        Map<String, Object> request = EtsyFixture.variants(id);
        assertThat(found("inventory", request)).isEmpty();

        VendorObject made = (VendorObject) kit.call("kamelet:etsy-inventory-create-action", request, Map.of());

        assertThat(made.facts()).containsEntry("sku", "CRV-LISTING-1").containsEntry("variants", 4);
        JsonNode products = listing(id).path("products");
        assertThat(products).extracting(one -> one.path("sku").asText()).containsExactly("P-1", "P-2", "P-3", "P-4");
        assertThat(products)
                .extracting(one -> one.at("/property_values/0/property_id").asText()
                        + one.at("/property_values/0/property_name").asText()
                        + one.at("/property_values/0/values/0").asText()
                        + " " + one.at("/property_values/1/property_id").asText()
                        + one.at("/property_values/1/property_name").asText()
                        + one.at("/property_values/1/values/0").asText())
                .containsExactly(
                        "513ColorWhite 514SizeS",
                        "513ColorWhite 514SizeM",
                        "513ColorBlack 514SizeS",
                        "513ColorBlack 514SizeM");
        assertThat(products).allSatisfy(one -> {
            assertThat(one.at("/offerings/0/price/amount").asInt()).isEqualTo(1999);
            assertThat(one.at("/offerings/0/quantity").asInt()).isEqualTo(40);
            assertThat(one.at("/offerings/0/readiness_state_id").asLong()).isEqualTo(18200000077L);
        });
        assertThat(listing(id).path("sku_on_property"))
                .extracting(JsonNode::asInt)
                .containsExactly(513, 514);
        assertThat(listing(id).path("price_on_property")).isEmpty();
        assertThat(found("inventory", request)).extracting(VendorObject::id).containsExactly(made.id());
    }

    @Test
    void shouldKeepTheVariantsPropertiesWhenTheirPriceChanges() {
        String id = create(kit).id();
        Map<String, Object> request = new HashMap<>(EtsyFixture.variants(id));
        kit.call("kamelet:etsy-inventory-create-action", request, Map.of());
        JsonNode before = listing(id).path("products").path(2).path("property_values");
        request.put("price", Map.of("amount_minor", 2550, "currency", "USD"));
        assertThat(found("inventory", request)).isEmpty();

        kit.call("kamelet:etsy-inventory-create-action", request, Map.of());

        assertThat(listing(id).path("products")).hasSize(4);
        assertThat(listing(id).path("products").path(2).path("property_values")).isEqualTo(before);
        assertThat(listing(id)
                        .path("products")
                        .path(2)
                        .at("/offerings/0/price/amount")
                        .asInt())
                .isEqualTo(2550);
    }

    @Test
    void shouldNotPutVariantsInPlaceOfProductsThatAreNotOurs() {
        String id = create(kit).id();
        withVariants(id);
        VendorException failure = failing("kamelet:etsy-inventory-create-action", EtsyFixture.variants(id));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure).hasMessageContaining("would remove sku [MUG-11, MUG-15]");
        assertThat(kit.sandbox().requests("etsy")).noneMatch(one -> one.method().equals("PUT"));
    }

    @Test
    void shouldLeaveOutWhatIsTheSameForAllVariantsAndJoinWhatIsTooMuch() {
        Map<String, Object> sizes = Map.of(
                "variants",
                List.of(
                        Map.of("sku", "A", "options", Map.of("Color", "White", "Size", "S (slim)")),
                        Map.of("sku", "B", "options", Map.of("Color", "White", "Size", "M"))));
        assertThat(Variations.of(sizes))
                .isEqualTo(new Variations(List.of("Size"), Map.of("A", List.of("S slim"), "B", List.of("M"))));
        Map<String, Object> three = Map.of(
                "variants",
                List.of(
                        Map.of("sku", "A", "options", Map.of("Color", "White", "Paper", "Matte", "Size", "S")),
                        Map.of("sku", "B", "options", Map.of("Color", "Black", "Paper", "Gloss", "Size", "M"))));
        assertThat(Variations.of(three))
                .isEqualTo(new Variations(
                        List.of("Color", "Paper and Size"),
                        Map.of("A", List.of("White", "Matte / S"), "B", List.of("Black", "Gloss / M"))));
        Map<String, Object> same = Map.of(
                "variants", List.of(Map.of("sku", "A", "options", Map.of()), Map.of("sku", "B", "options", Map.of())));
        assertThatThrownBy(() -> Variations.of(same)).hasMessageContaining("must differ");
        Map<String, Object> twice = Map.of("variants", List.of(Map.of("sku", "A"), Map.of("sku", "A")));
        assertThatThrownBy(() -> Variations.of(twice)).hasMessageContaining("two have A");
    }

    @Test
    void shouldFindNothingForARequestThatNamesNoListing() {
        assertThat(found("image", Map.of("cause", "dead"))).isEmpty();
        assertThat(found("inventory", Map.of("listing_id", "ours-not-etsys"))).isEmpty();
        assertThat(kit.sandbox().requests("etsy")).isEmpty();
    }

    @Test
    void shouldTakeTheProfileOfTheSettingsWithoutACall() {
        VendorObject set = (VendorObject) kit.call("kamelet:etsy-readiness-create-action", Map.of(), Map.of());
        assertThat(set.id()).isEqualTo("18200000077");
        assertThat(kit.sandbox().requests("etsy")).isEmpty();
    }

    @Test
    void shouldMakeAProfileOnceWhenTheSettingsNameNone() throws Exception {
        kit.close();
        Map<String, String> settings = new HashMap<>(EtsyFixture.SETTINGS);
        settings.remove("readinessStateId");
        kit = EtsyFixture.kit(folder.resolve("second"), EtsyFixture.SECRETS, settings);
        Map<String, Object> wanted =
                Map.of("readiness_state", "made_to_order", "min_processing_time", 1, "max_processing_time", 3);

        assertThat(found("readiness", wanted)).isEmpty();
        VendorObject made = (VendorObject) kit.call("kamelet:etsy-readiness-create-action", wanted, Map.of());
        VendorObject again = (VendorObject) kit.call("kamelet:etsy-readiness-create-action", wanted, Map.of());

        assertThat(again.id()).isEqualTo(made.id());
        assertThat(made.facts()).containsEntry("readiness_state_id", made.id());
        assertThat(found("readiness", wanted)).extracting(VendorObject::id).containsExactly(made.id());
        assertThat(kit.sandbox().state("etsy").list("profiles")).hasSize(1);
    }

    @Test
    void shouldTakeAProfileOfTheSellerBeforeOneIsMade() throws Exception {
        kit.close();
        Map<String, String> settings = new HashMap<>(EtsyFixture.SETTINGS);
        settings.remove("readinessStateId");
        kit = EtsyFixture.kit(folder.resolve("second"), EtsyFixture.SECRETS, settings);
        EtsyFixture.profile(kit, 1_402_336_022_581L, 2, 5);
        EtsyFixture.profile(kit, 1_402_336_022_580L, 3, 4);
        Map<String, Object> wanted = Map.of("readiness_state", "made_to_order");

        VendorObject taken = (VendorObject) kit.call("kamelet:etsy-readiness-create-action", wanted, Map.of());

        assertThat(taken.id()).isEqualTo("1402336022580");
        assertThat(found("readiness", wanted)).extracting(VendorObject::id).containsExactly(taken.id());
        assertThat(kit.sandbox().state("etsy").list("profiles")).hasSize(2);
    }

    @Test
    void shouldTellWhetherAProfileIsStillThere() {
        Map<String, Object> asked = Map.of("readiness_state_id", "18200000077");
        assertThat(kit.call("kamelet:etsy-profile-create-action", asked, Map.of()))
                .isEqualTo(new VendorObject("18200000077", "present", asked));

        kit.sandbox().state("etsy").remove("profiles", "18200000077");

        assertThat(kit.call("kamelet:etsy-profile-create-action", asked, Map.of()))
                .isEqualTo(new VendorObject("18200000077", "gone", asked));
    }

    @Test
    void shouldProveBothHalvesOfTheCredential() {
        assertThat(kit.call("kamelet:etsy-ping-action", null, Map.of()))
                .isEqualTo(Map.of("application_id", "123456789", "user_id", "12345678", "shop_id", "12345678"));
    }

    @Test
    void shouldSayWhatIsMissingWhenTheSharedSecretIsNotSent() {
        kit.sandbox().arm(fault(403, "{\"error\":\"Shared secret is required in x-api-key header.\"}", Map.of()));
        VendorException failure = failing("kamelet:etsy-ping-action", null);
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure.code()).isEqualTo("shared-secret-missing");
        assertThat(failure).hasMessageContaining("sharedSecret");
    }

    @Test
    void shouldSayUnauthorisedForAnExpiredToken() {
        kit.sandbox()
                .state("etsy")
                .put(
                        "tokens",
                        "12345678.first-access-token",
                        SandboxState.object().put("expires_at", 1L));
        VendorException failure = failing("kamelet:etsy-ping-action", null);
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure.code()).isEqualTo("invalid_token");
    }

    @Test
    void shouldNoteTheLimitsThatEtsyTells() {
        var exchange = kit.exchange("kamelet:etsy-ping-action", null, Map.of());
        assertThat(exchange.getVariable("limits"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
                .hasSize(4)
                .containsEntry("per_second_limit", 1000L)
                // a busy machine may make its two calls in two seconds
                .hasEntrySatisfying(
                        "per_second_remaining", left -> assertThat(left).isBetween(998L, 999L))
                .containsEntry("per_day_limit", 10_000L)
                .containsEntry("per_day_remaining", 9_998L);
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void shouldTellTheWaitOfTheSecondLimitAndNoneOfTheDailyOne() {
        EtsyFixture.set(kit, Map.of("per_second", 1L));
        // a busy machine may make its two calls in two seconds
        VendorException second = await().atMost(java.time.Duration.ofSeconds(60))
                .until(
                        () -> catchThrowableOfType(
                                VendorException.class, () -> kit.call("kamelet:etsy-ping-action", null, Map.of())),
                        Objects::nonNull);
        assertThat(second.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(second.code()).isEqualTo("second-limit");
        assertThat(second.retryAfter()).contains(java.time.Duration.ofSeconds(1));

        EtsyFixture.set(kit, Map.of("per_second", 1000L, "per_day", 1L));
        VendorException day = failing("kamelet:etsy-ping-action", null);
        assertThat(day.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(day.code()).isEqualTo("daily-limit");
        assertThat(day.retryAfter()).isEmpty();
    }

    @Test
    void shouldRotateTheTokenAndSayReconnectWhenTheOldOneIsUsedAgain() {
        Object pair = kit.call("kamelet:etsy-token-refresh-action", kit.connection(), Map.of());
        assertThat(pair).isInstanceOfSatisfying(io.caravan.hub.model.connection.TokenPair.class, fresh -> {
            assertThat(fresh.accessToken()).startsWith("12345678.");
            assertThat(fresh.refreshToken()).startsWith("12345678.").isNotEqualTo("12345678.first-refresh-token");
            assertThat(fresh.expiresIn()).hasHours(1);
        });
        VendorException failure = failing("kamelet:etsy-token-refresh-action", kit.connection());
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure.code()).isEqualTo("invalid_grant");
        assertThat(failure.getMessage() + failure.body()).doesNotContain("first-refresh-token");
        assertThat(kit.sandbox().requests("etsy").get(0).body()).contains("client_id=keystring1&");
    }

    @Test
    void shouldSayTransientWhenTheTokenServerFails() {
        kit.sandbox().arm(fault(500, "oops", Map.of("Content-Type", "text/html")));
        assertThat(failing("kamelet:etsy-token-refresh-action", kit.connection())
                        .kind())
                .isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldSayTransientWhenHalfAPairComes() {
        kit.sandbox().arm(fault(200, "{\"access_token\":\"1.a\",\"expires_in\":3600}", Map.of()));
        assertThat(failing("kamelet:etsy-token-refresh-action", kit.connection())
                        .code())
                .isEqualTo("unreadable");
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(java.net.URI.create("http://127.0.0.1:1"));
        assertThat(failing("kamelet:etsy-ping-action", null).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    private void withVariants(String id) {
        ObjectNode listing = listing(id);
        var products = listing.putArray("products");
        int cents = 1500;
        for (String sku : List.of("MUG-11", "MUG-15")) {
            ObjectNode product =
                    products.addObject().put("product_id", 71).put("sku", sku).put("is_deleted", false);
            ObjectNode offering = product.putArray("offerings").addObject();
            offering.put("offering_id", 72)
                    .put("quantity", 5)
                    .put("is_enabled", true)
                    .put("is_deleted", false);
            offering.putObject("price").put("amount", cents).put("divisor", 100).put("currency_code", "USD");
            ObjectNode value = product.putArray("property_values").addObject();
            value.put("property_id", 100)
                    .put("property_name", "Size")
                    .put("scale_id", 327)
                    .put("scale_name", "US");
            value.putArray("value_ids").add(cents);
            value.putArray("values").add(sku);
            cents += 500;
        }
        listing.putArray("price_on_property").add(100);
        listing.putArray("sku_on_property").add(100);
        kit.sandbox().state("etsy").put("listings", id, listing);
    }

    @SuppressWarnings("unchecked")
    private List<VendorObject> found(String what, Map<String, Object> request) {
        return (List<VendorObject>) kit.call("kamelet:etsy-" + what + "-lookup-action", request, Map.of());
    }

    private ObjectNode listing(String id) {
        return kit.sandbox().state("etsy").get("listings", id).orElseThrow();
    }

    private VendorException failing(String uri, @org.jspecify.annotations.Nullable Object body) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> kit.call(uri, body, Map.of()));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private static Fault fault(int status, String body, Map<String, String> headers) {
        return new Fault("etsy", null, null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0);
    }
}
