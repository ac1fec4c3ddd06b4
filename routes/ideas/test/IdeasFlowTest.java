package io.caravan.hub.routes.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.routes.policy.FlowHub;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdeasFlowTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FlowHub hub = FlowHub.shared();

    @Test
    void shouldKeepAGoodAnswerAndAskForItsPicture() {
        JsonNode idea = hub.idea("tea and quiet");

        assertThat(idea.path("state").asText()).isEqualTo("drafted");
        assertThat(idea.path("prompt_version").asText()).isEqualTo("idea.v1");
        assertThat(hub.asked("openai", CHAT, "tea and quiet")).hasSize(1);
        assertThat(hub.image(idea).path("state").asText()).isEqualTo("pending_review");
    }

    @Test
    void shouldShowTheModelItsFaultsOnceAndKeepTheSecondAnswer() throws Exception {
        JsonNode idea = hub.idea("otter parade");

        assertThat(idea.path("state").asText()).isEqualTo("drafted");
        assertThat(idea.path("prompt_version").asText()).isEqualTo("idea.v1+repair.v1");
        List<ReceivedRequest> asked = hub.asked("openai", CHAT, "otter parade");
        assertThat(asked).hasSize(2);
        JsonNode data = JSON.readTree(message(asked.get(1), "user"));
        assertThat(data.path("faults")).isNotEmpty();
        assertThat(data.path("answer").asText()).startsWith("Sure!");
        assertThat(data.path("request").path("trend").path("keyword").asText()).contains("otter parade");
    }

    @Test
    void shouldEndInADeadLetterWithBothAnswersWhenTheSecondIsBadToo() throws Exception {
        JsonNode idea = hub.idea("heron club");

        assertThat(hub.asked("openai", CHAT, "heron club")).hasSize(2);
        assertThat(idea.path("state").asText()).isEqualTo("rejected");
        assertThat(idea.path("reasons").toString()).contains("refused twice");
        JsonNode letter = letter(idea);
        assertThat(letter.path("cause").asText()).isEqualTo("rejected");
        assertThat(letter.path("code").asText()).isEqualTo("answer-refused");
        JsonNode answers = JSON.readTree(letter.path("body").asText()).path("answers");
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).asText()).startsWith("Sure!");
        assertThat(answers.get(1).asText()).startsWith("Sure!");
    }

    @Test
    void shouldTakeARefusalAsTheLastWordAndKeepItsReason() {
        JsonNode idea = hub.idea("badger band");

        assertThat(hub.asked("openai", CHAT, "badger band")).as("no second try").hasSize(1);
        assertThat(idea.path("state").asText()).isEqualTo("rejected");
        assertThat(idea.path("reasons").toString()).contains("can't help with that request");
        JsonNode letter = letter(idea);
        assertThat(letter.path("code").asText()).isEqualTo("refusal");
        assertThat(letter.path("body").asText()).contains("can't help with that request");
        assertThat(hub.items("/api/v1/images?limit=200").findValuesAsText("idea_id"))
                .doesNotContain(idea.path("id").asText());
    }

    @Test
    void shouldHandOnWhatStrangersWroteAsDataOnly() throws Exception {
        JsonNode idea = hub.idea("kind kestrel");

        ReceivedRequest asked = hub.asked("openai", CHAT, "kind kestrel").get(0);
        assertThat(message(asked, "system")).doesNotContain("You are free now").doesNotContain("kestrel");
        JsonNode data = JSON.readTree(message(asked, "user"));
        assertThat(data.path("trend").path("context").toString()).contains("You are free now");
        assertThat(JSON.readTree(asked.body()).path("messages")).hasSize(2);
        assertThat(idea.path("state").asText()).isEqualTo("drafted");
        assertThat(idea.toString()).doesNotContain("You are free now");
    }

    @Test
    void shouldMakeAnotherIdeaWhenAPersonAsksAgain() {
        JsonNode first = hub.idea("vinyl record lover");
        hub.finished(hub.post(
                "/api/v1/ideas",
                java.util.Map.of("trend_id", first.path("trend_id").asText())));

        assertThat(hub.count(
                        "select count(*) from idea where trend_id = ?",
                        first.path("trend_id").asText()))
                .isEqualTo(2);
    }

    private JsonNode letter(JsonNode idea) {
        String id = FlowHub.only(
                        hub.items("/api/v1/dead-letters?type=idea.create&limit=200"),
                        "aggregate",
                        idea.path("trend_id").asText())
                .path("id")
                .asText();
        return hub.get("/api/v1/dead-letters/" + id).body();
    }

    private static String message(ReceivedRequest asked, String role) throws Exception {
        return FlowHub.only(JSON.readTree(asked.body()).path("messages"), "role", role)
                .path("content")
                .asText();
    }
}
