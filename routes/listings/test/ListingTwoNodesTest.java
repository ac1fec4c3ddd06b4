package io.caravan.hub.routes.listings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two nodes on one PostgreSQL are one hub: one gate, one listing each, work for both. */
class ListingTwoNodesTest {

    private static final int LISTINGS = 16;
    /** Both nodes' consumers together. */
    private static final int IN_FLIGHT = 2 * 8;

    /** Longer than a busy machine takes until each listing has met the gate, shorter than the engine's own alarms. */
    private static final Duration TOLD = Duration.ofSeconds(20);

    @Test
    void shouldHoldTheGateOnBothNodesAndListEachOnce() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                ListingStage stage = new ListingStage(settings(postgres, "a"));
                ListingHub other = stage.node(settings(postgres, "b"))) {
            stage.awaitLiveOnce(stage.list());
            stage.shop.answer(
                    "etsy",
                    null,
                    null,
                    null,
                    429,
                    Map.of("retry-after", String.valueOf(TOLD.toSeconds())),
                    "{\"error\":\"Exceeded the rate limit\"}");
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < LISTINGS; i++) {
                ids.add(stage.list(i % 2 == 0 ? stage.hub : other));
            }
            await("the gate closes for both")
                    .atMost(ListingStage.PATIENCE)
                    .until(() -> closed(stage.hub) && closed(other));
            // else a call that was admitted before would come late and be answered
            await("all are held back").atMost(ListingStage.PATIENCE).until(() -> held(stage.hub) == LISTINGS);
            stage.shop.clear();
            ids.forEach(stage::awaitLiveOnce);

            List<Instant> refused = times(stage, 429);
            Instant first = refused.get(0);
            assertThat(refused).as("only what was in flight").hasSizeLessThanOrEqualTo(IN_FLIGHT);
            // what was admitted before the gate closed may still arrive
            Instant arrived = refused.get(refused.size() - 1);
            assertThat(times(stage, 0).stream()
                            .filter(at -> at.isAfter(arrived))
                            .findFirst())
                    .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(first.plus(TOLD)));
            // counted after the commit that puts a listing live
            await("both worked")
                    .atMost(ListingStage.PATIENCE)
                    .until(() -> published(stage.hub) > 0 && published(other) > 0);
        }
    }

    private static String[] settings(EmbeddedPostgres postgres, String node) {
        return new String[] {
            "--hub.db.url=" + postgres.getJdbcUrl("postgres", "postgres"),
            "--hub.db.user=postgres",
            "--hub.master.key=" + Base64.getEncoder().encodeToString(new byte[32]),
            "--hub.delivery.node-id=" + node
        };
    }

    private static boolean closed(ListingHub node) {
        return node.bean(Gates.class).list(ListingHub.ACCOUNT).stream()
                .anyMatch(gate -> gate.vendor().equals("etsy"));
    }

    /** Listings that were put back and that nobody is at. */
    private static int held(ListingHub node) {
        return node.bean(JdbcClient.class)
                .sql(
                        "select count(*) from work w join lane l on l.lane_key = w.lane_key where w.type = 'listing.publish'"
                                + " and w.state = 'WAITING' and w.reason is not null and l.owner is null")
                .query(Integer.class)
                .single();
    }

    /** When Etsy answered so, in order; status 0 stands for every call. */
    private static List<Instant> times(ListingStage stage, int status) {
        return stage.shop.requests("etsy").stream()
                .filter(one -> status == 0 || one.status() == status)
                .map(ReceivedRequest::at)
                .map(Instant::parse)
                .toList();
    }

    private static double published(ListingHub node) {
        return node
                .bean(MeterRegistry.class)
                .find("hub_work_finished_total")
                .tags("type", "listing.publish", "outcome", "done")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
