package io.caravan.hub.connectors.tiktok.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.egress.ContractProxy;
import io.caravan.hub.connectors.egress.VendorContract;
import io.caravan.hub.model.trend.SignalBatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiktokSandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VIDEO =
            "{\"id\":\"7530000000000000019\",\"createTime\":1756720800,\"playCount\":5,\"hashtags\":[{\"name\":\"fed\"}]}";

    @TempDir
    Path folder;

    private final TiktokSandbox sandbox = new TiktokSandbox(Duration.ofMillis(100), Duration.ofMillis(300));
    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(folder.resolve("state"), sandbox, Map.of("apiToken", "apify_api_test"), Map.of());
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldSpeakAsTheVendorsDocumentSays() throws Exception {
        VendorContract contract = VendorContract.of("tiktok-apify/openapi.json");
        try (ContractProxy proxy = contract.watch(kit)) {
            kit.call("kamelet:tiktok-signals-action?hashtags=frogtok&limit=10&waitForFinish=1", null, Map.of());
            kit.exchange("kamelet:tiktok-signals-action?hashtags=sandboxslow&wait=1&waitForFinish=1", null, Map.of());
            kit.exchange("kamelet:tiktok-signals-action?hashtags=sandboxfails", null, Map.of());
            kit.exchange("kamelet:tiktok-signals-action?hashtags=frogtok&actor=someone~else", null, Map.of());
            assertThat(proxy.seen()).hasSizeGreaterThan(10);
            assertThat(proxy.violations()).isEmpty();
        }
    }

    @Test
    void shouldAnswerTheWaitingCallWith201AndABareArray() throws Exception {
        HttpResponse<String> answer = sync("clockworks~tiktok-scraper", "frogtok");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(answer.body()).isArray()).isTrue();
    }

    @Test
    void shouldGiveUpTheWaitingCallWith408AndLeaveTheRunGoing() throws Exception {
        HttpResponse<String> answer = sync("clockworks~tiktok-scraper", "sandboxslow");
        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(JSON.readTree(answer.body()).at("/error/type").asText()).isEqualTo("run-timeout-exceeded");
        JsonNode run = kit.sandbox().state("tiktok").list("runs").get(0);
        assertThat(run.path("ends").asLong()).isGreaterThan(run.path("started").asLong() + 60_000);
    }

    @Test
    void shouldNotFindAnActorWithASlash() throws Exception {
        assertThat(sync("clockworks/tiktok-scraper", "frogtok").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[%s]",
                "{\"items\":[%s]}",
                "{\"request\":{\"method\":\"GET\"},\"response\":{\"status\":200,\"body\":[{\"error\":\"gone\"},%s]}}"
            })
    void shouldFeedADatasetInAnyWrapping(String wrapping) throws Exception {
        Path recordings = Files.createDirectory(folder.resolve("recordings"));
        Files.writeString(recordings.resolve("unseen.json"), wrapping.formatted(VIDEO));
        Files.writeString(recordings.resolve("INDEX.md"), "# not a recording");
        Files.writeString(recordings.resolve("other.json"), "{\"kind\":\"Listing\"}");
        assertThat(sandbox.feed(recordings))
                .containsExactlyInAnyOrder(
                        "tiktok: leaves alone INDEX.md",
                        "tiktok: leaves alone other.json",
                        "tiktok: feeds " + (wrapping.contains("gone") ? 2 : 1) + " rows of unseen.json");

        SignalBatch batch = (SignalBatch) kit.call("kamelet:tiktok-signals-action?hashtags=any", null, Map.of());
        assertThat(batch.signals())
                .singleElement()
                .satisfies(signal -> assertThat(signal.keyword()).isEqualTo("fed"));
    }

    @Test
    void shouldFeedEveryRecordedDatasetOfTheSharedFolder() throws IOException {
        Path recordings = Path.of(System.getProperty("shared.contracts"), "tiktok-apify/recordings");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(recordings), "no recordings on this machine");
        assertThat(sandbox.feed(recordings))
                .filteredOn(line -> line.contains(".json"))
                .allMatch(line -> line.contains("feeds"));
        SignalBatch batch = (SignalBatch) kit.call("kamelet:tiktok-signals-action?hashtags=any", null, Map.of());
        assertThat(batch.signals()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(batch.rejected()).containsKeys("error-row", "ad");
    }

    private HttpResponse<String> sync(String actor, String hashtag) throws Exception {
        URI url = kit.sandbox().url().resolve("/tiktok/v2/actors/" + actor + "/run-sync-get-dataset-items");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer apify_api_test")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"hashtags\":[\"" + hashtag + "\"],\"resultsPerPage\":3}"))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
