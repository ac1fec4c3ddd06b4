package io.caravan.hub.connectors.tiktok.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Apify's API version 2 with one TikTok actor. Harder than the vendor: a token in the query is refused, since it would
 * lie in logs. A token that begins with {@code revoked} is unknown, one with {@code unpaid} has no money left.
 */
public final class TiktokSandbox implements VendorSandbox {

    private static final String ACTOR = "clockworks~[a-z-]*tiktok[a-z-]*|[A-Za-z0-9]{17}";

    private final RecordedVideos recorded = new RecordedVideos();
    private final SampleVideos samples = new SampleVideos();
    private final RateWindow perSecond = new RateWindow(60, Duration.ofSeconds(1));
    private final Duration runTakes;
    private final Duration longestSync;

    public TiktokSandbox() {
        this(Duration.ofMillis(400), Duration.ofSeconds(300));
    }

    /**
     * @param runTakes how long a run takes
     * @param longestSync when the call that waits for its run gives up with a 408 and leaves the run alone
     */
    public TiktokSandbox(Duration runTakes, Duration longestSync) {
        this.runTakes = runTakes;
        this.longestSync = longestSync;
    }

    @Override
    public String vendor() {
        return "tiktok";
    }

    @Override
    public String recordingsFolder() {
        return "tiktok-apify";
    }

    @Override
    public List<String> feed(Path folder) {
        return recorded.read(folder);
    }

    @Override
    public void mount(Router router, SandboxState state) {
        Runs runs = new Runs(state, runTakes);
        router.before(this::guard)
                .on(
                        "POST",
                        "/v2/actors/{actor}/runs",
                        call -> start(call, runs, run -> {
                            Duration wait = Duration.ofSeconds(call.queryInt("waitForFinish", 0));
                            ObjectNode shown =
                                    runs.wait(run.path("id").asText(), wait).orElse(run);
                            return data(201, shown);
                        }))
                .on("GET", "/v2/actors/{actor}/runs", call -> list(call, runs))
                .on(
                        "POST",
                        "/v2/actors/{actor}/run-sync-get-dataset-items",
                        call -> start(call, runs, run -> sync(call, runs, run)))
                .on(
                        "GET",
                        "/v2/actor-runs/{run}",
                        call -> found(runs.wait(
                                call.param("run"),
                                Duration.ofSeconds(Math.min(60, call.queryInt("waitForFinish", 0))))))
                .on("POST", "/v2/actor-runs/{run}/abort", call -> found(runs.abort(call.param("run"))))
                .on(
                        "GET",
                        "/v2/datasets/{dataset}/items",
                        call -> runs.rows(call.param("dataset"))
                                .map(rows -> page(200, call, rows))
                                .orElseGet(() -> error(404, "record-not-found", "Dataset was not found")))
                .otherwise(call -> error(404, "page-not-found", "We have bad news: there is no API endpoint here"));
    }

    private Function<Call, Answer> guard(Function<Call, Answer> handler) {
        return call -> {
            String bearer = call.header("Authorization").orElse("");
            if (!bearer.startsWith("Bearer ") || bearer.substring(7).isBlank()) {
                return error(401, "token-not-provided", "Authentication token was not provided");
            }
            if (bearer.startsWith("Bearer revoked")) {
                return error(401, "user-or-token-not-found", "User was not found or authentication token is not valid");
            }
            if (perSecond.take() < 0) {
                return error(429, "rate-limit-exceeded", "You have exceeded the rate limit of 60 requests per second");
            }
            return handler.apply(call);
        };
    }

