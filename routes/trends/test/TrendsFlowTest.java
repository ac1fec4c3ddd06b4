package io.caravan.hub.routes.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.routes.policy.FlowHub;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrendsFlowTest {

    private static final List<String> SOURCES = List.of("google-trends", "tiktok", "reddit");

    private FlowHub hub;

    @BeforeAll
    void start() {
        hub = FlowHub.setup()
                .edit("accounts.yaml", "accounts:", "accounts:\n  another:\n    name: Another shop")
                .with("hub.trends.google-trends.response-timeout", 2_000)
                .start();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @BeforeEach
    void mend() {
        hub.sandbox().clearFaults();
        hub.sql().sql("delete from vendor_gate").update();
        SOURCES.forEach(source -> breaker(source).transitionToCloseState());
    }

    @Test
    void shouldAskAllThreeSourcesAndScoreWhatTheyTell() {
        double before = hub.metric("hub_source_polls_total", "outcome=\"ok\"");

        JsonNode job = refresh(SOURCES);

        assertThat(job.path("status").asText()).isEqualTo("completed");
        assertThat(job.path("trace_id").isNull())
                .as("a refresh is no object that the trace knows")
                .isTrue();
        for (String source : SOURCES) {
            JsonNode run = run(source);
            assertThat(run.path("state").asText()).as(source).isEqualTo("ok");
            assertThat(run.path("accepted").asInt()).as(source).isPositive();
            assertThat(run.path("failure").isEmpty()).as(source).isTrue();
            assertThat(run.path("circuit").asText()).as(source).isEqualTo("closed");
            counted(() -> assertThat(hub.metric("hub_signals_total", "source=\"" + source + "\""))
                    .as(source)
                    .isPositive());
        }
        counted(() -> assertThat(hub.metric("hub_source_polls_total", "outcome=\"ok\"") - before)
                .isEqualTo(3));
        JsonNode trends = hub.items("/api/v1/trends?limit=50");
        assertThat(trends).isNotEmpty();
        for (JsonNode trend : trends) {
            assertThat(trend.path("reasons").findValues("points").stream()
                            .mapToInt(JsonNode::asInt)
                            .sum())
                    .isEqualTo(trend.path("score").asInt());
        }
        assertThat(trends.get(0).path("score").asInt())
                .isGreaterThanOrEqualTo(trends.get(1).path("score").asInt());
        assertThat(trends.get(0).path("fallback").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "google-trends, RESET",
        "google-trends, ANSWER",
        "google-trends, HANG",
        "tiktok, RESET",
        "tiktok, ANSWER",
        "reddit, RESET",
        "reddit, ANSWER"
    })
    void shouldCompleteWithTheCuratedListInThePlaceOfASourceThatIsDown(String down, Kind how) {
        hub.sandbox().arm(fault(down, how, null));
        double before = hub.metric("hub_source_polls_total", "source=\"" + down + "\"", "outcome=\"fallback\"");

        JsonNode job = refresh(SOURCES);

        assertThat(job.path("status").asText()).isEqualTo("completed");
        JsonNode run = run(down);
        assertThat(run.path("state").asText()).isEqualTo("fallback");
        assertThat(run.path("failure").path("kind").asText()).isIn("transient", "not_sent");
        assertThat(run.path("failure").path("message").asText()).isNotBlank();
        SOURCES.stream()
                .filter(source -> !source.equals(down))
                .forEach(source -> assertThat(run(source).path("state").asText())
                        .as(source)
                        .isEqualTo("ok"));
        counted(() -> assertThat(hub.metric("hub_source_polls_total", "source=\"" + down + "\"", "outcome=\"fallback\"")
                        - before)
                .isEqualTo(1));
    }

    @Test
    void shouldCompleteWhenEverySourceIsDownAndSayThatNothingWasObserved() {
        hub.sql().sql("delete from trend").update();
        hub.sandbox().arm(fault("*", Kind.ANSWER, null));

        JsonNode job = refresh(SOURCES);

        assertThat(job.path("status").asText()).isEqualTo("completed");
        assertThat(job.path("outcome").path("observed_keywords").asInt()).isZero();
        SOURCES.forEach(source ->
                assertThat(run(source).path("state").asText()).as(source).isEqualTo("fallback"));
        JsonNode trends = hub.items("/api/v1/trends?limit=200");
        assertThat(trends).isNotEmpty();
        for (JsonNode trend : trends) {
            assertThat(trend.path("fallback").asBoolean()).as(trend.toString()).isTrue();
            assertThat(trend.path("score").asInt()).as(trend.toString()).isBetween(0, 35);
            assertThat(trend.path("sources").get(0).asText()).isEqualTo("curated");
        }
    }

    @Test
    void shouldOpenTheBreakerOfASourceThatStaysDownAndNotAskItThen() {
        hub.sandbox().arm(fault("google-trends", Kind.ANSWER, null));
        for (int i = 0;
                i < 8 && !"open".equals(run("google-trends").path("circuit").asText());
                i++) {
            refresh(List.of("google-trends"));
        }
        assertThat(run("google-trends").path("circuit").asText()).isEqualTo("open");
        int asked = requests("google-trends");

        refresh(List.of("google-trends"));

        assertThat(requests("google-trends")).isEqualTo(asked);
        JsonNode run = run("google-trends");
        assertThat(run.path("state").asText()).isEqualTo("fallback");
        assertThat(run.path("failure").path("message").asText()).contains("circuit");
    }

    @Test
    void shouldAskTheVendorAgainWhileAFaultIsPassing() {
        hub.sandbox().arm(fault("google-trends", Kind.ANSWER, 2));
        int asked = requests("google-trends");

        refresh(List.of("google-trends"));

        assertThat(run("google-trends").path("state").asText()).isEqualTo("ok");
        List<ReceivedRequest> received = hub.sandbox().requests("google-trends");
        assertThat(received.subList(asked, received.size()))
                .extracting(ReceivedRequest::status)
                .containsExactly(503, 503, 200);
    }

    @Test
    void shouldPassTheSourcesGateWithEachRepetition() {
        hub.sql().sql("delete from quota where bucket = 'reddit/per_minute'").update();
        hub.sandbox().arm(fault("reddit", Kind.ANSWER, 2));

        refresh(List.of("reddit"));

        assertThat(run("reddit").path("state").asText()).isEqualTo("ok");
        assertThat(hub.sql()
                        .sql("select used from quota where bucket = 'reddit/per_minute'")
                        .query(Integer.class)
                        .single())
                .as("one try and two repetitions")
                .isEqualTo(3);
    }

    @Test
    void shouldNotCallASourceThatAskedToWaitUntilItsTime() {
        hub.sandbox()
                .arm(new Fault(
                        "google-trends", null, null, 0, 1, Kind.ANSWER, 429, Map.of("Retry-After", "120"), "", 0));
        int asked = requests("google-trends");
        refresh(List.of("google-trends"));
        assertThat(requests("google-trends")).isEqualTo(asked + 1);
        assertThat(run("google-trends").path("failure").path("kind").asText()).isEqualTo("rate_limited");
        Instant opens = gate();

        refresh(List.of("google-trends"));

        assertThat(requests("google-trends")).isEqualTo(asked + 1);
        assertThat(run("google-trends").path("state").asText()).isEqualTo("fallback");
        assertThat(gate())
                .as("a poll that was held back does not move the gate")
                .isEqualTo(opens);
    }

    @Test
    void shouldLeaveRedditOffWithoutCredentials() {
        hub.sql()
                .sql("update connection set vendor = 'reddit-away' where vendor = 'reddit'")
                .update();
        try {
            await().atMost(FlowHub.PATIENCE).until(() -> {
                JsonNode job = refresh(SOURCES);
                return job.path("status").asText().equals("completed")
                        && run("reddit").path("state").asText().equals("off");
            });
            assertThat(run("reddit").path("failure").path("message").asText()).contains("no connection to reddit");
            counted(() -> assertThat(hub.metric("hub_source_polls_total", "source=\"reddit\"", "outcome=\"off\""))
                    .isPositive());
        } finally {
            hub.sql()
                    .sql("update connection set vendor = 'reddit' where vendor = 'reddit-away'")
                    .update();
            await().atMost(FlowHub.PATIENCE).until(() -> {
                refresh(List.of("reddit"));
                return run("reddit").path("state").asText().equals("ok");
            });
        }
    }

    @Test
    void shouldAskForANewTokenWhenAGoodOneIsRefusedAndRepeatTheReadOnce() {
        refresh(List.of("reddit"));
        long tokens = tokenCalls();
        hub.sandbox().arm(new Fault("reddit", "GET", null, 0, 1, Kind.ANSWER, 401, null, "{\"error\":401}", 0));

        refresh(List.of("reddit"));

        assertThat(run("reddit").path("state").asText()).isEqualTo("ok");
        assertThat(tokenCalls() - tokens).isEqualTo(1);
        assertThat(connection("reddit").path("state").asText()).isEqualTo("connected");
    }

    @ParameterizedTest
    @CsvSource({"reddit, 401, 1", "reddit, 403, 1", "tiktok, 401, 0"})
    void shouldShowARefusedCredentialUntilTheSourceTakesItAgain(String source, int status, int renewals) {
        refresh(List.of(source));
        long tokens = tokenCalls();
        hub.sandbox().arm(new Fault(source, null, "^(?!.*token)", 0, null, Kind.ANSWER, status, null, "{}", 0));

        refresh(List.of(source));

        assertThat(run(source).path("state").asText()).isEqualTo("fallback");
        assertThat(tokenCalls() - tokens).isEqualTo(renewals);
        assertThat(connection(source).path("state").asText()).isEqualTo("reconnect-needed");
        assertThat(connection(source).path("reason").asText()).contains(String.valueOf(status));

        hub.sandbox().clearFaults();
        refresh(List.of(source));
        assertThat(run(source).path("state").asText()).isEqualTo("ok");
        assertThat(connection(source).path("state").asText()).isEqualTo("connected");
        assertThat(connection(source).path("reason").asText("")).isIn("", "null");
    }

    @ParameterizedTest
    @CsvSource({"POST, /runs$, EFFECT_ANSWER, ok, 1", "GET, items$, ANSWER, fallback, "})
    void shouldPayForOneRunOfAPollWhateverFails(
            String method, String path, Kind how, String state, @Nullable Integer times) {
        long runs = hub.sandbox().state("tiktok").list("runs").size();
        hub.sandbox().arm(new Fault("tiktok", method, path, 0, times, how, 502, null, "<html>", 0));

        refresh(List.of("tiktok"));

        assertThat(run("tiktok").path("state").asText()).isEqualTo(state);
        assertThat(hub.sandbox().state("tiktok").list("runs")).hasSize((int) runs + 1);
    }

    @Test
    void shouldForgetTheTokenThatItGotItselfWhenAPersonReconnects() {
        refresh(List.of("reddit"));
        long tokens = tokenCalls();
        assertThat(hub.post("/api/v1/connections/reddit/reconnect", null).status())
                .isEqualTo(204);
        refresh(List.of("reddit"));
        assertThat(tokenCalls() - tokens).isEqualTo(1);
    }

    private JsonNode connection(String vendor) {
        for (JsonNode one : hub.items("/api/v1/connections")) {
            if (one.path("vendor").asText().equals(vendor)) {
                return one;
            }
        }
        throw new AssertionError("no connection to " + vendor);
    }

    private long tokenCalls() {
        return hub.sandbox().requests("reddit").stream()
                .filter(seen -> seen.path().endsWith("/access_token"))
                .count();
    }

    @Test
    void shouldInsertEachSlotOfAScheduleOnceForEachAccount() {
        Date slot = new Date(1_900_000_000_000L);
        long before = hub.count("select count(*) from work where type = 'trend.refresh'");

        for (String source : SOURCES) {
            for (int node = 0; node < 2; node++) {
                hub.camel()
                        .createFluentProducerTemplate()
                        .to("direct:trends-scheduled")
                        .withVariable("source", source)
                        .withHeader("scheduledFireTime", slot)
                        .send();
            }
        }

        assertThat(hub.count("select count(*) from work where type = 'trend.refresh'") - before)
                .as("three sources and two accounts, however many nodes fire")
                .isEqualTo(6);
        assertThat(hub.sql()
                        .sql("select schedule_id from schedule_slot where tenant_id = 'default' and slot_at = ?")
                        .param(java.sql.Timestamp.from(slot.toInstant()))
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("trends-google-trends", "trends-tiktok", "trends-reddit");
        await().atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from trend_cycle where finished_at is null") == 0);
    }

    @ParameterizedTest
    @CsvSource({"google-trends", "tiktok", "reddit"})
    void shouldPollASourceForEachAccountWhenItsScheduleFires(String source) {
        long before = hub.count("select count(*) from source_run where source = ? and state = 'ok'", source);
        hub.tick("trends", source);
        await().atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from source_run where source = ? and state = 'ok'", source)
                        == before + 2);
        await().atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from trend_cycle where finished_at is null") == 0);
    }

    @Test
    void shouldRefuseASourceThatThereIsNot() {
        FlowHub.Reply reply = hub.post("/api/v1/trends/refresh", Map.of("sources", List.of("myspace")));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().toString()).contains("myspace");
    }

    private JsonNode refresh(List<String> sources) {
        return hub.finished(hub.post("/api/v1/trends/refresh", Map.of("sources", sources)));
    }

    /** Meters are moved after the commit that the job shows. */
    private static void counted(ThrowingRunnable asWanted) {
        await().atMost(FlowHub.PATIENCE).untilAsserted(asWanted);
    }

    private JsonNode run(String source) {
        for (JsonNode run : hub.items("/api/v1/trends/sources")) {
            if (run.path("source").asText().equals(source)) {
                return run;
            }
        }
        throw new AssertionError("no source " + source);
    }

    private int requests(String vendor) {
        return hub.sandbox().requests(vendor).size();
    }

    private Instant gate() {
        return hub.sql()
                .sql("select not_before from vendor_gate where vendor = 'google-trends'")
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    private ResilienceProcessor breaker(String source) {
        return Objects.requireNonNull(hub.camel().getProcessor(source + "-breaker", ResilienceProcessor.class));
    }

    private static Fault fault(String vendor, Kind kind, @Nullable Integer times) {
        return new Fault(vendor, null, null, 0, times, kind, 503, null, "", 30_000);
    }
}
