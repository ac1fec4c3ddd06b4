package io.caravan.hub.routes.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.routes.policy.FlowHub;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A hub whose curated list was broken before it started: nothing stands behind a source that is down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CycleEndTest {

    private FlowHub hub;

    @BeforeAll
    void start() {
        hub = FlowHub.setup()
                .append("curated.yaml", "\n- {keyword: \"no weight\"}\n")
                .start();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void shouldEndTheCycleWithoutASourceThatIsDownWhenTheCuratedListIsBrokenToo() {
        hub.sandbox().arm(new Fault("google-trends", null, null, 0, null, Fault.Kind.RESET, null, null, null, 0));

        hub.finished(hub.post("/api/v1/trends/refresh", Map.of("sources", List.of("google-trends", "reddit"))));

        await().atMost(FlowHub.PATIENCE).until(() -> open() == 0);
        assertThat(run("google-trends").path("state").asText()).isEqualTo("failed");
        assertThat(run("google-trends").path("failure").toString()).contains("curated.yaml", "no weight");
        assertThat(run("reddit").path("state").asText()).isEqualTo("ok");
        assertThat(hub.items("/api/v1/trends")).isNotEmpty();
        assertThat(hub.count("select count(*) from trend_cycle where fallback")).isPositive();
        hub.sandbox().clearFaults();
    }

    @Test
    void shouldSweepACycleWhosePollIsGone() {
        hub.sql()
                .sql("insert into trend_cycle (account, id, sources, started_at) values ('default', 'stuck',"
                        + " '[\"tiktok\"]', current_timestamp - interval '90' minute)")
                .update();
        hub.sql()
                .sql("insert into source_run (account, cycle_id, source, state, rejected, started_at) values"
                        + " ('default', 'stuck', 'tiktok', 'waiting', '{}', current_timestamp - interval '90' minute)")
                .update();

        hub.tick("trends", "sweep");

        await().atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from trend_cycle where id = 'stuck' and finished_at is not null"
                                + " and fallback")
                        == 1);
        assertThat(hub.count("select count(*) from source_run where cycle_id = 'stuck' and state = 'failed'"))
                .isEqualTo(1);
    }

    private long open() {
        return hub.count("select count(*) from trend_cycle where finished_at is null and id <> 'stuck'");
    }

    private JsonNode run(String source) {
        return FlowHub.only(hub.items("/api/v1/trends/sources"), "source", source);
    }
}
