package io.caravan.hub.routes.listings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.config.Hub;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.model.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The real application with the real routes, made quick: settle times at 4 %, back-offs of some 100 ms, calls to Etsy and
 * Printify that give up after 2.5 s. Schedules never tick unless a test says so.
 */
final class ListingHub implements AutoCloseable {

    static final AccountId ACCOUNT = new AccountId("default");
    /** Shorter than any hang a test arms. */
    static final int RESPONSE_MS = 2_500;

    private static final String KEY = "hub_listing-tests-admin-key-0123456789";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> SLOW = List.of(
            "etsy-listing-create",
            "etsy-listing-lookup",
            "etsy-listing-confirm",
            "etsy-listing-cancel",
            "etsy-image-create",
            "etsy-image-lookup",
            "etsy-inventory-create",
            "etsy-inventory-lookup",
            "etsy-readiness-create",
            "etsy-readiness-lookup",
            "printify-upload-create",
            "printify-upload-lookup",
            "printify-product-create",
            "printify-product-lookup",
            "printify-product-confirm",
            "printify-product-cancel",
            "printify-publish-create",
            "printify-publish-lookup",
            "printify-published-create",
            "printify-published-lookup");

    private final ConfigurableApplicationContext context;

    /** What the API answered. */
    record Answer(int status, HttpResponse<String> whole, JsonNode body) {}

    private ListingHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static ListingHub start(ListingShop shop, Path data, String... more) {
        String root = System.getProperty("project.root");
        List<String> settings = new ArrayList<>(List.of(
                "--hub.data.dir=" + data,
                "--hub.config.dir=" + root + "/config/files",
                "--hub.routes.dir=" + root + "/routes",
                "--hub.sandbox.url=" + shop.url(),
                "--hub.admin.key=" + KEY,
                "--hub.delivery.settle-scale=0.04",
                "--hub.delivery.poll=100ms",
                "--hub.connections.remember=50ms",
                // several applications in one JVM would want the same MBean names
                "--spring.jmx.enabled=false",
                "--server.port=0",
                "--management.server.port=0",
                "--hub.trends.google-trends.cron=" + NEVER,
                "--hub.trends.tiktok.cron=" + NEVER,
                "--hub.trends.reddit.cron=" + NEVER,
                "--hub.listings.watch-cron=" + NEVER,
                "--hub.ops.retention-cron=" + NEVER));
        for (String kamelet : SLOW) {
            settings.add("--camel.component.kamelet.template-properties[" + kamelet + "-action].responseTimeout="
                    + RESPONSE_MS);
        }
        for (String setting : more) {
            // the same argument twice would be a list
            settings.removeIf(one -> one.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
            settings.add(setting);
        }
        SpringApplication application = new SpringApplication(Hub.class, Quick.class);
        return new ListingHub(application.run(settings.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer get(String path) {
        return send(path, "GET", null);
    }

    Answer post(String path, @Nullable Object body, String... headers) {
        return send(path, "POST", body, headers);
    }

    private Answer send(String path, String method, @Nullable Object body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(api(path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + KEY)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString());
            if (headers.length > 0) {
                request.headers(headers);
            }
            request.method(
                    method,
                    body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            HttpResponse<String> whole = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    whole.statusCode(), whole, JSON.readTree(whole.body().isEmpty() ? "null" : whole.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI api(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    @Override
    public void close() {
        context.close();
    }

    /** Back-offs have no property: nobody but a test wants them this short. */
    @Configuration(proxyBeanMethods = false)
    static class Quick {
        @Bean
        static BeanPostProcessor quickBackoff() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DeliverySettings settings
                            ? settings.withBackoff(
                                    List.of(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800)))
                            : bean;
                }
            };
        }
    }
}
