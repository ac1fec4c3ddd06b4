package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.Refs;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a trend to a live listing, asked for over REST with headers that mean no good; then a look at the wire. */
class ListingCleanRunTest {

    private static final List<String> VENDORS = List.of("openai", "printify", "etsy", "sendgrid");
    private static final String MARK = "smuggled-7d1f";
    private static final String[] HEADERS = {
        "CamelHttpUri", "http://127.0.0.1:1/" + MARK,
        "CamelHttpPath", "/" + MARK,
        "CamelHttpMethod", "DELETE",
        "Camelhttpquery", MARK,
        "org.apache.camel.Mark", MARK,
        "kafka.TOPIC", MARK,
        "kafka.OVERRIDE_TOPIC", MARK,
        "HubTenantId", MARK,
        "X-Api-Key", MARK,
        "X-Custom", MARK
    };

    private static final Map<String, List<ReceivedRequest>> SENT = new HashMap<>();
    private static ListingStage stage;
    private static String listing = "";

    @BeforeAll
    static void run() throws IOException {
        stage = ListingStage.shared();
        Map<String, Integer> before = new HashMap<>();
        VENDORS.forEach(vendor -> before.put(vendor, stage.shop.requests(vendor).size()));
        ListingStage.Trend trend = ListingStage.trend(stage.hub);
        ListingHub.Answer asked = stage.hub.post("/api/v1/ideas", Map.of("trend_id", trend.id()), HEADERS);
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
        String idea = one("/api/v1/ideas", "trend_id", trend.id()).path("id").asText();
        JsonNode image = one("/api/v1/images", "idea_id", idea);
        if (image.path("state").asText().equals("pending_review")) {
            Map<String, Object> review = Map.of("decision", "approve", "tags", List.of("ok"), "reason", "looks good");
            stage.hub.post("/api/v1/images/" + image.path("id").asText() + "/review", review, HEADERS);
        }
        listing = Refs.of(ListingHub.ACCOUNT.value(), "listing", idea);
        await("the listing")
                .atMost(ListingStage.PATIENCE)
                .until(() -> !stage.listing(listing).path("state").isMissingNode());
        JsonNode live = stage.awaitState(listing, "live");
        stage.known(listing, live.path("title").asText().toLowerCase(Locale.ROOT));
        stage.awaitIdle(listing);
        VENDORS.forEach(vendor -> {
            List<ReceivedRequest> all = stage.shop.requests(vendor);
            SENT.put(vendor, all.subList(before.getOrDefault(vendor, 0), all.size()));
        });
    }

    /** The newest of a list whose member has this value. */
    private static JsonNode one(String path, String member, String value) {
        return await(path)
                .atMost(ListingStage.PATIENCE)
                .until(
                        () -> {
                            for (JsonNode item :
                                    stage.hub.get(path + "?limit=20").body().path("items")) {
                                if (item.path(member).asText().equals(value)) {
                                    return item;
                                }
                            }
                            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
                        },
                        found -> !found.isMissingNode());
    }

    @Test
    void shouldLeaveOneOfEachAtTheVendors() {
        stage.vendorsHoldOne(stage.listing(listing));
    }

    @Test
    void shouldLetNoHeaderOfTheInboundRequestReachAVendor() {
        assertThat(SENT).allSatisfy((vendor, requests) -> {
            assertThat(requests).as(vendor).isNotEmpty().allSatisfy(request -> {
                assertThat(request.toString()).doesNotContain(MARK);
                assertThat(request.headers().keySet())
                        .noneMatch(name -> name.toLowerCase(Locale.ROOT)
                                .matches("(camel|kafka|org\\.apache\\.camel|hub|breadcrumb).*|idempotency-key-hub"));
            });
        });
    }

    @Test
    void shouldKeepToTheDocumentOfEtsyInEveryRequest() {
        VendorContract contract = VendorContract.of("etsy/openapi.json")
                // the token endpoint is not in the document
                .without("/v3/public/oauth/token$");

        assertThat(contract.violations(SENT.getOrDefault("etsy", List.of()))).isEmpty();
    }

    @Test
    void shouldKeepToTheDocumentOfOpenAiInEveryRequest() {
        VendorContract contract = VendorContract.of("openai/openapi.json").under("/v1");

        assertThat(contract.violations(SENT.getOrDefault("openai", List.of()))).isEmpty();
    }
}
