package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.cli.HubCommand;
import io.caravan.hub.config.imports.SearchImports;
import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.routes.policy.FlowHub;
import io.caravan.hub.routes.policy.FlowHub.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchFlowTest {

    private final FlowHub hub = FlowHub.shared();

    @AfterEach
    void clearFaults() {
        hub.sandbox().clearFaults();
    }

    @Test
    void shouldImportEachMatchOfSomeWordsAndTellEachOnesResult() {
        JsonNode batch = done(hub.post(
                "/api/v1/imports/search",
                Map.of("supplier", "cjdropshipping", "q", "outdoor", "shop", "woocommerce", "tags", List.of("camp"))));

        assertThat(batch.path("kind").asText()).isEqualTo("search");
        assertThat(batch.at("/search/q").asText()).isEqualTo("outdoor");
        assertThat(batch.path("total").asInt()).as("%s", batch).isEqualTo(7);
        assertThat(batch.path("read").asInt()).isEqualTo(7);
        assertThat(batch.path("completed").asInt()).as("%s", results(batch)).isEqualTo(6);
        assertThat(batch.path("failed").asInt())
                .as("one is found and gone when it is asked for")
                .isEqualTo(1);
        List<String> results = results(batch);
        assertThat(results).hasSize(8);
        assertThat(results.get(1)).startsWith("1,https://").contains(",completed,");
        JsonNode one =
                hub.get("/api/v1/imports/" + results.get(1).split(",")[2]).body();
        assertThat(one.path("origin").asText()).isEqualTo("search");
        assertThat(one.path("origin_id")).isEqualTo(batch.path("id"));
        assertThat(one.path("product").path("tags").toString()).contains("camp");

        JsonNode again = done(hub.post(
                "/api/v1/imports/search",
                Map.of("supplier", "cjdropshipping", "q", "outdoor", "shop", "woocommerce", "limit", 3)));

        assertThat(again.path("total").asInt()).isEqualTo(3);
        assertThat(again.path("skipped").asInt()).as("%s", again).isEqualTo(3);
    }

    @Test
    void shouldReadPageByPageAndGoOnWhereItWasKilled() {
        AccountId account = new AccountId("default");
        SearchImports searches = hub.bean(SearchImports.class);
        Map<String, Object> item =
                searches.accept(account, Map.of("supplier", "aliexpress", "q", "x", "limit", 5, "shop", "shopify"));
        Exchange exchange = new DefaultExchange(hub.camel());
        exchange.setVariable("account", account);

        Map<String, Object> first = searches.page(account, item, exchange);
        Unit.bind();
        try {
            assertThat(matches(searches, account, exchange, page("2", 1, 2))).hasSize(2);
        } finally {
            Unit.clear();
        }
        assertThat(searches.page(account, item, exchange)).isEqualTo(first).containsEntry("page", "");
        assertThat(matches(searches, account, exchange, page("2", 1, 2))).hasSize(2);
        assertThat(exchange.getVariable("more", boolean.class)).isTrue();
        assertThat(searches.page(account, item, exchange)).containsEntry("page", "2");
        assertThat(matches(searches, account, exchange, page("3", 2, 3)))
                .as("the supplier moved one of the first page to the second")
                .hasSize(1);
        assertThat(searches.page(account, item, exchange)).containsEntry("page", "3");
        assertThat(matches(searches, account, exchange, page("4", 4, 5, 6)))
                .as("up to the limit")
                .hasSize(1);
        assertThat(exchange.getVariable("more", boolean.class)).isFalse();
        searches.page(account, item, exchange);
        assertThat(exchange.getVariable("open", boolean.class)).isFalse();
        hub.sql()
                .sql("update import_job set state = 'failed' where origin_id = ?")
                .param(String.valueOf(item.get("batch_id")))
                .update();
    }

    @Test
    void shouldEndASearchThatTheSupplierRefusesAndSayWhy() {
        hub.sandbox()
                .arm(new Fault("cjdropshipping", null, "listV2", 0, null, Fault.Kind.ANSWER, 400, null, REFUSED, 0));

        JsonNode batch = done(hub.post("/api/v1/imports/search", Map.of("supplier", "cjdropshipping", "q", "pencil")));

        assertThat(batch.path("total").asInt()).isZero();
        assertThat(batch.path("reason").asText()).contains("cjdropshipping");
    }

    @Test
    void shouldRefuseASearchThatCannotBeImported() {
        assertThat(search(Map.of("supplier", "aliexpress")).status()).isEqualTo(400);
        assertThat(search(Map.of("supplier", "nobody", "q", "mug")).status()).isEqualTo(400);
        Reply many = search(Map.of("q", "mug", "limit", 101));
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.body().path("message").asText()).contains("at most 100");
        assertThat(search(Map.of("q", "mug", "shop", "nowhere")).status()).isEqualTo(400);
    }

    @Test
    void shouldImportASearchFromTheCommandLine(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "hub_flow-tests-alone-know-this-key");

        int exit = HubCommand.run(
                "import",
                "--search",
                "axolotl toy",
                "--supplier",
                "cj",
                "--limit",
                "2",
                "--shop",
                "woocommerce",
                "--url",
                hub.address("").toString(),
                "--key-file",
                key.toString());

        assertThat(exit).isZero();
        assertThat(hub.get("/api/v1/imports/history?supplier=cjdropshipping&shop=woocommerce&limit=200")
                        .body()
                        .path("items")
                        .findValuesAsText("title")
                        .toString())
                .contains("Axolotl");
        assertThat(HubCommand.run("import", "--url", hub.address("").toString(), "--key-file", key.toString()))
                .as("neither an address nor words")
                .isEqualTo(2);
    }

    private Reply search(Map<String, Object> request) {
        return hub.post("/api/v1/imports/search", request);
    }

    private static List<Map<String, Object>> matches(
            SearchImports searches, AccountId account, Exchange exchange, SupplierPage page) {
        return searches.matches(account, exchange.getVariable("search", ImportBatches.Search.class), page, exchange);
    }

    private static SupplierPage page(String next, int... products) {
        Money price = new Money(100, Currency.getInstance("USD"));
        return new SupplierPage(
                Arrays.stream(products)
                        .mapToObj(n -> new SupplierHit(
                                "aliexpress",
                                "100599900001000" + n,
                                URI.create("https://www.aliexpress.com/item/100599900001000" + n + ".html"),
                                "thing " + n,
                                null,
                                price,
                                price,
                                null,
                                null))
                        .toList(),
                null,
                next,
                List.of());
    }

    private JsonNode done(Reply accepted) {
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        return hub.until(
                accepted.body().path("location").asText(),
                batch -> batch.path("status").asText().equals("completed"));
    }

    private List<String> results(JsonNode batch) {
        return new String(hub.bytes(batch.path("results").asText()), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static final String REFUSED =
            "{\"code\": 1600300, \"result\": false, \"message\": \"Param error\", \"data\": null, \"requestId\": \"x\"}";
}
