package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.files.Plans;
import io.caravan.hub.config.files.PlansFile;
import io.caravan.hub.config.imports.BulkImports;
import io.caravan.hub.config.imports.ImportRequests;
import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.config.store.ImportQuota;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.routes.policy.FlowHub;
import io.caravan.hub.routes.policy.FlowHub.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An account whose plan holds three imports a month, from one supplier. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaFlowTest {

    private static final String UPGRADE = "https://shop.example/plans";

    private FlowHub hub;

    @BeforeAll
    void start() throws IOException {
        hub = setup().edit("accounts.yaml", "name: My shop", "name: My shop\n    plan: tiny")
                .edit("plans.yaml", "upgrade_url: /api/v1/billing/quota", "upgrade_url: " + UPGRADE)
                .append(
                        "plans.yaml",
                        "\n  tiny: {name: Tiny, imports: 3, suppliers: [aliexpress], ways: [request, bulk]}\n")
                .start();
    }

    FlowHub.Setup setup() throws IOException {
        return FlowHub.setup();
    }

    @AfterAll
    void stop() throws IOException {
        hub.close();
    }

    @BeforeEach
    void beginMonthAnew() {
        await("imports of the test before")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count("select count(*) from import_job where state in ('pending', 'running')") == 0);
        hub.sql().sql("update import_job set counted_month = null").update();
    }

    @Test
    void shouldTellThePlanAndWhatOfItIsUsed() {
        JsonNode before = hub.get("/api/v1/billing/quota").body();
        assertThat(before.path("plan").asText()).isEqualTo("tiny");
        assertThat(before.path("upgrade_url").asText()).isEqualTo(UPGRADE);
        assertThat(before.at("/quotas/0/limit").asInt()).isEqualTo(3);
        assertThat(before.at("/quotas/0/remaining").asInt()).isEqualTo(3);

        accepted(take(101));

        JsonNode after = hub.get("/api/v1/billing/quota").body().at("/quotas/0");
        assertThat(after.path("used").asInt()).isEqualTo(1);
        assertThat(after.path("remaining").asInt()).isEqualTo(2);
        assertThat(after.path("resets_at").asText())
                .isEqualTo(YearMonth.now(ZoneOffset.UTC).plusMonths(1).atDay(1) + "T00:00:00Z");
    }

    @Test
    void shouldGiveTheLastPlaceToOneOfThoseWhoAskAtTheSameMoment() throws ExecutionException, InterruptedException {
        use(2);
        List<CompletableFuture<Reply>> asked = new ArrayList<>();
        for (int product : List.of(102, 103, 104, 105, 108, 109)) {
            asked.add(CompletableFuture.supplyAsync(() -> take(product)));
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<Reply> one : asked) {
            statuses.add(one.get().status());
        }

        assertThat(statuses).containsOnlyOnce(202).containsOnly(202, 402);
        assertThat(used()).isEqualTo(3);
        JsonNode refused = take(110).body();
        assertThat(refused.path("code").asText()).isEqualTo("quota-exceeded");
        assertThat(refused.path("upgrade_url").asText()).isEqualTo(UPGRADE);
        assertThat(refused.at("/details/used").asInt()).isEqualTo(3);
        assertThat(refused.at("/details/limit").asInt()).isEqualTo(3);
        assertThat(refused.at("/details/resets_at").asText()).endsWith("-01T00:00:00Z");
        assertThat(hub.count("select count(*) from import_job where external_id = '1005000000000110'"))
                .as("nothing of a refused import is kept")
                .isZero();
    }

    @Test
    void shouldGiveThePlaceOfAFailedImportBackAndTakeOneForEachRetry() {
        use(2);
        String failed = accepted(take(106)).path("location").asText();
        hub.until(failed, one -> one.path("status").asText().equals("failed"));
        assertThat(used()).isEqualTo(2);
        use(1);

        assertThat(hub.post(failed + "/retry", null).status())
                .as("the place is taken by another")
                .isEqualTo(402);
        free();
        Reply retried = hub.post(failed + "/retry", null);
        assertThat(retried.status()).as("%s", retried).isEqualTo(202);
        hub.until(
                failed,
                one -> one.path("generation").asInt() == 2
                        && one.path("status").asText().equals("failed"));
        assertThat(used()).isEqualTo(2);
    }

    @Test
    void shouldSayForEachRowOfAFileWhichThePlanDoesNotHold() {
        use(2);
        String csv = "source_url\n" + url(111) + "\n" + url(112) + "\n" + url(113) + "\n"
                + "https://cjdropshipping.com/product/x-p-2511200910461500400.html\n";

        Reply reply = hub.file("/api/v1/imports/bulk", csv);

        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        String path = reply.body().path("location").asText();
        JsonNode batch = hub.until(path, one -> one.path("status").asText().equals("completed"));
        assertThat(batch.path("accepted").asInt()).as("%s", batch).isEqualTo(1);
        assertThat(batch.path("refused").asInt()).isEqualTo(3);
        List<String> results = new String(hub.bytes(path + "/results"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(results.get(2)).contains(",refused,").contains("the plan Tiny has 3 imports a month");
        assertThat(results.get(3)).contains(",refused,").contains(UPGRADE);
        assertThat(results.get(4)).contains(",refused,").contains("does not take imports from cjdropshipping");
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void shouldKeepToTheSuppliersAndTheWaysOfThePlan() {
        Reply supplier =
                hub.post("/api/v1/imports", Map.of("supplier", "cjdropshipping", "product_id", "2511200910461500400"));
        assertThat(supplier.status()).isEqualTo(402);
        assertThat(supplier.body().path("code").asText()).isEqualTo("plan-excludes");
        Reply way = hub.post("/api/v1/imports/search", Map.of("supplier", "aliexpress", "q", "mug"));
        assertThat(way.status()).isEqualTo(402);
        assertThat(way.body().path("message").asText()).contains("does not take imports by search");
        assertThat(way.body().path("upgrade_url").asText()).isEqualTo(UPGRADE);
    }

    @Test
    void shouldTakeNoFileWhereThePlanTakesNone() {
        PlansFile.Plan single = new PlansFile.Plan("Single", null, null, List.of("request"));
        Plans plans = new Plans(new PlansFile("single", UPGRADE, Map.of("single", single)), new AccountsFile(Map.of()));
        BulkImports bulk = new BulkImports(
                hub.bean(ImportRequests.class),
                hub.bean(Imports.class),
                hub.bean(ImportBatches.class),
                new ImportQuota(hub.sql(), plans, Clock.systemUTC()),
                hub.bean(ObjectStore.class),
                2);
        byte[] file = ("source_url\n" + url(101) + "\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> bulk.accept(new AccountId("default"), file))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(402))
                .hasMessage("the plan Single does not take imports by bulk");
    }

    private Reply take(int product) {
        return hub.post("/api/v1/imports", Map.of("source_url", url(product), "shop", "woocommerce"));
    }

    private static JsonNode accepted(Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        return reply.body();
    }

    private long used() {
        return hub.get("/api/v1/billing/quota").body().at("/quotas/0/used").asLong();
    }

    /** Lets so many imports that are over hold a place. */
    private void use(int places) {
        for (int i = 0; i < places; i++) {
            String id = UUID.randomUUID().toString();
            hub.sql()
                    .sql("insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                            + " generation, state, step, reasons, counted_month, created_at, updated_at) values ('default',"
                            + " ?, 'shopify', 'held', ?, 'x', '{}', 'request', 1, 'completed', 'created', '[]', ?,"
                            + " current_timestamp, current_timestamp)")
                    .params(id, id, YearMonth.now(ZoneOffset.UTC).toString())
                    .update();
        }
    }

    private void free() {
        hub.sql()
                .sql("update import_job set counted_month = null where id ="
                        + " (select min(id) from import_job where counted_month is not null)")
                .update();
    }

    private static String url(int product) {
        return "https://www.aliexpress.com/item/1005000000000" + product + ".html";
    }
}
