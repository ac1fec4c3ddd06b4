package io.caravan.hub.routes.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One cycle on what the vendors really answered. */
class RecordingsTest {

    @Test
    void shouldFindFiftyKeywordsInThreeSourcesAndCountWhatItLeavesOut() {
        Path recordings = Path.of(System.getProperty("shared.contracts", "none"));
        assumeTrue(
                Files.isDirectory(recordings.resolve("reddit/recordings")),
                "there are no recordings of the vendors in the folder that shared.contracts names");
        try (FlowHub hub = FlowHub.setup().start()) {
            assertThat(hub.feed(recordings)).anyMatch(line -> line.contains("feeds"));

            JsonNode job = hub.finished(hub.post("/api/v1/trends/refresh", Map.of()));

            assertThat(job.path("status").asText()).isEqualTo("completed");
            assertThat(job.path("outcome").path("observed_keywords").asInt()).isGreaterThanOrEqualTo(50);
            Set<String> sources = new TreeSet<>();
            int rejected = 0;
            for (JsonNode run : hub.items("/api/v1/trends/sources")) {
                assertThat(run.path("state").asText()).as(run.toString()).isEqualTo("ok");
                assertThat(run.path("accepted").asInt()).as(run.toString()).isPositive();
                run.path("rejected").properties().forEach(reason -> {
                    assertThat(reason.getKey()).matches("[a-z0-9]+(-[a-z0-9]+)*");
                    assertThat(reason.getValue().asInt()).isPositive();
                });
                int refused = run.path("rejected")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .sum();
                // a video gives a signal for each of its hashtags, all other rows give one or none
                assertThat(run.path("accepted").asInt() + refused)
                        .as(run.toString())
                        .isGreaterThanOrEqualTo(run.path("fetched").asInt());
                rejected += refused;
                sources.add(run.path("source").asText());
            }
            assertThat(sources).hasSizeGreaterThanOrEqualTo(3);
            Set<String> seen = new TreeSet<>();
            hub.items("/api/v1/trends?limit=200").forEach(trend -> {
                assertThat(trend.path("fallback").asBoolean()).isFalse();
                trend.path("sources").forEach(source -> seen.add(source.asText()));
            });
            assertThat(seen).containsExactlyInAnyOrder("google-trends", "reddit", "tiktok");
            assertThat(rejected)
                    .as("what vendors really answer has rows of no use")
                    .isPositive();
            // counted after the commit that the job shows
            double all = rejected;
            await().atMost(FlowHub.PATIENCE).until(() -> hub.metric("hub_rows_rejected_total") == all);
        }
    }
}
