package io.caravan.hub.routes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One caller of the REST interface, who sees headers and raw text. */
final class Client {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FlowHub hub;
    private final String key;

    /** @param text as it came; {@code body} the same parsed, missing when it is no JSON */
    record Answer(int status, Map<String, java.util.List<String>> headers, String text, JsonNode body) {

        /** {@code ""} when there is none. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    Client(FlowHub hub, String key) {
        this.hub = hub;
        this.key = key;
    }

    /** The operator of a hub under test. */
    static Client admin(FlowHub hub) {
        return new Client(hub, "hub_flow-tests-alone-know-this-key");
    }

    /** Another key of the same account. */
    Client with(String role) {
        Answer made = send("POST", "/api/v1/keys", Map.of("name", role, "role", role));
        return new Client(hub, made.body().path("key").asText());
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer send(String method, String path, @Nullable Object body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(hub.address(path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + key);
            for (int i = 0; i < headers.length; i += 2) {
                request.setHeader(headers[i], headers[i + 1]);
            }
            if (java.util.Arrays.stream(headers).noneMatch("Idempotency-Key"::equals)) {
                request.setHeader("Idempotency-Key", UUID.randomUUID().toString());
            }
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                String json = body instanceof String text ? text : JSON.writeValueAsString(body);
                request.method(method, HttpRequest.BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json");
            }
            HttpResponse<String> reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean json = reply.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(
                    reply.statusCode(),
                    reply.headers().map(),
                    reply.body(),
                    json ? JSON.readTree(reply.body()) : MissingNode.getInstance());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
