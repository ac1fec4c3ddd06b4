package io.caravan.hub.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.HubTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest extends HubTest {

    private static void assertProblem(HttpResponse<String> response, int status, String code) throws IOException {
        JsonNode body = tree(response);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("code").asText()).isEqualTo(code);
        assertThat(body.path("title").asText()).isNotBlank();
        assertThat(body.path("detail").asText())
                .isNotBlank()
                .isEqualTo(body.path("message").asText());
        assertThat(body.path("type").asText()).endsWith(code);
        assertThat(body.path("details").isObject()).isTrue();
        assertThat(body.path("request_id").asText())
                .isNotBlank()
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElse("none"));
    }

    @Test
    void shouldRefuseWithoutAKeyAndWithAWrongOne() throws Exception {
        HttpResponse<String> none = send(request(api("/api/v1/test/echo/1")));
        assertProblem(none, 401, "unauthorized");
        assertThat(none.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer");
        assertProblem(send(as("hub_wrong", api("/api/v1/test/echo/1"))), 401, "unauthorized");
        assertProblem(send(request(api("/nowhere"))), 401, "unauthorized");
    }

    @ParameterizedTest
    @CsvSource({
        "viewer,   GET,  /api/v1/test/echo/1, 200",
        "viewer,   POST, /api/v1/test/echo/1, 403",
        "viewer,   GET,  /api/v1/keys,        403",
        "operator, POST, /api/v1/test/echo/1, 200",
        "operator, GET,  /api/v1/keys,        403",
        "operator, POST, /api/v1/connections/etsy/reconnect, 403",
        "designer, POST, /api/v1/test/echo/1, 200",
        "designer, POST, /api/v1/keys,        403",
        "admin,    GET,  /api/v1/keys,        200",
    })
    void shouldLetEachRoleDoWhatItMay(String role, String method, String path, int status) throws Exception {
        HttpRequest.Builder request = as(key(role), api(path));
        HttpResponse<String> response = send(method.equals("POST") ? json(request, "POST", "{}") : request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        if (status == 403) {
            assertProblem(response, 403, "forbidden");
        }
    }

    @Test
    void shouldAnswerUnknownPathsAndMethodsAsProblems() throws Exception {
        assertProblem(send(as(adminKey(), api("/api/v1/nothing"))), 404, "not-found");
        // metrics tell volumes of all accounts: they are on the management port alone
        assertProblem(send(as(adminKey(), api("/metrics"))), 404, "not-found");
        assertProblem(send(as(adminKey(), api("/observe/metrics"))), 401, "unauthorized");
        HttpResponse<String> method =
                send(as(adminKey(), api("/api/v1/test/echo/1")).DELETE());
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        assertProblem(send(as(adminKey(), api("/api/v1/keys")).header("Accept", "text/csv")), 406, "not-acceptable");
    }

    @Test
    void shouldTurnABareStatusOfARouteIntoAProblemAndKeepItsWords() throws Exception {
        HttpResponse<String> bare = send(as(adminKey(), api("/api/v1/test/bare")));
        assertProblem(bare, 400, "bad-request");
        assertThat(tree(bare).path("detail").asText()).startsWith("Some of the required query parameters");
    }

    @Test
    void shouldNameTheFaultOfABody() throws Exception {
        URI keys = api("/api/v1/keys");
        HttpResponse<String> malformed = send(json(as(adminKey(), keys), "POST", "{\"name\":\n  \"a\",,}"));
        assertProblem(malformed, 400, "malformed-json");
        assertThat(tree(malformed).at("/details/line").asInt()).isEqualTo(2);
        assertThat(tree(malformed).at("/details/column").asInt()).isPositive();
        assertProblem(send(json(as(adminKey(), keys), "POST", "{\"name\":\"a\"")), 400, "malformed-json");
        assertProblem(send(json(as(adminKey(), keys), "POST", "{\"a\":1,\"a\":2}")), 400, "malformed-json");
        assertProblem(send(json(as(adminKey(), keys), "POST", "[".repeat(40) + "]".repeat(40))), 400, "malformed-json");

        HttpResponse<String> unknown = send(json(as(adminKey(), keys), "POST", "{\"nam\":\"a\",\"role\":\"viewer\"}"));
        assertProblem(unknown, 400, "unknown-field");
        assertThat(tree(unknown).at("/details/field").asText()).isEqualTo("nam");

        HttpResponse<String> type = send(json(as(adminKey(), keys), "POST", "{\"name\":[],\"role\":\"viewer\"}"));
        assertProblem(type, 400, "invalid-field");
        assertThat(tree(type).at("/details/field").asText()).isEqualTo("name");

        assertProblem(send(json(as(adminKey(), keys), "POST", "{\"name\":\"a\"}")), 400, "missing-field");
        assertProblem(
                send(json(as(adminKey(), keys), "POST", "{\"name\":\"a\",\"role\":\"king\"}")), 400, "invalid-value");
    }

    @Test
    void shouldRefuseBodiesThatAreTooLargeOrNoJson() throws Exception {
        byte[] large = new byte[2_000_000];
        assertProblem(
                send(as(adminKey(), api("/api/v1/test/echo/1"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(large))),
                413,
                "too-large");
        assertProblem(
                send(as(adminKey(), api("/api/v1/test/echo/1"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))),
                413,
                "too-large");
        assertProblem(
                send(as(adminKey(), api("/api/v1/test/echo/1"))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("hello"))),
                415,
                "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "argument, 400, invalid-value",
        "absent,   404, not-found",
        "changed,  409, conflict",
        "limited,  503, vendor-rate-limited",
        "refused,  409, reconnect-needed",
        "other,    500, internal-error",
    })
    void shouldSayWhatARouteFailedOf(String how, int status, String code) throws Exception {
        HttpResponse<String> response = send(as(adminKey(), api("/api/v1/test/fail/" + how)));
        assertProblem(response, status, code);
        assertThat(tree(response).path("instance").asText()).isEqualTo("/api/v1/test/fail/" + how);
        assertThat(response.body()).doesNotContain("secret inner detail", "at io.caravan", "Exception");
        if (how.equals("limited")) {
            assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
        }
    }

    @Test
    void shouldTakeNothingFromHeadersButWhatIsOnTheList() throws Exception {
        HttpResponse<String> response = send(as(adminKey(), api("/api/v1/test/echo/t1?limit=5"))
                .header("CamelHttpUri", "http://evil")
                .header("kafka.OVERRIDE_TOPIC", "secret")
                .header("account", "other")
                .header("HubTenantId", "other")
                .header("Idempotency-Key", "k-1")
                .header("X-Request-Id", "my-request.1"));
        JsonNode echo = tree(response);
        assertThat(echo.path("headers").asText()).isEqualTo("0");
        assertThat(echo.path("account").asText()).isEqualTo("default");
        assertThat(echo.at("/path/id").asText()).isEqualTo("t1");
        assertThat(echo.at("/query/limit").asText()).isEqualTo("5");
        assertThat(echo.path("key").asText()).isEqualTo("k-1");
        assertThat(echo.path("role").asText()).isEqualTo("admin");
        assertThat(echo.path("request_id").asText()).isEqualTo("my-request.1");
        assertThat(response.headers().map().keySet()).doesNotContain("kafka.override_topic", "account", "hubtenantid");
    }

    @Test
    void shouldRefuseARepeatedParameter() throws Exception {
        assertProblem(send(as(adminKey(), api("/api/v1/test/echo/1?a=1&a=2"))), 400, "invalid-value");
    }

    @Test
    void shouldReturnAValidRequestIdAndReplaceAnotherOne() throws Exception {
        HttpResponse<String> kept = send(request(api("/healthz")).header("X-Request-Id", "abc-1"));
        assertThat(kept.headers().firstValue("X-Request-Id")).hasValue("abc-1");
        HttpResponse<String> replaced = send(request(api("/healthz")).header("X-Request-Id", "a b<script>"));
        assertThat(replaced.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f-]{36}");
        HttpResponse<String> tooLong = send(request(api("/healthz")).header("X-Request-Id", "a".repeat(65)));
        assertThat(tooLong.headers().firstValue("X-Request-Id").orElse("")).hasSize(36);
    }

    @Test
    void shouldSayTheModeOnEveryAnswer() throws Exception {
        for (String path : new String[] {"/healthz", "/api/v1/keys", "/nowhere"}) {
            assertThat(send(request(api(path))).headers().firstValue("X-Hub-Mode"))
                    .hasValue("sandbox");
        }
        assertThat(send(as(adminKey(), api("/api/v1/keys"))).headers().firstValue("X-Hub-Mode"))
                .hasValue("sandbox");
    }

    @Test
    void shouldTellHowManyRequestsAreLeft() throws Exception {
        HttpResponse<String> response = send(as(adminKey(), api("/api/v1/keys")));
        assertThat(response.headers().firstValue("X-RateLimit-Limit")).hasValue("200");
        assertThat(response.headers().firstValue("X-RateLimit-Remaining")).isPresent();
        assertThat(response.headers().firstValue("RateLimit").orElse("")).matches("\"key\";r=\\d+;t=\\d+");
        assertThat(response.headers().firstValue("RateLimit-Policy").orElse("")).isEqualTo("\"key\";q=200;w=2");
    }

    @Test
    void shouldAnswerHealthWithoutAKey() throws Exception {
        for (String path : new String[] {"/healthz", "/ready", "/health"}) {
            HttpResponse<String> response = send(request(api(path)));
            assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
            assertThat(tree(response).path("status").asText()).isEqualTo("UP");
        }
    }

    @Test
    void shouldServeSwaggerUi() throws Exception {
        assertThat(send(request(api("/swagger-ui.html"))).body()).contains("swagger-ui-bundle.js");
        assertThat(send(request(api("/swagger-ui/swagger-ui-bundle.js"))).statusCode())
                .isEqualTo(200);
        assertThat(send(request(api("/swagger-ui/swagger-ui.css"))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldRefuseWhatIsNoHttpInTheSameWords() throws Exception {
        URI address = api("/");
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /\"{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "\"request_id\"");
        }
    }

    @Test
    void shouldShowAKeyOnceAndEndItWhenRevoked() throws Exception {
        HttpResponse<String> made =
                send(json(as(adminKey(), api("/api/v1/keys")), "POST", "{\"name\":\"ci\",\"role\":\"viewer\"}"));
        assertThat(made.statusCode()).isEqualTo(201);
        String key = tree(made).path("key").asText();
        String id = tree(made).path("id").asText();
        assertThat(key).startsWith("hub_");
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/keys/" + id);
        HttpResponse<String> list = send(as(adminKey(), api("/api/v1/keys")));
        assertThat(list.body()).contains(id).doesNotContain(key);
        HttpResponse<String> newest = send(as(adminKey(), api("/api/v1/keys?limit=1")));
        assertThat(tree(newest).path("items")).hasSize(1);
        String next = tree(newest).path("next").asText();
        HttpResponse<String> older = send(as(adminKey(), api("/api/v1/keys?limit=1&cursor=" + next)));
        assertThat(tree(older).path("items"))
                .hasSize(1)
                .isNotEqualTo(tree(newest).path("items"));
        assertProblem(send(as(adminKey(), api("/api/v1/keys?limit=0"))), 400, "invalid-value");
        assertThat(send(as(key, api("/api/v1/test/echo/1"))).statusCode()).isEqualTo(200);

        assertThat(send(as(adminKey(), api("/api/v1/keys/" + id)).DELETE()).statusCode())
                .isEqualTo(204);
        assertProblem(send(as(key, api("/api/v1/test/echo/1"))), 401, "unauthorized");
        assertProblem(send(as(adminKey(), api("/api/v1/keys/admin")).DELETE()), 400, "invalid-value");
        assertProblem(send(as(adminKey(), api("/api/v1/keys/none")).DELETE()), 404, "not-found");
    }
}
