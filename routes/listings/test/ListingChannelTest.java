package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Printify shop that is itself connected to Etsy publishes by itself: two listings of one product. */
class ListingChannelTest {

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
    void shouldMakeNothingWithAShopThatPrintifyPublishesFromAndGoOnWithAnother() {
        channel("etsy");
        String id = stage.list();

        stage.awaitState(id, "failed");

        stage.awaitIdle(id);
        assertThat(stage.listing(id).path("reasons").toString())
                .contains("printify: shop 1 is connected to etsy by Printify itself")
                .contains("HUB_PRINTIFY_SHOP_ID");
        assertThat(stage.shop.requests("printify"))
                .as("writes at Printify")
                .allMatch(call -> call.method().equals("GET"));
        assertThat(stage.shop.state("etsy").list("listings")).isEmpty();
        assertThat(stage.shop.state("etsy").list("profiles")).isEmpty();

        channel("custom_integration");
        assertThat(stage.hub.post("/api/v1/listings/" + id + "/retry", null).status())
                .isEqualTo(202);
        stage.awaitLiveOnce(id);
    }

    @Test
    void shouldAskForTheChannelOnceForAllListings() {
        stage.awaitLiveOnce(stage.list());
        stage.awaitLiveOnce(stage.list());

        assertThat(stage.shop.requests("printify"))
                .filteredOn(call -> call.path().endsWith("/shops.json"))
                .hasSize(1);
    }

    private void channel(String channel) {
        SandboxState state = stage.shop.state("printify");
        ObjectNode settings = state.get("settings", "printify").orElseGet(SandboxState::object);
        state.put("settings", "printify", settings.put("channel", channel));
    }
}
