package io.caravan.hub.routes.api.matrix;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.policy.FlowHub;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one hub of the matrices: all routes, real security, H2, every sandbox, five accounts of which the first has an object
 * of each kind, made through the API. It is started once for the JVM.
 */
final class MatrixHub {

    static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    static final ObjectMapper JSON = new ObjectMapper();
    static final String ADMIN_KEY = "hub_flow-tests-alone-know-this-key";
    static final String OTHER = "second";
    /** A property of the hub that no request may ever bring to light. */
    static final String CANARY_NAME = "hub.matrix.canary";

    static final String CANARY = "canary-of-the-configuration-4711";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String EXAMPLE_TREND = "axolotl smile";

    private static @Nullable MatrixHub shared;
    private static @Nullable OpenAPI contract;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    final FlowHub hub;
    final CanarySecrets secrets = new CanarySecrets();
    final Webhooks webhooks;
    /** Role to a key of the first account; {@code other} is an admin's of the second, {@code third} of the third, and so on. */
    final Map<String, Key> keys = new LinkedHashMap<>();

    /** An id of the first account for each kind of object: {@code ideas}, {@code imports/batches}. */
    final Map<String, String> things = new LinkedHashMap<>();

    /** @param id the user name of the management port's login */
    record Key(String id, String secret) {}

    /** @param text as it came; {@code body} the same parsed, missing when it is no JSON */
    record Answer(int status, Map<String, List<String>> headers, String text, JsonNode body) {

        /** {@code ""} when there is none. */
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    static synchronized MatrixHub shared() {
        if (shared == null) {
            shared = new MatrixHub();
            Runtime.getRuntime().addShutdownHook(new Thread(shared.hub::close, "matrix-hub-stop"));
        }
        return shared;
    }

    static synchronized OpenAPI contract() {
        if (contract == null) {
            ParseOptions resolved = new ParseOptions();
            resolved.setResolve(true);
            resolved.setResolveFully(true);
            contract = new OpenAPIV3Parser()
                    .readLocation(ROOT.resolve("routes/api/hub-v1.openapi.yaml").toString(), null, resolved)
                    .getOpenAPI();
        }
        return contract;
    }

    /** Every refusal, every page of the management port, and every line of the log at level debug or above so far. */
    List<String> heard() {
        List<String> all = new ArrayList<>(heard);
        synchronized (log) {
            List.copyOf(log.list).forEach(event -> {
                all.add(event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    all.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            });
        }
        return all;
    }

    /** The first of the contract's examples of the operation's JSON body; null when it takes none. */
    static @Nullable Object example(Operation operation) {
        MediaType media = json(operation);
        return media == null
                ? null
                : media.getExamples().values().iterator().next().getValue();
    }

    /** Null when the operation takes no JSON. */
    static @Nullable MediaType json(Operation operation) {
        return operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getContent().get("application/json");
    }

    private MatrixHub() {
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        webhooks = new Webhooks();
        FlowHub.Setup setup = FlowHub.setup();
        secrets.properties().forEach(setup::with);
        hub = setup.append("accounts.yaml", """

                        # the lines above end in a comment
                          second:
                            name: Second shop
                            connections:
                              scorer: {mode: sandbox, secrets: {webhookSecret: HUB_SECOND_SCORER_SECRET}}
                              sendgrid: {mode: sandbox, settings: {webhookPublicKey: "%s"}}
                          third: {name: Third shop}
                          fuzz:
                            name: Whatever is asked
                            connections:
                              scorer: {mode: sandbox, secrets: {webhookSecret: HUB_FUZZ_SCORER_SECRET}}
                              sendgrid: {mode: sandbox, settings: {webhookPublicKey: "%s"}}
                          fourth:
                            name: Fourth shop
                            connections:
                        %s
                        """.formatted(
                        webhooks.otherPublicKey(), webhooks.publicKey(Webhooks.Secret.FUZZ), secrets.sections()))
                .edit("images.yaml", "auto_approve: false", "auto_approve: true")
                .edit("images.yaml", "min_score: 60", "min_score: 0")
                .with("spring.quartz.scheduler-name", "matrix")
                .with(CANARY_NAME, CANARY)
                .with("HUB_SCORER_MODE", "sandbox")
                .with("HUB_SCORER_WEBHOOK_SECRET", webhooks.scorerSecrets())
                .with("HUB_SECOND_SCORER_SECRET", webhooks.otherScorerSecret())
                .with("HUB_FUZZ_SCORER_SECRET", webhooks.scorerSecret(Webhooks.Secret.FUZZ))
                .with("HUB_SENDGRID_WEBHOOK_PUBLIC_KEY", webhooks.publicKeys())
                .start();
        keys.put("admin", new Key("admin", ADMIN_KEY));
        for (String role : List.of("viewer", "operator", "designer")) {
            keys.put(role, key(Map.of("name", role, "role", role)));
        }
        keys.put("other", key(Map.of("account", OTHER, "name", "its owner", "role", "admin")));
        for (String account : List.of("third", "fourth", "fuzz")) {
            keys.put(account, key(Map.of("account", account, "name", "its owner", "role", "admin")));
        }
        furnish();
    }

    private Key key(Map<String, String> wanted) {
        JsonNode made = hub.post("/api/v1/keys", wanted).body();
        return new Key(made.path("id").asText(), made.path("key").asText());
    }

    /** An object of each kind, as a person at the API makes them. */
    private void furnish() {
        hub.sandbox().arm(new Fault("google-trends", null, null, 0, null, Fault.Kind.RESET, null, null, null, 0));
        hub.finished(hub.post("/api/v1/trends/refresh", Map.of("sources", List.of("google-trends"))));
        hub.sandbox().clearFaults();
        hub.idea(EXAMPLE_TREND);
        hub.finished(hub.post(
                "/api/v1/imports",
                Map.of(
                        "supplier",
                        "aliexpress",
                        "source_url",
                        "https://www.aliexpress.com/item/1005000000000101.html")));
        FlowHub.Reply batch =
                hub.file("/api/v1/imports/bulk", "source_url\nhttps://www.aliexpress.com/item/1005000000000102.html\n");
        hub.finished(batch);
        hub.bean(DeliveryEngine.class)
                .work()
                .insert(NewWork.of(
                        new AccountId("default"), "trend.refresh", "dies", Map.of("sources", List.of("nowhere"))));
        await("a dead letter")
                .atMost(FlowHub.PATIENCE)
                .until(() -> !hub.items("/api/v1/dead-letters").isEmpty());
        hub.until(
                "/api/v1/listings",
                page -> page.path("items")
                        .valueStream()
                        .anyMatch(one -> one.path("state").asText().equals("live")));
        for (String list : List.of("trends", "ideas", "images", "listings", "jobs", "dead-letters")) {
            things.put(list, first(list));
        }
        things.put("imports", first("imports/history"));
        things.put("imports/batches", batch.body().path("id").asText());
        things.put("trace", first("listings"));
        things.put("keys", Objects.requireNonNull(keys.get("viewer")).id());
    }

    /**
     * An object of the first account.
     *
     * @param path of the contract, with {@code {id}}
     */
    String thing(String path) {
        String kind = path.substring("/api/v1/".length(), path.indexOf("/{id}"));
        String id = things.get(kind);
        if (id == null) {
            throw new AssertionError("MatrixHub makes no object for " + path);
        }
        return id;
    }

    /** Waits until nothing of the account is on its way any more, so that its rows stay as they are. */
    void settled(String account) {
        await("work of " + account)
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select (select count(*) from work where tenant_id = ? and state = 'WAITING'"
                                        + " and due_at < current_timestamp + interval '1' minute)"
                                        + " + (select count(*) from outbox where published = false)",
                                account)
                        == 0);
    }

