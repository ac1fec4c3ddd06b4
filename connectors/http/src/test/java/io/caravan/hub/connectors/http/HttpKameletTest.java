package io.caravan.hub.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpKameletTest {

    private static final String EFFECT = "kamelet:http-effect-action?responseTimeout=20000";
    private static final Map<String, Object> CREATE = Map.of(
            "method",
            "POST",
            "path",
            "/products",
            "reference_header",
            "X-Our-Ref",
            "id",
            "/product/id",
            "state",
            "/product/state");

    /** Every connection of the test has the same name, as the hub's would have the name of the system. */
    public static final class Gate {
        public void admit(Exchange exchange) {
            if (exchange.getVariable(Names.CONNECTION) == null) {
                throw new IllegalStateException("no connection");
            }
        }
    }

    private record Asked(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private int status = 200;
    private String answer = "{}";
    private HttpServer server;
    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
        kit = kit(Map.of("token", "s3cret-token"), Map.of());
    }

    private ConnectorKit kit(Map<String, String> secrets, Map<String, String> settings) throws Exception {
        return new ConnectorKit("store", secrets, settings)
                .bind("sourceGate", new Gate())
                .baseUrl(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api"));
    }

    @AfterEach
    void stop() {
        kit.close();
        server.stop(0);
    }

    @Test
    void shouldPostTheRequestWithItsReferenceAndReadTheObject() {
        answer = "{\"product\": {\"id\": 9007199254740993, \"state\": \"draft\"}}";

        Object made = run("create", CREATE, Map.of("title", "Tee"), "");

        assertThat(made).isEqualTo(new VendorObject("9007199254740993", "draft", Map.of()));
        assertThat(asked).singleElement().satisfies(call -> {
            assertThat(call.method() + " " + call.path()).isEqualTo("POST /api/products");
            assertThat(call.body()).isEqualTo("{\"title\":\"Tee\"}");
            assertThat(call.header("X-our-ref")).isEqualTo("ref1");
            assertThat(call.header("Authorization")).isEqualTo("Bearer s3cret-token");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/products | {\"products\": [{\"id\": \"a\"}, {\"id\": \"b\"}]} | 2",
                "/products | {\"products\": []} | 0",
                " | [{\"id\": \"a\"}] | 1",
                " | {\"id\": \"a\"} | 1",
            })
    void shouldFindObjectsInAListOrAlone(String items, String told, int objects) {
        answer = told;
        Map<String, Object> how = new java.util.HashMap<>(Map.of("method", "GET", "path", "/products?ref={reference}"));
        if (items != null) {
            how.put("items", items);
        }

        assertThat((List<?>) run("lookup", how, Map.of(), "known-already")).hasSize(objects);
        assertThat(asked.remove().path()).isEqualTo("/api/products?ref=ref1");
    }

    @Test
    void shouldConfirmAndCancelByIdWithABodyOfItsOwn() {
        answer = "";
        Map<String, Object> confirm = Map.of(
                "method", "PATCH", "path", "/products/{id}", "body", Map.of("state", "live", "ref", "{reference}"));

        assertThat(run("confirm", confirm, Map.of("a", 1), "p 7")).isEqualTo(new VendorObject("p 7", "", Map.of()));

        assertThat(asked).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/api/products/p%207");
            assertThat(call.body()).contains("\"ref\":\"ref1\"", "\"state\":\"live\"");
        });
    }

    @ParameterizedTest
    @CsvSource({"500,TRANSIENT", "429,RATE_LIMITED", "401,UNAUTHORISED", "404,GONE", "422,REJECTED", "302,REJECTED"})
    void shouldNameTheSystemAndTheKindOfAFailureAndNoSecret(int code, ErrorKind kind) {
        status = code;
        answer = "{\"error\": \"token s3cret-token was seen\"}";

        VendorException failure =
                catchThrowableOfType(VendorException.class, () -> run("create", CREATE, Map.of("a", 1), ""));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.vendor()).isEqualTo("store");
        assertThat(failure.toString() + failure.body()).doesNotContain("s3cret-token");
    }

    @Test
    void shouldNotBelieveASuccessWithoutTheIdThatTheFileNames() {
        answer = "<html>Welcome</html>";

        VendorException failure =
                catchThrowableOfType(VendorException.class, () -> run("create", CREATE, Map.of("a", 1), ""));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    static Stream<String> readableOnlyInPart() {
        String id = "{\"product\": {\"id\": 7, \"more\": ";
        return Stream.of(
                id + "[".repeat(10_000) + "]".repeat(10_000) + "}}",
                id + "1e99999999999}}",
                id + "1e999999999}}",
                id + "1}} and more",
                id + "1, \"id\": 8}}");
    }

    /** As a refusal it would close a create that may have happened. */
    @ParameterizedTest
    @MethodSource("readableOnlyInPart")
    void shouldLeaveTheOutcomeOpenWhenTheAnswerIsUnreadable(String told) {
        answer = told;

        VendorException failure =
                catchThrowableOfType(VendorException.class, () -> run("create", CREATE, Map.of("a", 1), ""));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("unreadable");
    }

    @Test
    void shouldAskASystemAndPlaceItsAnswerInTheBody() {
        answer = "{\"category\": \"dogs\"}";

        Object enriched = kit.call(
                "kamelet:http-request-action?system=store&method=POST&path=/facts/{/sku}&into=facts",
                Map.of("sku", "a/b"),
                Map.of());

        assertThat(enriched).isEqualTo(Map.of("sku", "a/b", "facts", Map.of("category", "dogs")));
        assertThat(asked.remove().path()).isEqualTo("/api/facts/a%2Fb");
    }

    @Test
    void shouldAuthoriseAsTheConnectionSays() throws Exception {
        kit.close();
        kit = kit(Map.of("token", "t"), Map.of("authHeader", "X-Api-Key", "authScheme", "none"));
        run("create", Map.of("method", "PUT", "path", "/p/{reference}"), Map.of("a", 1), "");
        assertThat(asked.remove().header("X-api-key")).isEqualTo("t");
        kit.close();
        kit = kit(Map.of("username", "u", "password", "p"), Map.of());
        run("create", Map.of("method", "PUT", "path", "/p/{reference}"), Map.of("a", 1), "");
        assertThat(asked.remove().header("Authorization")).isEqualTo("Basic dTpw");
    }

    private Object run(String verb, Map<String, Object> how, Map<String, Object> request, String vendorId) {
        return kit.call(
                EFFECT,
                request,
                Map.of(
                        Names.REFERENCE,
                        "ref1",
                        Names.VENDOR_ID,
                        vendorId,
                        Names.EFFECT_STEP,
                        how,
                        Names.EFFECT_VERB,
                        verb));
    }

    private void serve(HttpExchange call) throws IOException {
        asked.add(new Asked(
                call.getRequestMethod(),
                call.getRequestURI().toString(),
                Map.copyOf(call.getRequestHeaders()),
                new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }
}
