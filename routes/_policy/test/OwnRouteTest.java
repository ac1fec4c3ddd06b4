package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of docs/own-route as it stands there, against two systems that nobody here wrote a connector for. */
class OwnRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Queue<String>> STORED = new ConcurrentHashMap<>();
    private static final Queue<String> KEYS = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger FAIL_AFTER_EFFECT = new AtomicInteger();

    private static HttpServer server;
    private static FlowHub hub;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/facts/", OwnRouteTest::facts);
        server.createContext("/products", OwnRouteTest::products);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        hub = FlowHub.setup()
                .over("docs/own-route")
                .with("HUB_FACTS_TOKEN", "facts-secret")
                .with("HUB_STORE_TOKEN", "store-secret")
                .with("hub.vendor.facts.base-url", url)
                .with("hub.vendor.store.base-url", url)
                .start();
    }

    @AfterAll
    static void stop() {
        hub.close();
        server.stop(0);
    }

    @Test
    void shouldTakeAProductInAndPutItIntoTheStoreOnceAlsoWhenTheStoreFailsAfterwards() {
        FAIL_AFTER_EFFECT.set(1);
        FlowHub.Reply accepted = hub.post("/intake/products", product("a/1", "A \"quoted\" tee"));
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);

        JsonNode job = hub.finished(accepted);

        assertThat(job.path("status").asText()).as("%s", job).isEqualTo("completed");
        assertThat(STORED.values().stream().filter(all -> all.toString().contains("a/1")))
                .singleElement()
                .satisfies(all -> assertThat(all)
                        .singleElement(STRING)
                        .contains("A \\\"quoted\\\" tee", "\"product_type\":\"of a%2F1\"", "\"currency\":\"USD\""));
        assertThat(KEYS).isNotEmpty().allMatch("store-secret"::equals);
    }

    @Test
    void shouldSayWhatIsWrongWithAProduct() {
        Map<String, Object> broken = new HashMap<>(product("b-1", "Mug"));
        broken.put("variants", List.of(Map.of("external_id", "v1", "cost", Map.of("minor", -5, "currency", "USD"))));

        JsonNode job = hub.finished(hub.post("/intake/products", broken));

        assertThat(job.path("status").asText()).isEqualTo("failed");
        assertThat(job.path("causes").toString()).contains("variants").contains("cost");
        assertThat(hub.post("/intake/products", Map.of("title", "no id")).status())
                .isEqualTo(400);
    }

    private static Map<String, Object> product(String id, String title) {
        Map<String, Object> cost = Map.of("minor", 450, "currency", "USD");
        return Map.of(
                "supplier",
                "mine",
                "external_id",
                id,
                "url",
                "https://supplier.example/" + id,
                "title",
                title,
                "axes",
                List.of(Map.of(
                        "id",
                        "size",
                        "name",
                        "Size",
                        "values",
                        List.of(Map.of("id", "s", "label", "S"), Map.of("id", "m", "label", "M")))),
                "variants",
                List.of(
                        Map.of("external_id", "1", "order_key", "1", "options", Map.of("size", "s"), "cost", cost),
                        Map.of("external_id", "2", "order_key", "2", "options", Map.of("size", "m"), "cost", cost)));
    }

    private static void facts(HttpExchange call) throws IOException {
        String sku = call.getRequestURI().getRawPath().substring("/facts/".length());
        boolean known = "Bearer facts-secret".equals(call.getRequestHeaders().getFirst("Authorization"));
        answer(call, known ? 200 : 401, Map.of("category", "of " + sku));
    }

    private static void products(HttpExchange call) throws IOException {
        KEYS.add(String.valueOf(call.getRequestHeaders().getFirst("X-Api-Key")));
        if (call.getRequestMethod().equals("GET")) {
            String reference = call.getRequestURI().getQuery().replace("external_id=", "");
            List<Map<String, Object>> found = STORED.getOrDefault(reference, new ConcurrentLinkedQueue<>()).stream()
                    .map(body -> Map.<String, Object>of("id", "p-1", "url", "https://store.example/p-1"))
                    .toList();
            answer(call, 200, Map.of("products", found));
            return;
        }
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String reference = JSON.readTree(body).path("external_id").asText();
        assertThat(call.getRequestHeaders().getFirst("Idempotency-Key")).isEqualTo(reference);
        STORED.computeIfAbsent(reference, any -> new ConcurrentLinkedQueue<>()).add(body);
        boolean fails = FAIL_AFTER_EFFECT.getAndDecrement() > 0;
        answer(call, fails ? 500 : 201, Map.of("product", Map.of("id", "p-1", "url", "https://store.example/p-1")));
    }

    private static void answer(HttpExchange call, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
