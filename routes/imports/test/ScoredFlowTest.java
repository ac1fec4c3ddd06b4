package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.routes.policy.FlowHub;
import io.caravan.hub.routes.policy.FlowHub.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scorer outside and our own trends, with the sandbox's receiver of callbacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoredFlowTest {

    private static final String PATH = "/api/v1/webhooks/product-scored";
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private FlowHub hub;

    @BeforeAll
    void start() {
        hub = FlowHub.setup()
                .with("HUB_SCORER_MODE", "sandbox")
                .with("HUB_SCORER_WEBHOOK_SECRET", SECRET)
                .edit("accounts.yaml", "name: My shop", "name: My shop\n    plan: some")
                .append("plans.yaml", "\n  some: {name: Some, imports: 50}\n")
                .edit("autopilot.yaml", "announce_score: 50", "announce_score: 0")
                .edit("import.yaml", "enabled: false", "enabled: true")
                .edit("import.yaml", "min_score: 80                  # trends", "min_score: 0 # trends")
                .edit("import.yaml", "supplier: cjdropshipping", "supplier: aliexpress")
                .append(
                        "curated.yaml",
                        "\n- {keyword: \"wool camping blanket\", weight: 50, context: [\"blankets with checks\"]}\n")
                .start();
        hub.ask("POST", "/scorer/_control/secret", "{\"secret\": \"" + SECRET + "\"}");
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void shouldImportAProductThatScoresHighOnceAndReportBackHowItEnded() {
        String id = event();
        Map<String, Object> high = Map.of(
                "source_url", url(101), "score", 91.7, "reasons", List.of("sells well"), "tags", List.of("scored"));

        Reply first = send(id, high);

        assertThat(first.status()).as("%s", first).isEqualTo(202);
        assertThat(first.body().path("outcome").asText()).isEqualTo("imported");
        assertThat(first.body().path("score").asInt()).isEqualTo(91);
        String path = "/api/v1/imports/" + first.body().path("import_id").asText();
        JsonNode done = hub.until(path, one -> one.path("status").asText().equals("completed"));
        assertThat(done.path("origin").asText()).isEqualTo("scored");
        assertThat(done.path("product").path("tags").toString()).contains("scored");
        ObjectNode told = callback(id);
        assertThat(told.path("type").asText()).isEqualTo("import.completed");
        assertThat(told.at("/data/import_id")).isEqualTo(first.body().path("import_id"));
        assertThat(told.at("/data/url")).isEqualTo(done.path("url"));

        Reply again = send(id, high);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(hub.count("select count(*) from import_job where external_id = '1005000000000101'"))
                .isEqualTo(1);
        assertThat(hub.count(
                        "select count(*) from outbox where topic = 'product.scored.decided' and payload like ?",
                        "%" + id + "%"))
                .isEqualTo(1);
        assertThat(outcome(send(event(), high))).isEqualTo("already_imported");
    }

    @Test
    void shouldReportBackThatAnImportFailedUnlessTheEventSaysNotTo() {
        String quiet = event();
        String loud = event();
        assertThat(outcome(send(quiet, Map.of("source_url", url(107), "score", 100, "callback", false))))
                .isEqualTo("imported");
        assertThat(outcome(send(loud, Map.of("source_url", url(106), "score", 100))))
                .isEqualTo("imported");

        ObjectNode told = callback(loud);

        assertThat(told.path("type").asText()).isEqualTo("import.failed");
        assertThat(told.at("/data/status").asText()).isEqualTo("failed");
        assertThat(told.at("/data/reason").asText()).isNotEmpty();
        await("the other one failed too")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from import_job where external_id = '1005000000000107' and state = 'failed'")
                        == 1);
        assertThat(callbacks())
                .noneMatch(one -> one.at("/data/event_id").asText().equals(quiet));
    }

    @Test
    void shouldDecideOnceWhenTheSameEventComesTwiceAtOnce() {
        String id = event();
        Map<String, Object> high = Map.of("source_url", url(102), "score", 90);
        List<CompletableFuture<Reply>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(CompletableFuture.supplyAsync(() -> send(id, high)));
        }

        assertThat(both.stream().map(one -> one.join().status()).toList())
                .contains(202)
                .allMatch(status -> status == 202 || status == 409);
        assertThat(hub.count("select count(*) from import_decision where event_id = ?", id))
                .isEqualTo(1);
        assertThat(outcome(send(id, high))).isEqualTo("imported");
    }

    @Test
    void shouldSayWhyAProductIsNotImported() {
        assertThat(outcome(send(event(), Map.of("source_url", url(103), "score", 79.9))))
                .isEqualTo("score_too_low");
        Reply unknown = send(event(), Map.of("source_url", "https://shop.example/1", "score", 90));
        assertThat(outcome(unknown)).isEqualTo("refused");
        assertThat(unknown.body().path("reason").asText()).contains("source_url: shows no product");
        hub.sql()
                .sql("insert into quota (bucket, tenant_id, window_start, window_end, cap, used) values"
                        + " ('cjdropshipping/per_day', 'default', current_timestamp, current_timestamp + interval '1' hour, 10,"
                        + " 10)")
                .update();
        Reply budget =
                send(event(), Map.of("supplier", "cjdropshipping", "product_id", "2511200910461500800", "score", 90));
        hub.sql()
                .sql("delete from quota where bucket = 'cjdropshipping/per_day'")
                .update();
        assertThat(outcome(budget)).isEqualTo("budget_used_up");
        assertThat(budget.body().path("reason").asText()).contains("cjdropshipping/per_day");
        String month = Instant.now().toString().substring(0, 7);
        for (int i = 0; i < 50; i++) {
            hub.sql()
                    .sql("insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                            + " generation, state, step, reasons, counted_month, created_at, updated_at) values ('default', ?,"
                            + " 'shopify', 'held', 'x', 'x', '{}', 'request', 1, 'completed', 'created', '[]', ?,"
                            + " current_timestamp, current_timestamp)")
                    .params("held" + i, month)
                    .update();
        }
        Reply quota = send(event(), Map.of("source_url", url(104), "score", 90));
        hub.sql().sql("delete from import_job where supplier = 'held'").update();
        assertThat(outcome(quota)).isEqualTo("quota_used_up");
        assertThat(quota.body().path("reason").asText()).contains("50 imports a month");
        assertThat(hub.count("select count(*) from import_job where external_id in ('1005000000000103',"
                        + " '1005000000000104', '2511200910461500800')"))
                .isZero();
        assertThat(hub.items("/api/v1/imports/decisions?outcome=quota_used_up").get(0))
                .isEqualTo(quota.body());
        assertThat(hub.items("/api/v1/imports/decisions?limit=2")).hasSize(2);
    }

    @Test
    void shouldRefuseWhatIsNotSignedNowWithTheSecret() {
        byte[] body = bytes(Map.of("source_url", url(105), "score", 90));
        long now = Instant.now().getEpochSecond();
        String id = event();
        assertThat(post(body, id, now, sign(SECRET, id, now - 1, body)).status())
                .isEqualTo(401);
        assertThat(post(body, id, now - 400, sign(SECRET, id, now - 400, body)).status())
                .isEqualTo(401);
        assertThat(post(body, id, now + 400, sign(SECRET, id, now + 400, body)).status())
                .isEqualTo(401);
        String other = "whsec_"
                + Base64.getEncoder()
                        .encodeToString("another secret of 32 characters.".getBytes(StandardCharsets.UTF_8));
        Reply refused = post(body, id, now, sign(other, id, now, body));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("code").asText()).isEqualTo("signature-invalid");
        assertThat(post(body, null, now, sign(SECRET, id, now, body)).status()).isEqualTo(401);
        assertThat(hub.post(PATH, Map.of("source_url", url(105), "score", 90)).status())
                .as("an API key is no signature")
                .isEqualTo(401);
        assertThat(hub.count("select count(*) from import_decision where event_id = ?", id))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"score\": 90",
                "{\"source_url\": \"https://x.example/1\"}",
                "{\"source_url\": \"https://x.example/1\", \"score\": 101}",
                "{\"source_url\": \"https://x.example/1\", \"score\": \"high\"}",
                "{\"source_url\": \"https://x.example/1\", \"score\": 90, \"tags\": \"a\"}"
            })
    void shouldRefuseASignedEventThatCannotBeRead(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String id = event();
        long now = Instant.now().getEpochSecond();

        Reply refused = post(body, id, now, sign(SECRET, id, now, body));

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(hub.count("select count(*) from import_decision where event_id = ?", id))
                .isZero();
    }

    @Test
    void shouldSearchASupplierForATrendThatScoresHighWhereTheFileSaysSo() {
        refresh();
        String trend = hub.trend("wool camping blanket");

        JsonNode decision = await("the decision")
                .atMost(FlowHub.PATIENCE)
                .until(() -> decided(trend), found -> !found.isMissingNode());

        assertThat(decision.path("outcome").asText()).as("%s", decision).isEqualTo("imported");
        assertThat(decision.path("source").asText()).isEqualTo("trend");
        assertThat(decision.path("keyword").asText()).isEqualTo("wool camping blanket");
        JsonNode batch = hub.until(
                "/api/v1/imports/batches/" + decision.path("batch_id").asText(),
                one -> one.path("status").asText().equals("completed"));
        assertThat(batch.path("total").asInt()).as("%s", batch).isEqualTo(1);
        assertThat(batch.path("completed").asInt()).isEqualTo(1);

        refresh();
        await("the trend was told again")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where type = 'import.trend' and state = 'DONE' and lane_key = ?",
                                "default|" + trend)
                        >= 2);
        assertThat(decided(trend)).isEqualTo(decision);
    }

    /** The source is down, so that the curated list stands in. */
    private void refresh() {
        hub.sandbox().arm(new Fault("google-trends", null, null, 0, null, Fault.Kind.RESET, null, null, null, 0));
        hub.finished(hub.post("/api/v1/trends/refresh", Map.of("sources", List.of("google-trends"))));
        hub.sandbox().clearFaults();
    }

    private JsonNode decided(String trend) {
        return hub.items("/api/v1/imports/decisions?limit=200")
                .valueStream()
                .filter(one -> one.path("event_id").asText().equals(trend))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private ObjectNode callback(String event) {
        return await("callback")
                .atMost(FlowHub.PATIENCE)
                .until(
                        () -> callbacks().stream()
                                .filter(one -> one.at("/data/event_id").asText().equals(event))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    private List<ObjectNode> callbacks() {
        return List.copyOf(hub.sandbox().state("scorer").list("callbacks"));
    }

    private static String outcome(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        return reply.body().path("outcome").asText();
    }

    private Reply send(String id, Map<String, Object> event) {
        byte[] body = bytes(event);
        long now = Instant.now().getEpochSecond();
        return post(body, id, now, sign(SECRET, id, now, body));
    }

    private Reply post(byte[] body, @Nullable String id, long at, String signature) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.address(PATH))
                .header("Content-Type", "application/json")
                .header("webhook-timestamp", String.valueOf(at))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (id != null) {
            request.header("webhook-id", id);
        }
        try {
            HttpResponse<byte[]> reply = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(reply.statusCode(), JSON.readTree(reply.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** By the words of the standard, without our own class. */
    private static String sign(String secret, String id, long at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
            mac.update((id + "." + at + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Map<String, Object> event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event() {
        return "msg_" + UUID.randomUUID();
    }

    private static String url(int product) {
        return "https://www.aliexpress.com/item/1005000000000" + product + ".html";
    }
}
