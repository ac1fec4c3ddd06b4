package io.caravan.hub.connectors.etsy;

import static io.caravan.hub.connectors.etsy.EtsyFixture.REF;
import static io.caravan.hub.connectors.etsy.EtsyFixture.confirming;
import static io.caravan.hub.connectors.etsy.EtsyFixture.create;
import static io.caravan.hub.connectors.etsy.EtsyFixture.lookup;
import static io.caravan.hub.connectors.etsy.EtsyFixture.offer;
import static io.caravan.hub.connectors.etsy.EtsyFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtsyListingKameletTest {

    private static final String LISTINGS = "/shops/87654321/listings$";

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
    void shouldCreateADraftThatCarriesItsReference() {
        VendorObject draft = create(kit);

        assertThat(draft.state()).isEqualTo("draft");
        assertThat(draft.facts())
                .containsEntry("listing_id", draft.id())
                .containsEntry("price", Map.of("amount_minor", 1999L, "currency", "USD"));
        assertThat(stored(draft).path("tags"))
                .hasSize(13)
                .last()
                .extracting(JsonNode::asText)
                .isEqualTo("r" + REF.substring(0, 13));
        ReceivedRequest sent = requests().get(0);
        assertThat(sent.headers()).containsEntry("X-api-key", "keystring1:sharedsecret1");
        assertThat(sent.headers()).containsEntry("Authorization", "Bearer 12345678.first-access-token");
        assertThat(sent.body()).contains("price=19.99", "who_made=i_did", "production_partner_ids=901%2C902");
    }

    @Test
    void shouldFindADraftOnlyAfterTheIndexLag() {
        EtsyFixture.set(kit, Map.of("lag_ms", 3_600_000L));
        VendorObject draft = create(kit);
        assertThat(lookup(kit)).isEmpty();
        SandboxState state = kit.sandbox().state("etsy");
        ObjectNode stored = state.get("listings", draft.id()).orElseThrow();
        state.put(
                "listings",
                draft.id(),
                stored.put("visible_ms", stored.path("visible_ms").asLong() - 3_600_000L));
        assertThat(lookup(kit)).singleElement().extracting(VendorObject::id).isEqualTo(draft.id());
    }

    @Test
    void shouldSayUnknownWhenEtsyAnswers500AfterCreatingAndFindExactlyOne() {
        kit.sandbox().arm(fault("POST", LISTINGS, Fault.Kind.EFFECT_ANSWER, 500, "{\"error\":\"Server error\"}"));
        VendorException failure = failing("kamelet:etsy-listing-create-action", Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("may have happened");
        assertThat(lookup(kit)).hasSize(1);
    }

    @Test
    void shouldSayUnknownWhenNoAnswerComesAfterTheEffect() {
        kit.sandbox().arm(new Fault("etsy", "POST", LISTINGS, 0, 1, Fault.Kind.EFFECT_HANG, null, null, null, 60_000));
        VendorException failure =
                failing("kamelet:etsy-listing-create-action?responseTimeout=2000", Map.of("reference", REF));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("time-out");
        assertThat(lookup(kit)).hasSize(1);
    }

    @Test
    void shouldFindExtrasAndTakeThemBack() {
        VendorObject keep = create(kit);
        VendorObject extra = create(kit);
        assertThat(lookup(kit)).extracting(VendorObject::id).containsExactly(keep.id(), extra.id());

        kit.call("kamelet:etsy-listing-cancel-action", offer(), confirming(extra));
        kit.call("kamelet:etsy-listing-cancel-action", offer(), confirming(extra));

        assertThat(lookup(kit)).extracting(VendorObject::id).containsExactly(keep.id());
    }

    @Test
    void shouldPutADraftLiveWithItsFinalWordsForOneFee() {
        VendorObject draft = ready(kit);
        for (int i = 0; i < 2; i++) {
            VendorObject live =
                    (VendorObject) kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(draft));
            assertThat(live.state()).isEqualTo("active");
            assertThat((String) live.facts().get("url")).startsWith("https://www.etsy.com/listing/" + draft.id());
        }
        assertThat(stored(draft).path("tags")).extracting(JsonNode::asText).containsExactlyElementsOf(offer().tags());
        assertThat(kit.sandbox().state("etsy").list("fees")).hasSize(1);
        assertThat(requests()).filteredOn(one -> one.method().equals("PATCH")).hasSize(1);
    }

    @Test
    void shouldFindALiveListingByItsSkuAlone() {
        VendorObject draft = ready(kit);
        kit.call("kamelet:etsy-inventory-create-action", EtsyFixture.inventory(draft.id()), Map.of());
        kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(draft));
        ObjectNode edited = stored(draft).put("title", "The seller wrote another title");
        kit.sandbox().state("etsy").put("listings", draft.id(), edited);

        assertThat(lookup(kit)).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(draft.id());
            assertThat(found.state()).isEqualTo("active");
        });
    }

    @Test
    void shouldFindALiveListingWithoutSkuByItsWordsAndPutItFirst() {
        VendorObject live = ready(kit);
        kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(live));
        VendorObject late = create(kit);
        assertThat(lookup(kit)).extracting(VendorObject::id).containsExactly(live.id(), late.id());
    }

    @Test
    void shouldNotTakeAnotherListingForOurs() {
        VendorObject other = ready(kit);
        kit.call("kamelet:etsy-inventory-create-action", EtsyFixture.inventory(other.id()), Map.of());
        kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(other));
        ObjectNode foreign = stored(other);
        ((ObjectNode) foreign.path("products").path(0)).put("sku", "SOMEBODY-ELSES");
        kit.sandbox().state("etsy").put("listings", other.id(), foreign);
        assertThat(lookup(kit)).isEmpty();
    }

    @Test
    void shouldReadEveryPageAndCountARepeatedListingOnce() {
        VendorObject draft = create(kit);
        SandboxState state = kit.sandbox().state("etsy");
        for (int i = 1; i < 200; i++) {
            ObjectNode copy = stored(draft).put("listing_id", 5_000_000_000L + i);
            copy.put("created_ms", copy.path("created_ms").asLong() + i);
            copy.putArray("tags").add("another");
            state.put("listings", "" + (5_000_000_000L + i), copy);
        }
        assertThat(lookup(kit)).singleElement().extracting(VendorObject::id).isEqualTo(draft.id());
        assertThat(requests())
                .filteredOn(
                        one -> one.query().getOrDefault("state", List.of("")).contains("draft"))
                .extracting(one ->
                        one.query().getOrDefault("offset", List.of("none")).get(0))
                .containsExactly("0", "100", "200");
    }

    @Test
    void shouldSayUnknownWhenEtsyTookTheChangeAndDidNothing() {
        VendorObject draft = ready(kit);
        kit.sandbox().arm(fault("PATCH", null, Fault.Kind.ANSWER, 200, "{\"listing_id\":" + draft.id() + "}"));
        VendorException failure = failing("kamelet:etsy-listing-confirm-action", confirming(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("not-applied");
        assertThat(failure).hasMessageContaining("tags, state (draft)");

        assertThat(kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(draft)))
                .extracting("state")
                .isEqualTo("active");
        assertThat(kit.sandbox().state("etsy").list("fees")).hasSize(1);
    }

    @Test
    void shouldRefuseToGoLiveWithoutAPicture() {
        VendorObject draft = create(kit);
        VendorException failure = failing("kamelet:etsy-listing-confirm-action", confirming(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure).hasMessageContaining("without an image");
    }

    @Test
    void shouldRejectAListingThatIsBeingEdited() {
        VendorObject draft = ready(kit);
        kit.sandbox().state("etsy").put("listings", draft.id(), stored(draft).put("state", "edit"));
        VendorException failure = failing("kamelet:etsy-listing-confirm-action", confirming(draft));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure).hasMessageContaining("Cannot activate a listing in this state: state = edit");
    }

    @Test
    void shouldNeverDeleteWhatBuyersSee() {
        VendorObject draft = ready(kit);
        kit.call("kamelet:etsy-listing-confirm-action", offer(), confirming(draft));
        assertThat(failing("kamelet:etsy-listing-cancel-action", confirming(draft))
                        .kind())
                .isEqualTo(ErrorKind.REJECTED);
        assertThat(stored(draft).path("state").asText()).isEqualTo("active");
    }

    @Test
    void shouldSayGoneForAListingThatIsNotThere() {
        VendorObject draft = create(kit);
        kit.sandbox().state("etsy").remove("listings", draft.id());
        assertThat(failing("kamelet:etsy-listing-get-action", confirming(draft)).kind())
                .isEqualTo(ErrorKind.GONE);
    }

    @Test
    void shouldNotTakeAnUnreadablePageForAnEmptyShop() {
        create(kit);
        kit.sandbox().arm(fault("GET", LISTINGS, Fault.Kind.ANSWER, 200, "{\"message\":\"maintenance\"}"));
        assertThat(failing("kamelet:etsy-listing-lookup-action", Map.of("reference", REF))
                        .kind())
                .isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldSayUnknownWhenTheAnswerHasNoId() {
        kit.sandbox().arm(fault("POST", LISTINGS, Fault.Kind.EFFECT_ANSWER, 201, "{\"state\":\"draft\"}"));
        assertThat(failing("kamelet:etsy-listing-create-action", Map.of("reference", REF))
                        .code())
                .isEqualTo("unreadable");
        assertThat(lookup(kit)).hasSize(1);
    }

    @Test
    void shouldSayUnknownWhenTheAnswerIsCut() {
        kit.sandbox().arm(fault("POST", LISTINGS, Fault.Kind.CUT, 0, null));
        assertThat(failing("kamelet:etsy-listing-create-action", Map.of("reference", REF))
                        .kind())
                .isEqualTo(ErrorKind.TRANSIENT);
        assertThat(lookup(kit)).hasSize(1);
    }

    @Test
    void shouldLookUpWithTheReferenceAloneWhenTheBodySaysNothing() {
        VendorObject draft = create(kit);
        assertThat(kit.call("kamelet:etsy-listing-lookup-action", null, Map.of("reference", REF)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(VendorObject.class))
                .extracting(VendorObject::id)
                .containsExactly(draft.id());
    }

    private VendorException failing(String uri, Map<String, Object> variables) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> kit.call(uri, offer(), variables));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private ObjectNode stored(VendorObject listing) {
        return kit.sandbox().state("etsy").get("listings", listing.id()).orElseThrow();
    }

    private List<ReceivedRequest> requests() {
        return kit.sandbox().requests("etsy");
    }

    private static Fault fault(
            String method,
            @org.jspecify.annotations.Nullable String path,
            Fault.Kind kind,
            int status,
            @org.jspecify.annotations.Nullable String body) {
        return new Fault("etsy", method, path, 0, 1, kind, status, null, body, 0);
    }
}