    private String first(String list) {
        return hub.items("/api/v1/" + list).get(0).path("id").asText();
    }

    /** What the account sees in each list of the contract, by the list's path: the ids of its items. */
    Map<String, Set<String>> ids(String key) {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        contract().getPaths().forEach((path, item) -> {
            if (item.getGet() != null && !path.contains("{")) {
                for (JsonNode one :
                        send(Door.API, "GET", path, bearer(key), null).body().path("items")) {
                    if (one.hasNonNull("id")) {
                        ids.computeIfAbsent(path, any -> new LinkedHashSet<>())
                                .add(one.path("id").asText());
                    }
                }
            }
        });
        return ids;
    }

    /** The keys of all accounts but the operator's. */
    List<String> keySecrets() {
        return keys.values().stream().map(Key::secret).toList();
    }

    Map<String, String> bearer(String name) {
        Key key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no key " + name);
        }
        return Map.of("Authorization", "Bearer " + key.secret());
    }

    Map<String, String> basic(String name) {
        Key key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no key " + name);
        }
        String pair =
                Base64.getEncoder().encodeToString((key.id() + ":" + key.secret()).getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + pair);
    }

    /** @param body JSON, or the text as it is; null for none */
    Answer send(Door door, String method, String path, Map<String, String> headers, @Nullable Object body) {
        try {
            String text = body == null || body instanceof String ? (String) body : JSON.writeValueAsString(body);
            return send(door, method, path, headers, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer send(Door door, String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        try {
            URI uri = door == Door.API ? hub.address(path) : hub.management(path);
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
            headers.forEach(request::setHeader);
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
                if (!headers.containsKey("Content-Type")) {
                    request.setHeader("Content-Type", "application/json");
                }
            }
            HttpResponse<byte[]> reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            String text = new String(reply.body(), StandardCharsets.UTF_8);
            if (reply.statusCode() >= 400 || door == Door.MANAGEMENT) {
                heard.add(text + reply.headers().map());
            }
            boolean json = reply.headers().firstValue("Content-Type").orElse("").contains("json") && !text.isBlank();
            return new Answer(
                    reply.statusCode(),
                    reply.headers().map(),
                    text,
                    json ? JSON.readTree(text) : MissingNode.getInstance());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }
}
