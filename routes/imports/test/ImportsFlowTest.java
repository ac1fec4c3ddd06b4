package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportsFlowTest {

    private final FlowHub hub = FlowHub.shared();

    @AfterEach
    void clearFaults() {
        hub.sandbox().clearFaults();
    }

    @Test
    void shouldBringAProductWithItsVariantsAndPicturesIntoTheShopOnce() {
        FlowHub.Reply accepted = accept("1005000000000101", Map.of("markup_percent", 80, "tags", List.of("camping")));

        JsonNode done = done(accepted);

        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        assertThat(done.path("step").asText()).isEqualTo("created");
        assertThat(done.path("variants").asInt()).isEqualTo(8);
        assertThat(done.path("images").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(done.path("product").path("tags").toString()).contains("camping");
        assertThat(done.path("url").asText()).contains("/products/");
        assertThat(done.path("losses").size()).isPositive();
        List<ObjectNode> inShop = shopProducts(done.path("title").asText());
        assertThat(inShop).hasSize(1);
        assertThat(hub.post("/api/v1/imports", Map.of("source_url", url("1005000000000101")))
                        .status())
                .as("the product is in this shop already")
                .isEqualTo(409);
        assertThat(hub.items("/api/v1/imports/history?supplier=aliexpress&status=completed&limit=200")
                        .findValuesAsText("id"))
                .contains(done.path("id").asText());
    }

    @Test
    void shouldGiveTheHistoryAsAFileInWhichNoTitleIsAFormula() {
        JsonNode done = done(accept("1005000000000105", Map.of("title", "=cmd|' /C calc'!A0, \"lantern\"")));
        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        String filters = "&supplier=aliexpress&status=completed";
        int known = hub.items("/api/v1/imports/history?limit=200" + filters).size();

        String csv = text("/api/v1/imports/history?limit=1&format=csv" + filters);

        assertThat(csv).startsWith("product,supplier,cost,retail,margin,status,date,url,reason\r\n");
        assertThat(csv.lines()).hasSize(known + 1);
        assertThat(csv)
                .contains("\"'=cmd|' /C calc'!A0, \"\"lantern\"\"\",aliexpress,")
                .contains(" USD,")
                .contains(done.path("url").asText());
        assertThat(text("/api/v1/imports/history?format=csv&shop=none").lines()).hasSize(1);
        assertThat(hub.get("/api/v1/imports/history?format=xml").status()).isEqualTo(400);
    }

    @Test
    void shouldCountThisMonthsImportsBySupplier() {
        hub.sql()
                .sql("insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                        + " generation, state, step, margin_permille, reasons, created_at, updated_at)"
                        + " select 'default', ident, 'shopify', 'counted', ident, 'x', '{}', 'request', 1, s, 'created',"
                        + " m, '[]', at, at from (values"
                        + " ('counted1', 'completed', 500, current_timestamp), ('counted2', 'completed', 601,"
                        + " current_timestamp), ('counted3', 'failed', 900, current_timestamp), ('counted4',"
                        + " 'completed', 100, current_timestamp - interval '40' day)) as v(ident, s, m, at)")
                .update();
        try {
            JsonNode month = hub.get("/api/v1/imports/analytics").body();

            JsonNode counted = FlowHub.only(month.path("suppliers"), "supplier", "counted");
            assertThat(counted.path("imports").asInt()).isEqualTo(3);
            assertThat(counted.path("completed").asInt()).isEqualTo(2);
            assertThat(counted.path("failed").asInt()).isEqualTo(1);
            assertThat(counted.path("average_margin_percent").asDouble()).isEqualTo(55.1);
            assertThat(month.path("month").asText()).matches("20[0-9]{2}-[0-9]{2}");
            assertThat(month.path("suppliers")
                            .valueStream()
                            .mapToInt(one -> one.path("imports").asInt())
                            .sum())
                    .isEqualTo(month.path("imports").asInt());
        } finally {
            hub.sql().sql("delete from import_job where supplier = 'counted'").update();
        }
    }

    private String text(String path) {
        return new String(hub.bytes(path), StandardCharsets.UTF_8);
    }

    @Test
    void shouldMakeOneProductWhenTheShopFailsAfterCreating() {
        hub.sandbox().arm(new Fault("shopify", "POST", null, 0, 1, Kind.EFFECT_ANSWER, 500, null, "oops", 0));

        JsonNode done = done(accept("1005000000000102", Map.of()));

        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        assertThat(shopProducts(done.path("title").asText())).hasSize(1);
    }

    @Test
    void shouldShowWhatAnImportWouldMakeAndMakeNothing() {
        FlowHub.Reply preview = hub.post("/api/v1/products/preview", Map.of("source_url", url("1005000000000104")));

        assertThat(preview.status()).as("%s", preview.body()).isEqualTo(200);
        assertThat(preview.body().path("variants")).hasSize(105);
        assertThat(preview.body().path("variants").path(0).path("reasons").toString())
                .contains("cost");
        assertThat(preview.body().path("shipping").size()).isPositive();
        assertThat(shopProducts(preview.body().path("title").asText())).isEmpty();
    }

    @Test
    void shouldSayWhyAProductCannotBeImported() {
        JsonNode gone = done(accept("1005000000000106", Map.of()));

        assertThat(gone.path("status").asText()).isEqualTo("failed");
        assertThat(gone.path("reasons").toString()).contains("aliexpress");
        FlowHub.Reply unknown = hub.post("/api/v1/imports", Map.of("source_url", "https://shop.example/products/1"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().path("message").asText()).contains("source_url");
    }

    @Test
    void shouldAnswerARequestWithWhatTheSupplierSaid() {
        FlowHub.Reply gone = hub.post("/api/v1/products/preview", Map.of("source_url", url("1005000000000106")));
        assertThat(gone.status()).as("%s", gone.body()).isEqualTo(404);
        assertThat(gone.body().path("message").asText()).contains("aliexpress");
        hub.sandbox().arm(new Fault("aliexpress", null, null, 0, null, Kind.ANSWER, 503, null, "{}", 0));
        FlowHub.Reply away = hub.get("/api/v1/products/search?supplier=aliexpress&q=nothing");
        assertThat(away.status()).as("%s", away.body()).isEqualTo(503);
    }

    @Test
    void shouldFindProductsByWords() {
        FlowHub.Reply found = hub.get("/api/v1/products/search?supplier=aliexpress&q=lantern");

        assertThat(found.status()).as("%s", found.body()).isEqualTo(200);
        assertThat(found.body().path("items").findValuesAsText("product_id")).contains("1005000000000105");
        assertThat(hub.items("/api/v1/suppliers").findValuesAsText("supplier")).contains("aliexpress");
    }

    @Test
    void shouldUseWhatTheSupplierToldBeforeWhileItIsAway() {
        Map<String, Object> question = Map.of("source_url", url("1005000000000113"));
        assertThat(hub.post("/api/v1/products/preview", question).status()).isEqualTo(200);
        hub.sql()
                .sql("update product_cache set fetched_at = fetched_at - interval '2' day")
                .update();
        hub.sandbox().arm(new Fault("aliexpress", null, null, 0, null, Kind.RESET, null, null, null, 0));

        FlowHub.Reply preview = hub.post("/api/v1/products/preview", question);

        assertThat(preview.status()).as("%s", preview.body()).isEqualTo(200);
        assertThat(preview.body().path("stale").asBoolean()).isTrue();
    }

    private FlowHub.Reply accept(String product, Map<String, Object> wishes) {
        Map<String, Object> request = new java.util.LinkedHashMap<>(wishes);
        request.put("source_url", url(product));
        FlowHub.Reply accepted = hub.post("/api/v1/imports", request);
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        return accepted;
    }

    private JsonNode done(FlowHub.Reply accepted) {
        return hub.until(
                accepted.body().path("location").asText(),
                one -> List.of("completed", "failed")
                        .contains(one.path("status").asText()));
    }

    private List<ObjectNode> shopProducts(String title) {
        return hub.sandbox().state("shopify").list("products").stream()
                .filter(product -> product.path("title").asText().equals(title))
                .toList();
    }

    private static String url(String product) {
        return "https://www.aliexpress.com/item/" + product + ".html";
    }
}
