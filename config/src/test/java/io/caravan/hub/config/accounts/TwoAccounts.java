package io.caravan.hub.config.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caravan.hub.config.Hub;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.model.AccountId;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The application with the real routes and every vendor's sandbox, and a second account in its file. */
final class TwoAccounts implements AutoCloseable {

    static final String ADMIN_KEY = "hub_two-accounts-test-operator";
    static final String TOKEN_OF_SECOND = "printify-token-of-the-second-shop";

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final SandboxServer sandbox;
    private final ConfigurableApplicationContext context;
    private final OpenAPI contract;

    /** @param text as it came; {@code body} the same parsed, missing when it is no JSON */
    record Answer(int status, String text, JsonNode body) {
        List<JsonNode> items() {
            return body.path("items").valueStream().toList();
        }
    }

    private TwoAccounts(Path folder) throws IOException {
        this.folder = folder;
        Path config = folder.resolve("config");
        FileSystemUtils.copyRecursively(ROOT.resolve("config/files"), config);
        Files.writeString(config.resolve("accounts.yaml"), """
                accounts:
                  default:
                    name: First shop
                  second:
                    name: Second shop
                    connections:
                      printify:
                        secrets: {apiToken: HUB_SECOND_PRINTIFY_TOKEN}
                """);
        sandbox = SandboxServer.start(folder.resolve("sandbox"), 0, SandboxServer.found());
        String never = "0 0 0 1 1 ? 2098";
        context = new SpringApplication(Hub.class)
                .run(
                        "--hub.data.dir=" + folder.resolve("data"),
                        "--hub.config.dir=" + config,
                        "--hub.routes.dir=" + ROOT.resolve("routes"),
                        "--hub.sandbox.url=" + sandbox.url(),
                        "--hub.admin.key=" + ADMIN_KEY,
                        "--HUB_SECOND_PRINTIFY_TOKEN=" + TOKEN_OF_SECOND,
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.jmx.unique-names=true",
                        // Quartz keeps data sources by this name for the whole JVM, where other tests have a hub too
                        "--spring.quartz.scheduler-name=two-accounts",
                        "--hub.rate.per-second=10000",
                        "--hub.rate.burst=10000",
                        "--hub.delivery.settle-scale=0.01",
                        "--hub.delivery.poll=100ms",
                        "--hub.trends.google-trends.cron=" + never,
                        "--hub.trends.tiktok.cron=" + never,
                        "--hub.trends.reddit.cron=" + never,
                        "--hub.listings.watch-cron=" + never,
                        "--hub.ops.retention-cron=" + never);
        ParseOptions resolved = new ParseOptions();
        resolved.setResolve(true);
        resolved.setResolveFully(true);
        contract = new OpenAPIV3Parser()
                .readLocation(ROOT.resolve("routes/api/hub-v1.openapi.yaml").toString(), null, resolved)
                .getOpenAPI();
    }

    static TwoAccounts start() throws IOException {
        return new TwoAccounts(Files.createTempDirectory("two-accounts"));
    }

    OpenAPI contract() {
        return contract;
    }

    List<ReceivedRequest> asked(String vendor) {
        return sandbox.requests(vendor);
    }

    /** Lets a schedule fire now. */
    void tick(String group, String name) throws SchedulerException {
        context.getBean(Scheduler.class).triggerJob(JobKey.jobKey(name, group));
    }

    /** Work that no retry can help: it becomes a dead letter of the account. */
    void dies(String account) {
        context.getBean(DeliveryEngine.class)
                .work()
                .insert(NewWork.of(
                        new AccountId(account), "trend.refresh", "dies", Map.of("sources", List.of("nowhere"))));
    }

    Answer get(String key, String path) throws IOException, InterruptedException {
        return send(key, "GET", path, null);
    }

    Answer post(String key, String path, Object body) throws IOException, InterruptedException {
        return send(key, "POST", path, body);
    }

    Answer send(String key, String method, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        URI uri = URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", UUID.randomUUID().toString());
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .header("Content-Type", "application/json");
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                response.statusCode(),
                response.body(),
                json ? JSON.readTree(response.body()) : MissingNode.getInstance());
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException leftBehind) {
            // the system's folder for temporary files is emptied by others
        }
    }
}
