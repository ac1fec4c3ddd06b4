package io.caravan.hub.config.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A running hub's REST API, as the commands use it. */
final class HubApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final URI url;
    private final String key;

    HubApi(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    /** Sends a file. */
    JsonNode upload(String path, java.nio.file.Path file, String type) {
        try {
            return sent(request(path)
                    .timeout(Duration.ofMinutes(5))
                    .POST(HttpRequest.BodyPublishers.ofFile(file))
                    .header("Content-Type", type)
                    .header("Idempotency-Key", UUID.randomUUID().toString()));
        } catch (java.io.FileNotFoundException e) {
            throw new ApiFailure(Exit.NOT_FOUND, "there is no file " + file);
        }
    }

    /** The answer to a POST as it comes, which may go on for long; the caller closes it. */
    java.io.InputStream open(String path, Object body) {
        try {
            HttpResponse<java.io.InputStream> response = http.send(
                    request(path)
                            .timeout(Duration.ofMinutes(5))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= 400) {
                try (java.io.InputStream problem = response.body()) {
                    throw refused(
                            response.statusCode(),
                            parsed(new String(problem.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
                }
            }
            return response.body();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written", e);
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Writes what the path gives into a file. */
    void download(String path, java.nio.file.Path file) {
        HttpRequest.Builder request = request(path).timeout(Duration.ofMinutes(5));
        try {
            HttpResponse<java.nio.file.Path> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofFile(file));
            if (response.statusCode() >= 400) {
                throw refused(response.statusCode(), parsed(java.nio.file.Files.readString(file)));
            }
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    JsonNode patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    /** @throws ApiFailure with the hub's own words and the exit code that fits */
    private JsonNode send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = request(path).timeout(Duration.ofSeconds(30));
        if (body == null) {
            return sent(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        try {
            return sent(request.method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request cannot be written", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json, application/problem+json, text/csv, application/zip");
    }

    private JsonNode sent(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode answer = parsed(response.body());
            if (response.statusCode() >= 400) {
                throw refused(response.statusCode(), answer);
            }
            return answer;
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private ApiFailure unreachable() {
        return new ApiFailure(Exit.UNREACHABLE, "no hub answers at " + url + "; start one with: hub start");
    }

    private static ApiFailure interrupted() {
        Thread.currentThread().interrupt();
        return new ApiFailure(Exit.FAILED, "interrupted");
    }

    private static JsonNode parsed(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ApiFailure(Exit.FAILED, "what answers there is no hub: it sent no JSON");
        }
    }

    private static ApiFailure refused(int status, JsonNode problem) {
        String said = problem.path("detail").asText("refused") + " (" + status + " "
                + problem.path("code").asText("") + ", request "
                + problem.path("request_id").asText("?") + ")";
        int exit = switch (status) {
            case 401, 403 -> Exit.NOT_ALLOWED;
            case 404 -> Exit.NOT_FOUND;
            default -> Exit.FAILED;
        };
        return new ApiFailure(exit, said);
    }
}
