package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Etsy's tokens die every hour, refresh tokens on their first use, and both for good when the seller says so. */
class ListingTokenTest {

    private static ListingStage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = ListingStage.shared();
        stage.awaitLiveOnce(stage.list());
    }

    @AfterEach
    void connect() {
        stage.shop.clear();
        reconnect();
    }

    @Test
    void shouldRenewATokenThatDiesInTheMiddleOnceAndKeepTheNewPair() {
        for (int round = 0; round < 2; round++) {
            // the second round works only if the rotated refresh token was kept
            long before = stage.shop.renewals();
            String dead = stage.shop.bearer();
            stage.shop.answer("etsy", "PATCH", ListingShop.LISTING, 1, 401, Map.of(), "{\"error\":\"invalid_token\"}");

            stage.awaitLiveOnce(stage.list());

            assertThat(stage.shop.renewals()).isEqualTo(before + 1);
            assertThat(stage.shop.bearer()).isNotEqualTo(dead);
        }
    }

    @Test
    void shouldParkWhenTheShopHasToBeConnectedAgainAndGoOnAfterwards() {
        // the present token becomes the one that Etsy saw last
        stage.awaitLiveOnce(stage.list());
        stage.shop.answer("etsy", "POST", "/oauth/token$", null, 400, Map.of(), "{\"error\":\"invalid_grant\"}");
        stage.shop.expireToken();

        String id = stage.list();
        await("parked")
                .atMost(ListingStage.PATIENCE)
                .untilAsserted(() -> assertThat(parked(id)).isEqualTo(1));
        assertThat(etsy().path("state").asText()).isEqualTo("reconnect-needed");
        int calls = stage.shop.requests("etsy").size();
        String other = stage.list();
        await("the other one parked").atMost(ListingStage.PATIENCE).until(() -> parked(other) == 1);
        assertThat(stage.shop.requests("etsy")).as("no call without a token").hasSize(calls);
        assertThat(stage.listing(id).path("state").asText()).isEqualTo("publishing");

        stage.shop.clear();
        reconnect();

        stage.awaitLiveOnce(id);
        stage.awaitLiveOnce(other);
        assertThat(etsy().path("state").asText()).isEqualTo("connected");
    }

    /** What a person does after the consent: new credentials, never seen before. */
    private static void reconnect() {
        String user = "12345678.";
        ListingHub.Answer answer = stage.hub.post(
                "/api/v1/connections/etsy/reconnect",
                Map.of(
                        "secrets",
                        Map.of("accessToken", user + UUID.randomUUID(), "refreshToken", user + UUID.randomUUID())));
        assertThat(answer.status()).isEqualTo(204);
    }

    private static int parked(String id) {
        return stage.hub
                .bean(JdbcClient.class)
                .sql("select count(*) from work where trace_id = ? and state = 'PARKED'")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private static JsonNode etsy() {
        for (JsonNode one : stage.hub.get("/api/v1/connections").body().path("items")) {
            if (one.path("vendor").asText().equals("etsy")) {
                return one;
            }
        }
        throw new AssertionError("no connection to etsy");
    }
}