    private Answer start(Call call, Runs runs, Function<ObjectNode, Answer> then) {
        String actor = call.param("actor");
        if (!actor.matches(ACTOR)) {
            return error(404, "actor-not-found", "Actor was not found");
        }
        if (call.header("Authorization").orElse("").startsWith("Bearer unpaid")) {
            return error(402, "not-enough-usage-to-run-paid-actor", "You have used all your monthly usage");
        }
        Optional<JsonNode> input = call.json().filter(JsonNode::isObject);
        if (input.isEmpty()) {
            return error(400, "run-input-body-not-valid-json", "The input body is not a JSON object");
        }
        if (input.get().path("hashtags").isEmpty()
                || input.get().path("resultsPerPage").asInt(1) < 1) {
            return error(400, "invalid-input", "Input is not valid: hashtags and resultsPerPage are needed");
        }
        ArrayNode rows = recorded.found().orElseGet(() -> samples.found(input.get(), Instant.now()));
        return then.apply(
                runs.start(actor, input.get(), upTo(call.queryInt("maxItems", 0), rows), call.queryInt("timeout", 0)));
    }

    private static Answer list(Call call, Runs runs) {
        if (!call.param("actor").matches(ACTOR)) {
            return error(404, "actor-not-found", "Actor was not found");
        }
        boolean newestFirst =
                call.query("desc").filter(text -> text.matches("true|1")).isPresent();
        int offset = Math.max(0, call.queryInt("offset", 0));
        int limit = Math.min(1_000, call.queryInt("limit", 1_000));
        List<ObjectNode> all = runs.of(call.param("actor"), newestFirst);
        List<ObjectNode> items = all.stream().skip(offset).limit(limit).toList();
        ObjectNode page = SandboxState.object()
                .put("total", all.size())
                .put("offset", offset)
                .put("limit", limit)
                .put("desc", newestFirst)
                .put("count", items.size());
        page.putArray("items").addAll(items);
        return data(200, page);
    }

    private static ArrayNode upTo(int most, ArrayNode rows) {
        while (most > 0 && rows.size() > most) {
            rows.remove(rows.size() - 1);
        }
        return rows;
    }

    private Answer sync(Call call, Runs runs, ObjectNode run) {
        ObjectNode done = runs.wait(run.path("id").asText(), longestSync).orElse(run);
        return switch (done.path("status").asText()) {
            case "SUCCEEDED" ->
                page(
                        201,
                        call,
                        runs.rows(done.path("defaultDatasetId").asText()).orElseThrow());
            case "FAILED", "TIMED-OUT", "ABORTED" -> error(400, "run-failed", "Actor run did not succeed");
            default -> error(408, "run-timeout-exceeded", "Actor run exceeded the timeout for this API endpoint");
        };
    }

    /** Without the empty rows when {@code clean} is asked for; the total counts them all the same. */
    private static Answer page(int status, Call call, ArrayNode rows) {
        boolean clean =
                call.query("clean").filter(text -> text.matches("true|1")).isPresent();
        int offset = Math.max(0, call.queryInt("offset", 0));
        int limit = call.query("limit").isPresent() ? call.queryInt("limit", 0) : Integer.MAX_VALUE;
        ArrayNode page = rows.arrayNode();
        for (int i = offset; i < rows.size() && i - offset < limit; i++) {
            if (!clean || !rows.get(i).isEmpty()) {
                page.add(rows.get(i));
            }
        }
        return Answer.json(status, page)
                .header("X-Apify-Pagination-Offset", String.valueOf(offset))
                .header("X-Apify-Pagination-Limit", String.valueOf(limit))
                .header("X-Apify-Pagination-Count", String.valueOf(page.size()))
                .header("X-Apify-Pagination-Total", String.valueOf(rows.size()));
    }

    private static Answer found(Optional<ObjectNode> run) {
        return run.map(shown -> data(200, shown))
                .orElseGet(() -> error(404, "record-not-found", "Actor run was not found"));
    }

    private static Answer data(int status, ObjectNode value) {
        return Answer.json(status, Map.of("data", value));
    }

    private static Answer error(int status, String type, String message) {
        return Answer.json(status, Map.of("error", Map.of("type", type, "message", message)));
    }
}
