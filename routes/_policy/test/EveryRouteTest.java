package io.caravan.hub.routes.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.egress.StandardWebhook;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.api.management.ManagedCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** One hub that does everything by itself, followed from its schedules to live listings; at the end each route has run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryRouteTest {

    /** Routes that this day does not come by: where they run. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "trends-lost", "CycleEndTest",
            "trends-sweep", "CycleEndTest",
            "trends-expire", "CycleEndTest",
            // under the profile kafka
            "events-publish", "EventsFlowTest",
            "events-send", "EventsFlowTest",
            "events-receive", "EventsFlowTest",
            "events-refused", "EventsFlowTest");

    private static final String SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private FlowHub hub;

    @BeforeAll
    void start() {
        hub = FlowHub.setup()
                .with("HUB_SCORER_MODE", "sandbox")
                .with("HUB_SCORER_WEBHOOK_SECRET", SECRET)
                .edit("autopilot.yaml", "ideas_per_cycle: 0", "ideas_per_cycle: 1")
                .edit("autopilot.yaml", "idea_score: 45", "idea_score: 0")
                .edit("autopilot.yaml", "announce_score: 50", "announce_score: 0")
                .edit("images.yaml", "auto_approve: false", "auto_approve: true")
                .edit("images.yaml", "min_score: 60", "min_score: 0")
                .append(
                        "curated.yaml",
                        "\n- {keyword: \"sandbox:invalid-json puffin choir\", weight: 1, context: [\"x y\"]}\n"
                                + "- {keyword: \"sandbox:invalid-json-once puffin pub\", weight: 1, context: [\"x y\"]}\n")
                .start();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    @Order(1)
    void shouldTakeATrendToALiveListingWithoutAnybodyWhenThePolicySaysSo() {
        hub.sandbox().arm(new Fault("reddit", null, null, 0, null, Kind.RESET, null, null, null, 0));

        JsonNode job = hub.finished(hub.post("/api/v1/trends/refresh", Map.of()));

        assertThat(job.path("status").asText()).isEqualTo("completed");
        JsonNode listing = live(1).get(0);
        JsonNode image =
                hub.get("/api/v1/images/" + listing.path("image_id").asText()).body();
        assertThat(image.path("state").asText()).isEqualTo("approved");
        assertThat(image.path("reviewer").asText()).isEqualTo("policy");
        hub.sandbox().clearFaults();
    }

    @Test
    @Order(2)
    void shouldRunFromEachSchedule() {
        for (String source : List.of("google-trends", "tiktok", "reddit")) {
            hub.tick("trends", source);
        }
        hub.tick("ops", "retention");
        hub.tick("listings", "watch");
        await("each schedule")
                .atMost(FlowHub.PATIENCE)
                .until(() -> ran().containsAll(List.of(
                        "trends-google-trends-schedule",
                        "trends-tiktok-schedule",
                        "trends-reddit-schedule",
                        "ops-retention",
                        "listings-watch")));
        live(2);
    }

    @Test
    @Order(3)
    void shouldTakeBackAListingThatFailsAndOneThatIsLate() {
        nothingIsOnItsWay();
        hub.sandbox().arm(new Fault("printify", "POST", "products\\.json", 0, 1, Kind.ANSWER, 400, null, INVALID, 0));
        hub.idea("axolotl smile");
        JsonNode failed = listings("failed", 1).get(0);
        String path = "/api/v1/listings/" + failed.path("id").asText();
        await("taken back").atMost(FlowHub.PATIENCE).until(() -> ran().contains("listings-clean"));
        hub.finished(hub.post(path + "/retry", null));
        hub.until(path, listing -> listing.path("state").asText().equals("live"));

        nothingIsOnItsWay();
        hub.sandbox()
                .arm(new Fault(
                        "printify",
                        "POST",
                        "products\\.json",
                        0,
                        null,
                        Kind.ANSWER,
                        429,
                        Map.of("Retry-After", "600"),
                        "{}",
                        0));
        hub.post("/api/v1/ideas", Map.of("trend_id", hub.trend("whale watching")));
        String late = listings("publishing", 1).get(0).path("id").asText();
        // else the refusal that closes the gate could come after the gate was opened again below
        await("the closed gate")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.sql()
                                .sql("select count(*) from vendor_gate where vendor = 'printify'")
                                .query(Integer.class)
                                .single()
                        > 0);
        hub.sql()
                .sql("update listing set deadline = current_timestamp - interval '1' minute where id = ?")
                .param(late)
                .update();
        hub.tick("listings", "watch");
        hub.until(
                "/api/v1/listings/" + late,
                listing -> listing.path("state").asText().equals("failed"));
        hub.sandbox().clearFaults();
        hub.sql().sql("delete from vendor_gate").update();
    }

    @Test
    @Order(4)
    void shouldSayWhyAnIdeaOrAPictureCouldNotBeMade() {
        assertThat(hub.idea("puffin choir").path("state").asText()).isEqualTo("rejected");
        assertThat(hub.idea("puffin pub").path("state").asText()).isEqualTo("drafted");
        hub.sandbox().arm(new Fault("openai", "POST", "images/generations", 0, 3, Kind.ANSWER, 400, null, REFUSED, 0));
        JsonNode idea = hub.idea("stargazing night");
        hub.idea("horse girl forever");
        hub.idea("dachshund lover");
        await("the failed picture")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.items("/api/v1/dead-letters?type=image.create").size() == 3);
        List<String> letters =
                hub.items("/api/v1/dead-letters?type=image.create").findValuesAsText("id");
        String first = "/api/v1/dead-letters/" + letters.get(0);
        JsonNode payload = hub.get(first).body().path("payload");
        ok(hub.send("PATCH", first, Map.of("payload", payload, "reason", "mended")));
        ok(hub.post(first + "/lookup", null));
        ok(hub.post(first + "/replay", Map.of("reason", "again")));
        ok(hub.post("/api/v1/dead-letters/" + letters.get(1) + "/cancel", Map.of("reason", "no")));
        ok(hub.post(
                "/api/v1/dead-letters/replay",
                Map.of("filter", Map.of("type", "image.create"), "cap", 5, "dry_run", false, "reason", "all")));
        assertThat(hub.get("/api/v1/trace/" + idea.path("id").asText()).body().path("steps"))
                .isNotEmpty();
    }

    @Test
    @Order(5)
    void shouldAskAPersonAboutAPictureThatTheModerationFlags() {
        hub.sandbox().arm(new Fault("openai", "POST", "moderations", 0, null, Kind.ANSWER, 200, null, FLAGGED, 0));
        JsonNode image = hub.image(hub.idea("octopus librarian"));
        hub.sandbox().clearFaults();
        assertThat(image.path("state").asText()).isEqualTo("pending_review");
        assertThat(image.path("reasons").toString()).contains("violence");
        await("the owner is told").atMost(FlowHub.PATIENCE).until(() -> ran().contains("notify-review-needed"));

        ok(hub.post(
                "/api/v1/images/" + image.path("id").asText() + "/review",
                Map.of("decision", "approve", "tags", List.of("harmless"), "reason", "it is a book")));

        hub.until(
                "/api/v1/listings?limit=200&state=live",
                page -> page.path("items")
                        .findValuesAsText("image_id")
                        .contains(image.path("id").asText()));
    }

    @Test
    @Order(6)
    void shouldAnswerEveryOtherQuestion() {
        JsonNode listing = live(1).get(0);
        String image = listing.path("image_id").asText();
        String idea = listing.path("idea_id").asText();
        for (String path : List.of(
                "/api/v1/trends/"
                        + hub.items("/api/v1/trends?limit=1").get(0).path("id").asText(),
                "/api/v1/trends/sources",
                "/api/trends/live/status",
                "/api/v1/ideas/" + idea,
                "/api/v1/images",
                "/api/v1/images/" + image,
                "/api/v1/images/" + image + "/content",
                "/api/v1/listings/" + listing.path("id").asText(),
                "/api/v1/jobs",
                "/api/v1/budgets",
                "/api/v1/connections")) {
            ok(hub.get(path));
        }
        ok(hub.post("/api/trends/refresh", Map.of("sources", List.of("google-trends"))));
        ok(hub.post("/api/v1/connections/printify/reconnect", Map.of()));
        String job = hub.items("/api/v1/jobs?limit=1").get(0).path("id").asText();
        ok(hub.post("/api/v1/jobs/" + job + "/cancel", null));
        assertThat(hub.post("/api/v1/listings", Map.of("image_id", image)).status())
                .as("the idea has a listing already")
                .isEqualTo(409);
        assertThat(hub.post(
                                "/api/v1/images/" + image + "/review",
                                Map.of("decision", "reject", "tags", List.of(), "reason", "x"))
                        .status())
                .as("decided already")
                .isEqualTo(409);
        hub.finished(hub.post("/api/v1/images", Map.of("idea_id", idea)));
        assertThat(hub.count("select count(*) from image where idea_id = ? and state = 'duplicate'", idea))
                .isEqualTo(1);
    }

    @Test
    @Order(6)
    void shouldTakeASuppliersProductIntoTheShopAndSayWhyAnotherCannotGoThere() {
        ok(hub.get("/api/v1/suppliers"));
        ok(hub.get("/api/v1/products/search?supplier=aliexpress&q=mug"));
        ok(hub.post("/api/v1/products/preview", Map.of("source_url", aliexpress("101"))));
        assertThat(imported(hub.post("/api/v1/imports", Map.of("source_url", aliexpress("101")))))
                .isEqualTo("completed");
        FlowHub.Reply gone = hub.post("/api/v1/imports", Map.of("source_url", aliexpress("106")));
        assertThat(imported(gone)).isEqualTo("failed");
        FlowHub.Reply again = hub.post(gone.body().path("location").asText() + "/retry", null);
        assertThat(imported(again)).isEqualTo("failed");
        FlowHub.Reply closed = hub.post("/api/v1/products/preview", Map.of("source_url", aliexpress("107")));
        assertThat(closed.body().path("message").asText())
                .as("the app has no access to it, and its fallback does not know it")
                .contains("aliexpress-page");
        ok(hub.get("/api/v1/imports/history"));
        ok(hub.get("/api/v1/imports/history?format=csv"));
        ok(hub.get("/api/v1/imports/analytics"));
        JsonNode batch = hub.file("/api/v1/imports/bulk", "source_url\n" + aliexpress("102") + "\n")
                .body();
        String path = "/api/v1/imports/batches/" + batch.path("id").asText();
        hub.until(path, one -> one.path("status").asText().equals("completed"));
        ok(hub.get(path + "/results"));
    }

    @Test
    @Order(6)
    void shouldImportWhatASearchFindsAndWhatASignedEventScoresHigh() throws Exception {
        ok(hub.get("/api/v1/billing/quota"));
        JsonNode found = search(Map.of("supplier", "aliexpress", "q", "lantern"));
        assertThat(found.path("read").asInt()).isEqualTo(1);
        hub.sandbox().arm(new Fault("cjdropshipping", null, "listV2", 0, null, Kind.ANSWER, 400, null, "{}", 0));
        assertThat(search(Map.of("supplier", "cjdropshipping", "q", "mug"))
                        .path("reason")
                        .asText())
                .isNotEmpty();
        hub.sandbox().clearFaults();

        byte[] event = ("{\"source_url\": \"" + aliexpress("103") + "\", \"score\": 99}").getBytes(UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.address("/api/v1/webhooks/product-scored"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event));
        new StandardWebhook(SECRET).sign("msg_1", Instant.now(), event).forEach(request::header);
        assertThat(HttpClient.newHttpClient()
                        .send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
        assertThat(hub.items("/api/v1/imports/decisions").get(0).path("outcome").asText())
                .isEqualTo("imported");
        await("the report").atMost(FlowHub.PATIENCE).until(() -> ran().contains("imports-report"));
    }

    private JsonNode search(Map<String, Object> request) {
        FlowHub.Reply accepted = hub.post("/api/v1/imports/search", request);
        return hub.until(
                accepted.body().path("location").asText(),
                batch -> batch.path("status").asText().equals("completed"));
    }

    @Test
    @Order(6)
    void shouldConnectAndForgetAccountsAtASupplierAndAShop() {
        for (String[] one :
                new String[][] {{"suppliers", "supplier", "supplier-csv"}, {"shops", "shop", "woocommerce"}}) {
            String path = "/api/v1/" + one[0] + "/accounts";
            ok(hub.get(path));
            ok(hub.post(path, Map.of(one[1], one[2], "mode", "sandbox")));
            ok(hub.send("DELETE", path + "/" + one[2], null));
        }
    }

    @Test
    @Order(6)
    void shouldGiveAShopPricingRulesOfItsOwnAndTakeThemAway() {
        String path = "/api/v1/shops/woocommerce/pricing";
        ok(hub.get(path));
        ok(hub.send("PUT", path, Map.of("floor_margin_percent", 15)));
        ok(hub.post(path + "/dry-run", Map.of()));
        ok(hub.send("DELETE", path, null));
    }

    private String imported(FlowHub.Reply accepted) {
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        return hub.until(
                        accepted.body().path("location").asText(),
                        one -> List.of("completed", "failed")
                                .contains(one.path("status").asText()))
                .path("status")
                .asText();
    }

    private static String aliexpress(String product) {
        return "https://www.aliexpress.com/item/1005000000000" + product + ".html";
    }

    @Test
    @Order(7)
    void shouldHaveRunEveryRoute() {
        // a route is counted when its exchange is over, which may be after what it did is seen
        await("every route")
                .atMost(FlowHub.PATIENCE)
                .untilAsserted(() -> assertThat(notRun()).isEqualTo(new TreeSet<>(ELSEWHERE.keySet())));
    }

    private Set<String> notRun() {
        Set<String> all = RouteFile.all().stream()
                .flatMap(file -> file.routes().stream())
                .map(route -> route.path("id").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        all.removeAll(ran());
        return all;
    }

    private Set<String> ran() {
        ManagedCamelContext managed = Objects.requireNonNull(
                hub.camel().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class));
        return hub.camel().getRoutes().stream()
                .map(org.apache.camel.Route::getRouteId)
                .filter(id -> {
                    var route = managed.getManagedRoute(id);
                    try {
                        return route != null && route.getExchangesTotal() > 0;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toSet());
    }

    /** Else a listing of an earlier hour would meet the fault that is meant for the next one. */
    private void nothingIsOnItsWay() {
        hub.until(
                "/api/v1/listings?limit=200&state=publishing",
                page -> page.path("items").isEmpty());
    }

    private JsonNode live(int least) {
        return listings("live", least);
    }

    private JsonNode listings(String state, int least) {
        return hub.until(
                        "/api/v1/listings?limit=200&state=" + state,
                        page -> page.path("items").size() >= least)
                .path("items");
    }

    private static void ok(FlowHub.Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
    }

    private static final String INVALID =
            "{\"status\": \"error\", \"code\": 8150, \"message\": \"Validation failed.\", \"errors\": {\"reason\": \"blueprint_id: unknown\"}}";

    private static final String FLAGGED =
            "{\"id\": \"modr-1\", \"model\": \"omni-moderation-latest\", \"results\": [{\"flagged\": true, \"categories\":"
                    + " {\"violence\": true}, \"category_scores\": {\"violence\": 0.9}, \"category_applied_input_types\": {\"violence\": [\"text\"]}}]}";

    private static final String REFUSED =
            "{\"error\": {\"message\": \"no such size\", \"type\": \"invalid_request_error\", \"param\": \"size\", \"code\": \"invalid_value\"}}";
}
