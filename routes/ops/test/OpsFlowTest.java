package io.caravan.hub.routes.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.routes.policy.FlowHub;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsFlowTest {

    private final FlowHub hub = FlowHub.shared();

    @Test
    void shouldShowEditAndReplayADeadLetterUntilItsWorkIsDone() {
        JsonNode letter = dead("night shift nurse");
        String path = "/api/v1/dead-letters/" + letter.path("id").asText();
        assertThat(letter.path("vendor").asText()).isEqualTo("openai");
        assertThat(letter.path("status").asInt()).isEqualTo(400);
        assertThat(letter.path("body").asText()).contains("no such size");
        assertThat(letter.path("payload").path("idea_id").asText())
                .isEqualTo(letter.path("aggregate").asText());

        ObjectNode payload = letter.path("payload").deepCopy();
        payload.put("note", "looked at");
        JsonNode edited = hub.send("PATCH", path, Map.of("payload", payload, "reason", "the vendor mended it"))
                .body();
        assertThat(edited.path("payload").path("note").asText()).isEqualTo("looked at");
        assertThat(edited.path("edit_reason").asText()).isEqualTo("the vendor mended it");
        assertThat(edited.path("edited_by").asText()).isNotBlank();

        FlowHub.Reply replayed = hub.post(path + "/replay", Map.of("reason", "try again"));

        assertThat(replayed.status()).isEqualTo(202);
        await("the picture")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.items("/api/v1/images?limit=200")
                        .findValuesAsText("idea_id")
                        .contains(letter.path("aggregate").asText()));
        assertThat(hub.get(path).body().path("state").asText()).isEqualTo("replayed");
        assertThat(hub.items("/api/v1/dead-letters?limit=200").findValuesAsText("id"))
                .doesNotContain(letter.path("id").asText());
        assertThat(hub.post(path + "/replay", Map.of("reason", "and again")).status())
                .as("replayed once is enough")
                .isEqualTo(409);
    }

    @Test
    void shouldCloseADeadLetterThatNobodyWantsDone() {
        JsonNode letter = dead("midwife magic");
        String path = "/api/v1/dead-letters/" + letter.path("id").asText();

        assertThat(hub.post(path + "/cancel", Map.of("reason", "not needed any more"))
                        .status())
                .isEqualTo(200);

        assertThat(hub.get(path).body().path("state").asText()).isEqualTo("cancelled");
        assertThat(hub.post(path + "/replay", Map.of("reason", "after all")).status())
                .isEqualTo(409);
    }

    @Test
    void shouldTellWhatItWouldReplayBeforeItDoes() {
        JsonNode letter = dead("truck driver family");
        Map<String, Object> filter =
                Map.of("type", "image.create", "cause", letter.path("cause").asText());

        JsonNode dry = hub.post(
                        "/api/v1/dead-letters/replay",
                        Map.of("filter", filter, "cap", 100, "dry_run", true, "reason", "look first"))
                .body();

        assertThat(dry.path("ids").toString()).contains(letter.path("id").asText());
        assertThat(hub.get("/api/v1/dead-letters/" + letter.path("id").asText())
                        .body()
                        .path("state")
                        .asText())
                .isEqualTo("open");
    }

    @Test
    void shouldNotShowWhatThereIsNot() {
        assertThat(hub.get("/api/v1/dead-letters/01aaaaaaaaaaaaaaaaaaaaaaaa").status())
                .isEqualTo(404);
    }

    @Test
    void shouldForgetOldSignalsAndKeepTheTrendsThatCameOfThem() {
        long trends = hub.count("select count(*) from trend");
        hub.sql()
                .sql(
                        "insert into trend_cycle (account, id, sources, started_at, finished_at)"
                                + " values ('default', 'old-cycle', '[]', current_timestamp - interval '40' day, current_timestamp)")
                .update();
        long young = hub.count("select count(*) from trend_cycle where id <> 'old-cycle'");

        hub.tick("ops", "retention");

        await("forgotten")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from trend_cycle where id = 'old-cycle'") == 0);
        assertThat(hub.count("select count(*) from trend_cycle")).isEqualTo(young);
        assertThat(hub.count("select count(*) from trend")).isEqualTo(trends);
    }

    /** A picture that the vendor refused. */
    private JsonNode dead(String keyword) {
        hub.sandbox().arm(new Fault("openai", "POST", "images/generations", 0, 1, Kind.ANSWER, 400, null, REFUSED, 0));
        JsonNode idea = hub.idea(keyword);
        JsonNode row = FlowHub.only(
                hub.until(
                                "/api/v1/dead-letters?type=image.create&limit=200",
                                page -> page.toString().contains(idea.path("id").asText()))
                        .path("items"),
                "aggregate",
                idea.path("id").asText());
        return hub.get("/api/v1/dead-letters/" + row.path("id").asText()).body();
    }

    private static final String REFUSED =
            "{\"error\": {\"message\": \"no such size\", \"type\": \"invalid_request_error\", \"param\": \"size\", \"code\": \"invalid_value\"}}";
}
