package io.caravan.hub.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole application with a data folder of its own, free ports and the routes of {@code src/test/routes}. */
@SpringBootTest(
        classes = Hub.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "hub.routes.dir=src/test/routes", "hub.config.dir=files"})
// metrics are off in tests otherwise
@AutoConfigureObservability(tracing = false)
@Import(HubTest.Beans.class)
public abstract class HubTest {

    protected static final ObjectMapper JSON = new ObjectMapper();

    /** One folder for all tests, because they share one application. */
    protected static final Path DATA = temporary();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    protected Environment environment;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) {
        properties.add("hub.data.dir", DATA::toString);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("hub-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected URI api(String path) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + path);
    }

    protected URI management(String path) {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.management.port") + path);
    }

    protected static String adminKey() throws IOException {
        return Files.readString(DATA.resolve("admin.key")).strip();
    }

    protected static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
    }

    protected static HttpRequest.Builder as(String key, URI uri) {
        return request(uri).header("Authorization", "Bearer " + key);
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    protected static HttpRequest.Builder json(HttpRequest.Builder request, String method, String body) {
        return request.method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
    }

    protected static JsonNode tree(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** A key of the given role, made over the API. */
    protected String key(String role) throws IOException, InterruptedException {
        HttpResponse<String> made = send(
                json(as(adminKey(), api("/api/v1/keys")), "POST", "{\"name\":\"test\",\"role\":\"" + role + "\"}"));
        return tree(made).path("key").asText();
    }

    /** For tests that start an application of their own. */
    public static Class<?> beans() {
        return Beans.class;
    }

    /** What the test routes name. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Processor testEcho() {
            return exchange -> {
                exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
                exchange.getMessage()
                        .setBody(JSON.writeValueAsString(Map.of(
                                "account", exchange.getVariable("account").toString(),
                                "path", exchange.getVariable("path"),
                                "query", exchange.getVariable("query"),
                                "request_id", exchange.getVariable("requestId"),
                                "key", exchange.getVariable("idempotencyKey", "none", String.class),
                                "role", exchange.getVariable("role"),
                                "headers", exchange.getVariable("headers", String.class))));
            };
        }

        @Bean
        Processor testFailure() {
            return exchange -> {
                String how =
                        String.valueOf(exchange.getVariable("path", Map.class).get("how"));
                switch (how) {
                    case "argument" -> throw new IllegalArgumentException("limit must be 1 to 200, is 0");
                    case "absent" -> throw new NoSuchElementException("there is no trend t1");
                    case "changed" -> throw new ConcurrentModificationException("the listing went live meanwhile");
                    case "limited" ->
                        throw new VendorException(
                                ErrorKind.RATE_LIMITED,
                                "etsy",
                                "429",
                                429,
                                "slow down",
                                Duration.ofSeconds(7),
                                "",
                                null);
                    case "refused" ->
                        throw new VendorException(ErrorKind.UNAUTHORISED, "etsy", "invalid_token", 401, "no", "");
                    default -> throw new UnsupportedOperationException("secret inner detail");
                }
            };
        }
    }
}
