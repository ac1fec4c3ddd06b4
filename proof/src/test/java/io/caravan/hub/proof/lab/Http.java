package io.caravan.hub.proof.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Requests of the laboratory. A request has a time to be answered in, as a client's has. */
public final class Http {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    private Http() {}

    public static HttpResponse<String> get(URI uri, Map<String, String> headers) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET(), headers, Duration.ofSeconds(10));
    }

    public static HttpResponse<String> post(URI uri, Object body, Map<String, String> headers, Duration patience)
            throws IOException {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
                headers,
                patience);
    }

    /** @throws IOException also when the answer is no 2xx */
    public static JsonNode json(URI uri, Map<String, String> headers) throws IOException {
        HttpResponse<String> answer = get(uri, headers);
        if (answer.statusCode() >= 300) {
            throw new IOException(uri + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    static HttpResponse<String> delete(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).DELETE(), Map.of(), Duration.ofSeconds(10));
    }

    private static HttpResponse<String> send(
            HttpRequest.Builder request, Map<String, String> headers, Duration patience) throws IOException {
        headers.forEach(request::header);
        try {
            return CLIENT.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
