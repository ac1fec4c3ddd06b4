package io.caravan.hub.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxServerTest {

    @TempDir
    Path folder;

    private SandboxServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Makes things and lists them. */
    private static final class Things implements VendorSandbox {
        @Override
        public String vendor() {
            return "things";
        }

        @Override
        public void mount(Router router, SandboxState state) {
            router.on("POST", "/shops/{shop}/things.json", call -> {
                String id = String.valueOf(state.next("things", 100));
                state.put("things", id, SandboxState.object().put("id", id).put("shop", call.param("shop")));
                return Answer.json(201, Map.of("id", id));
            });
            router.on("GET", "/things.json", call -> Answer.json(200, state.list("things")));
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = SandboxServer.start(folder, 0, List.of(new Things()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRememberAcrossARestart() throws Exception {
        assertThat(post().body()).isEqualTo("{\"id\":\"100\"}");
        server.close();
        start();
        assertThat(post().body()).isEqualTo("{\"id\":\"101\"}");
        assertThat(server.state("things").list("things")).hasSize(2);
        assertThat(server.requests("things"))
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.status()).isEqualTo(201));
    }

    @Test
    void shouldDoItAndAnswer500() throws Exception {
        server.arm(new Fault("things", "POST", null, 0, 1, Fault.Kind.EFFECT_ANSWER, 500, null, null, 0));
        assertThat(post().statusCode()).isEqualTo(500);
        assertThat(server.state("things").list("things")).hasSize(1);
        assertThat(post().statusCode()).isEqualTo(201);
    }

    @Test
    void shouldCloseWithoutDoingIt() {
        server.arm(new Fault("things", "POST", "/things", 0, 5, Fault.Kind.RESET, null, null, null, 0));
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(server.state("things").list("things")).isEmpty();
    }

    @Test
    void shouldTakeFaultsOverHttp() throws Exception {
        HttpResponse<String> armed = send(
                HttpRequest.newBuilder(server.url().resolve("/_sandbox/faults"))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"vendor\":\"things\",\"kind\":\"ANSWER\",\"status\":429,\"times\":1,\"headers\":{\"Retry-After\":\"3\"}}")));
        assertThat(armed.statusCode()).isEqualTo(201);
        HttpResponse<String> refused = post();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("3");
    }

    private HttpResponse<String> post() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.url().resolve("/things/shops/7/things.json"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
