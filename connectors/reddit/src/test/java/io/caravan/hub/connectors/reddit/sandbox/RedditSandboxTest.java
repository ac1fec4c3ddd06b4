package io.caravan.hub.connectors.reddit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedditSandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AGENT = "test:sandbox:1 (by /u/tester)";

    @TempDir
    Path folder;

    private final RedditSandbox sandbox = new RedditSandbox();
    private SandboxServer server;

    @BeforeEach
    void start() throws IOException {
        server = SandboxServer.start(folder.resolve("state"), 0, List.of(sandbox));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRefuseDefaultAgentsWithAPage() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve("/reddit/r/cats/hot"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void shouldSendStickiesOnTopOfTheLimit() throws Exception {
        assertThat(get("/r/cats/hot?limit=4").at("/data/children")).hasSize(6);
        assertThat(get("/r/cats/top?limit=4").at("/data/children")).hasSize(4);
    }

    @Test
    void shouldRepeatThePostWhereAPageEnds() throws Exception {
        JsonNode first = get("/r/cats/top?limit=4");
        String after = first.at("/data/after").asText();
        JsonNode second = get("/r/cats/top?limit=4&after=" + after);
        assertThat(second.at("/data/children/0/data/name").asText()).isEqualTo(after);
    }

    @Test
    void shouldEndAListing() throws Exception {
        String after = "";
        int pages = 0;
        do {
            after = get("/r/cats/new?limit=10&after=" + after).at("/data/after").asText("");
            pages++;
        } while (!after.isEmpty() && !after.equals("null") && pages < 10);
        assertThat(pages).isBetween(2, 5);
    }

    @Test
    void shouldEscapeTitlesUnlessAskedForRawJson() throws Exception {
        assertThat(get("/r/cats/top?limit=100").toString()).contains("Doom &amp; he");
        assertThat(get("/r/cats/top?limit=100&raw_json=1").toString()).contains("Doom & he");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"request\":{},\"response\":{\"status\":200,\"body\":%s}}"})
    void shouldFeedListingsInAnyWrapping(String wrapping) throws Exception {
        Path recordings = Files.createDirectory(folder.resolve("recordings"));
        for (String name : List.of("a", "b")) {
            Files.writeString(recordings.resolve("unseen-" + name + ".json"), wrapping.formatted(listing(name)));
        }
        Files.writeString(recordings.resolve("empty.json"), "{\"kind\":\"Listing\",\"data\":{\"children\":[]}}");
        assertThat(sandbox.feed(recordings))
                .containsExactly(
                        "reddit: leaves alone empty.json",
                        "reddit: feeds 1 posts of unseen-a.json",
                        "reddit: feeds 1 posts of unseen-b.json");

        JsonNode first = get("/r/cats/hot");
        assertThat(first.at("/data/children/0/data/title").asText()).isEqualTo("title a");
        JsonNode second = get("/r/cats/hot?after=" + first.at("/data/after").asText());
        assertThat(second.at("/data/children/0/data/title").asText()).isEqualTo("title b");
        assertThat(second.at("/data/after").isNull()).isTrue();
        assertThat(get("/r/cats/hot").at("/data/children/0/data/title").asText())
                .isEqualTo("title b");
    }

    @Test
    void shouldFeedTheListingsOfTheSharedFolder() throws Exception {
        Path recordings = Path.of(System.getProperty("shared.contracts"), "reddit/recordings");
        assumeTrue(Files.isDirectory(recordings), "no recordings on this machine");
        assertThat(sandbox.feed(recordings).stream().filter(line -> line.contains("feeds")))
                .hasSize(8);
        assertThat(get("/r/cats/hot").at("/data/children")).hasSize(100);
    }

    private static String listing(String name) {
        return "{\"kind\":\"Listing\",\"data\":{\"after\":\"t3_x" + name
                + "\",\"children\":[{\"kind\":\"t3\",\"data\":{\"name\":\"t3_" + name + "\",\"title\":\"title " + name
                + "\"}}]}}";
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.url().resolve("/reddit" + path))
                                .header("User-Agent", AGENT)
                                .header("Authorization", "bearer " + token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String token() throws Exception {
        String basic =
                Base64.getEncoder().encodeToString("id:secret".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.url().resolve("/reddit/api/v1/access_token"))
                                .header("User-Agent", AGENT)
                                .header("Authorization", "Basic " + basic)
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("access_token").asText();
    }
}
