package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shop's processing profiles belong to the seller, who makes, chooses and deletes them. */
class ListingProfileTest {

    private static final String SHOP = "87654321";

    private ListingStage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new ListingStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldGoOnWithANewProfileWhenTheSellerDeletedTheOneInUse() {
        for (int round = 0; round < 3; round++) {
            String id = stage.list();
            stage.awaitLiveOnce(id);
            assertThat(profiles()).as("profiles made").hasSize(1);
            assertThat(used(id)).isEqualTo(only());
            state().remove("profiles", only());
        }
    }

    @Test
    void shouldHealAListingWhoseProfileWasDeletedWhileItWasOnItsWay() {
        stage.awaitLiveOnce(stage.list());
        // gone between the look and the draft
        stage.shop.answer(
                "etsy", "POST", ListingShop.CREATE, 1, 400, Map.of(), "{\"error\":\"Invalid readiness_state_id\"}");
        String id = stage.list();
        stage.awaitState(id, "failed");
        state().remove("profiles", only());

        assertThat(stage.hub.post("/api/v1/listings/" + id + "/retry", null).status())
                .isEqualTo(202);

        stage.awaitLiveOnce(id);
        assertThat(used(id)).isEqualTo(only());
    }

    @Test
    void shouldTakeTheSellersOwnProfileAndMakeNone() {
        profile("1402336022581", "made_to_order");
        profile("1402336022580", "ready_to_ship");

        String id = stage.list();

        stage.awaitLiveOnce(id);
        assertThat(used(id)).isEqualTo("1402336022581");
        assertThat(profiles()).hasSize(2);
    }

    @Test
    void shouldMakeOneProfileForListingsThatComeAtTheSameTime() {
        List<String> ids = List.of(stage.list(), stage.list(), stage.list());

        ids.forEach(stage::awaitLiveOnce);

        assertThat(profiles()).hasSize(1);
    }

    @Test
    void shouldAlwaysTakeTheProfileThatTheSettingsName() {
        stage.awaitLiveOnce(stage.list());
        profile("1402336022599", "made_to_order");
        stage.restart("--HUB_ETSY_READINESS_STATE_ID=1402336022599");
        int before = stage.shop.requests("etsy").size();

        String id = stage.list();

        stage.awaitLiveOnce(id);
        assertThat(used(id)).isEqualTo("1402336022599");
        List<ReceivedRequest> calls = stage.shop.requests("etsy");
        assertThat(calls.subList(before, calls.size()))
                .as("nobody asks for others")
                .noneMatch(call -> call.path().contains("readiness-state-definitions"));
    }

    private void profile(String id, String readiness) {
        state().put(
                        "profiles",
                        id,
                        SandboxState.object()
                                .put("shop_id", Long.parseLong(SHOP))
                                .put("readiness_state_id", Long.parseLong(id))
                                .put("readiness_state", readiness)
                                .put("min_processing_days", 2)
                                .put("max_processing_days", 5));
    }

    private SandboxState state() {
        return stage.shop.state("etsy");
    }

    private List<ObjectNode> profiles() {
        return state().list("profiles");
    }

    private String only() {
        return profiles().get(0).path("readiness_state_id").asText();
    }

    private String used(String listing) {
        return stage.shop
                .listings(stage.keyword(listing))
                .get(0)
                .path("readiness_state_id")
                .asText();
    }
}
