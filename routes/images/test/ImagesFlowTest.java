package io.caravan.hub.routes.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.model.Refs;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImagesFlowTest {

    private final FlowHub hub = FlowHub.shared();

    @Test
    void shouldStoreAPictureUnderItsHashAndQueueItForAPerson() throws IOException {
        JsonNode image = hub.image(hub.idea("board game night"));

        assertThat(image.path("state").asText()).isEqualTo("pending_review");
        assertThat(image.path("reasons").toString()).contains("score");
        byte[] picture = hub.bytes(image.path("content_url").asText());
        assertThat(Refs.sha256Hex(picture)).isEqualTo(image.path("sha256").asText());
        try (Stream<Path> files = Files.walk(hub.data().resolve("objects"))) {
            assertThat(files.map(Path::toString))
                    .anyMatch(file -> file.contains(image.path("sha256").asText()));
        }
        assertThat(hub.items("/api/v1/images?state=pending_review&limit=200").findValuesAsText("id"))
                .contains(image.path("id").asText());
    }

    @Test
    void shouldOfferAPictureThatAPersonApproved() {
        JsonNode image = hub.image(hub.idea("sourdough baker"));

        FlowHub.Reply reply = review(image, "approve");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("state").asText()).isEqualTo("approved");
        assertThat(reply.body().path("tags").toString()).contains("bread");
        assertThat(review(image, "reject").status()).as("decided already").isEqualTo(409);
        JsonNode listing = FlowHub.only(
                hub.until(
                                "/api/v1/listings?limit=200",
                                page -> page.toString()
                                        .contains(image.path("id").asText()))
                        .path("items"),
                "image_id",
                image.path("id").asText());
        hub.until(
                "/api/v1/listings/" + listing.path("id").asText(),
                one -> one.path("state").asText().equals("live"));
    }

    @Test
    void shouldDropAPictureThatAPersonRejected() {
        JsonNode image = hub.image(hub.idea("surf at sunrise"));

        assertThat(review(image, "reject").body().path("state").asText()).isEqualTo("rejected");

        assertThat(hub.get("/api/v1/images/" + image.path("id").asText())
                        .body()
                        .path("reviewer")
                        .asText())
                .isNotBlank();
        assertThat(hub.items("/api/v1/listings?limit=200").findValuesAsText("image_id"))
                .doesNotContain(image.path("id").asText());
    }

    @Test
    void shouldSeeThatAPictureIsThereAlready() {
        JsonNode idea = hub.idea("roller skate disco");
        JsonNode first = hub.image(idea);

        hub.finished(
                hub.post("/api/v1/images", Map.of("idea_id", idea.path("id").asText())));

        JsonNode second = hub.image(idea);
        assertThat(second.path("generation").asInt()).isEqualTo(2);
        assertThat(second.path("state").asText()).isEqualTo("duplicate");
        assertThat(second.path("duplicate_of").asText())
                .isEqualTo(first.path("id").asText());
        assertThat(review(second, "approve").status()).isEqualTo(409);
    }

    @Test
    void shouldTellInTheStoryWhyAPictureCouldNotBeMade() {
        hub.sandbox().arm(new Fault("openai", "POST", "images/generations", 0, 1, Kind.ANSWER, 400, null, BLOCKED, 0));
        JsonNode idea = hub.idea("motorbike road trip");

        JsonNode steps = await("the story")
                .atMost(FlowHub.PATIENCE)
                .until(
                        () -> hub.get("/api/v1/trace/" + idea.path("id").asText())
                                .body()
                                .path("steps"),
                        all -> all.findValuesAsText("step").contains("idea.image-failed"));

        JsonNode failed = FlowHub.only(steps, "step", "idea.image-failed");
        assertThat(failed.path("outcome").asText()).isEqualTo("failed");
        assertThat(failed.path("reason").asText()).contains("safety system");
        assertThat(hub.items("/api/v1/dead-letters?type=image.create&limit=200").findValuesAsText("aggregate"))
                .contains(idea.path("id").asText());
    }

    private FlowHub.Reply review(JsonNode image, String decision) {
        return hub.post(
                "/api/v1/images/" + image.path("id").asText() + "/review",
                Map.of("decision", decision, "tags", List.of("bread"), "reason", "looked at it"));
    }

    private static final String BLOCKED = """
            {"error": {"message": "Your request was rejected by the safety system.", "type": "image_generation_user_error",
             "param": null, "code": "moderation_blocked"}}
            """;
}
