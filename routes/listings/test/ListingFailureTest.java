package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Etsy refuses for good: everything is taken back, a person sees why, and a second try gives one listing. */
class ListingFailureTest {

    private static final String WORDS =
            "[{\"path\":\"/title/1\",\"type\":\"invalid_characters\",\"message\":\"contains invalid characters\"}]";

    private static ListingStage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = ListingStage.shared();
    }

    @AfterEach
    void clear() {
        stage.shop.clear();
    }

    @Test
    void shouldTakeEverythingBackAndGoLiveOnceWhenAskedAgain() {
        String id = refused("PATCH", ListingShop.LISTING);

        retry(id);

        stage.awaitLiveOnce(id);
        assertThat(stage.listing(id).path("generation").asInt()).isEqualTo(2);
    }

    @Test
    void shouldGoLiveOnceWhenTheDeadLetterIsReplayed() {
        String id = refused("POST", ListingShop.CREATE);

        ListingHub.Answer accepted = stage.hub.post(
                "/api/v1/dead-letters/" + letter(id).path("id").asText() + "/replay",
                Map.of("reason", "the rule was mended"));

        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        stage.awaitLiveOnce(id);
    }

    @Test
    void shouldFailAgainAndStillGoLiveOnce() {
        String id = refused("PATCH", ListingShop.LISTING);
        stage.shop.answer("etsy", "PUT", ListingShop.INVENTORY, 1, 400, Map.of(), WORDS);
        retry(id);
        failed(id);

        retry(id);

        stage.awaitLiveOnce(id);
        await("each failure is told").atMost(ListingStage.PATIENCE).until(() -> mails(id) == 2);
    }

    @Test
    void shouldNotMakeASecondListingWhenTheFirstIsLiveAtEtsyAlready() {
        // what reads back says no although the listing went live
        stage.shop.arm("etsy", "PATCH", ListingShop.LISTING, 1, Kind.EFFECT_RESET, 0);
        stage.shop.answer("etsy", "GET", "/application/listings/[0-9]+$", null, 400, Map.of(), WORDS);
        String id = stage.list();
        stage.awaitState(id, "failed");
        stage.shop.clear();

        retry(id);

        stage.awaitLiveOnce(id);
    }

    /** A listing that Etsy refused at this call, with all that is said and done about it. */
    private static String refused(String method, String path) {
        stage.shop.answer("etsy", method, path, 1, 400, Map.of(), WORDS);
        String id = stage.list();
        JsonNode listing = failed(id);
        assertThat(listing.path("reasons").toString()).contains("contains invalid characters");
        JsonNode letter = letter(id);
        assertThat(letter.path("cause").asText()).isEqualTo("rejected");
        assertThat(stage.hub
                        .get("/api/v1/dead-letters/" + letter.path("id").asText())
                        .body()
                        .toString())
                .contains("invalid_characters");
        return id;
    }

    private static void retry(String id) {
        ListingHub.Answer accepted = stage.hub.post("/api/v1/listings/" + id + "/retry", null);
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
    }

    private static JsonNode failed(String id) {
        JsonNode listing = stage.awaitState(id, "failed");
        stage.awaitIdle(id);
        String keyword = stage.keyword(id);
        assertThat(stage.shop.listings(keyword)).as("left at Etsy").isEmpty();
        assertThat(stage.shop.products(keyword)).as("left at Printify").isEmpty();
        await("the owner is told").atMost(ListingStage.PATIENCE).until(() -> mails(id) > 0);
        return listing;
    }

    private static long mails(String id) {
        return stage.shop.requests("sendgrid").stream()
                .filter(mail -> mail.body().contains(id) && mail.body().contains("could not go live"))
                .count();
    }

    private static JsonNode letter(String id) {
        for (JsonNode one : stage.hub
                .get("/api/v1/dead-letters?type=listing.publish&limit=50")
                .body()
                .path("items")) {
            if (one.toString().contains(id) && one.path("state").asText().equals("open")) {
                return one;
            }
        }
        throw new AssertionError("no open dead letter of " + id);
    }
}
