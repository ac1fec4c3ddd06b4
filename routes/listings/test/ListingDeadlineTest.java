package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No listing stays in between for longer than its deadline, whatever it waits for. */
class ListingDeadlineTest {

    /** Longer than a busy machine takes to make a draft. */
    private static final Duration DEADLINE = Duration.ofSeconds(12);
    /** A tick of the watchdog, the lane of what it finds, and a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static ListingStage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = new ListingStage(
                "--hub.listings.deadline=" + DEADLINE.toSeconds() + "s", "--hub.listings.watch-cron=* * * * * ?");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @AfterEach
    void clear() {
        stage.shop.clear();
    }

    @Test
    void shouldFailInTimeWhileEtsyHangsAndCleanUpWhenItAnswersAgain() {
        stage.shop.arm("etsy", null, "/listings/[0-9]+", null, Kind.HANG, 3L * ListingHub.RESPONSE_MS);

        String id = stage.list();

        failedInTime(id);
        await("given up").atMost(ListingStage.PATIENCE).until(() -> dead(id) == 1);
        assertThat(stage.shop.listings(stage.keyword(id)))
                .as("the draft hangs there")
                .hasSize(1);
        stage.shop.clear();
        stage.awaitIdle(id);
        assertThat(stage.shop.listings(stage.keyword(id))).isEmpty();
        assertThat(stage.shop.products(stage.keyword(id))).isEmpty();

        assertThat(stage.hub.post("/api/v1/listings/" + id + "/retry", null).status())
                .isEqualTo(202);
        unhurried(id);
        stage.awaitLiveOnce(id);
    }

    @Test
    void shouldFailInTimeWhileItIsParkedAndGoLiveOnceTheShopIsConnectedAgain() {
        stage.shop.answer("etsy", null, "/v3/application/", null, 401, Map.of(), "{\"error\":\"invalid_token\"}");
        stage.shop.answer("etsy", "POST", "/oauth/token$", null, 400, Map.of(), "{\"error\":\"invalid_grant\"}");

        String id = stage.list();

        failedInTime(id);
        stage.shop.clear();
        Map<String, String> secrets = Map.of("accessToken", "12345678.new", "refreshToken", "12345678.new-refresh");
        stage.hub.post("/api/v1/connections/etsy/reconnect", Map.of("secrets", secrets));
        stage.awaitLiveOnce(id);
    }

    /** The second try is about going live, however slow the machine. */
    private static void unhurried(String id) {
        stage.hub
                .bean(JdbcClient.class)
                .sql("update listing set deadline = current_timestamp + interval '10' minute"
                        + " where id = ? and deadline is not null")
                .param(id)
                .update();
    }

    private static int dead(String id) {
        return stage.hub
                .bean(JdbcClient.class)
                .sql("select count(*) from work where trace_id = ? and type = 'listing.publish' and state = 'DEAD'")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private static void failedInTime(String id) {
        JsonNode listing = stage.awaitState(id, "failed");
        Duration between =
                Duration.between(Instant.parse(listing.path("created_at").asText()), Instant.now());
        assertThat(between).isLessThan(DEADLINE.plus(GRACE));
        assertThat(listing.path("reasons")).isNotEmpty();
        await("the owner is told")
                .atMost(ListingStage.PATIENCE)
                .until(() -> stage.shop.requests("sendgrid").stream()
                        .anyMatch(mail -> mail.body().contains(id)));
    }
}
