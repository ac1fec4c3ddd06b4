package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.cli.HubCommand;
import io.caravan.hub.config.imports.BulkImports;
import io.caravan.hub.config.imports.ImportRequests;
import io.caravan.hub.config.store.ImportBatches;
import io.caravan.hub.config.store.ImportQuota;
import io.caravan.hub.config.store.Imports;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkFlowTest {

    private static final String NAMES = "source_url,markup_percent,tags,shop\n";

    private final FlowHub hub = FlowHub.shared();

    @Test
    void shouldImportEachProductOfAFileOnceAndTellTheResultOfEachRow() {
        String csv = NAMES
                + url("1005000000000103") + ",60,desk;phone,woocommerce\n"
                + url("1005000000000103") + ",,,woocommerce\n"
                + "\"=HYPERLINK(\"\"https://x.example\"\")\",,,\n"
                + url("1005000000000107") + ",many,,woocommerce\n"
                + "https://shop.example/products/1,,,woocommerce\n"
                + url("1005000000000101") + ",,,nowhere\n";

        JsonNode batch = done(hub.file("/api/v1/imports/bulk", csv));

        assertThat(counts(batch)).as("%s", batch).containsExactly(6, 6, 1, 4, 1, 1, 0);
        List<String> results = results(batch);
        assertThat(results).hasSize(7);
        assertThat(results.get(0)).isEqualTo("line,source_url,import_id,status,reason,shop_product_id,url");
        assertThat(results.get(1)).startsWith("2,https://www.aliexpress.com/").contains(",completed,,");
        assertThat(results.get(2)).startsWith("3,").contains(",skipped,the same product as in line 2,");
        assertThat(results.get(3)).startsWith("4,\"'=HYPERLINK(").contains(",refused,");
        assertThat(results.get(4)).contains(",refused,").contains("line 5, markup_percent: is");
        assertThat(results.get(5)).contains("line 6, source_url: shows no product");
        assertThat(results.get(6)).contains("line 7, shop: there is no nowhere");
        String id = results.get(1).split(",")[2];
        JsonNode done = hub.get("/api/v1/imports/" + id).body();
        assertThat(done.path("origin").asText()).isEqualTo("bulk");
        assertThat(done.path("origin_id")).isEqualTo(batch.path("id"));
        assertThat(done.path("product").path("tags").toString()).contains("desk", "phone");

        JsonNode again = done(hub.file("/api/v1/imports/bulk", csv));

        assertThat(counts(again)).as("%s", again).containsExactly(6, 6, 0, 4, 2, 0, 0);
        assertThat(results(again).get(1)).contains(id + ",skipped,").contains("is in woocommerce already");
    }

    @Test
    void shouldTakeAFileOfManyRowsThatNoOtherRequestMayHave() {
        String rows = IntStream.range(0, 5_200)
                .mapToObj(n -> "https://shop.example/products/" + n + ",," + "x".repeat(220) + ",\n")
                .collect(Collectors.joining());
        assertThat(rows.length()).isGreaterThan(1_100_000);

        JsonNode batch = done(hub.file("/api/v1/imports/bulk", NAMES + rows));

        assertThat(counts(batch)).containsExactly(5_200, 5_200, 0, 5_200, 0, 0, 0);
        assertThat(results(batch)).hasSize(5_201);
        assertThat(results(batch).get(5_200)).startsWith("5201,https://shop.example/products/5199,");
        assertThat(hub.file("/api/v1/imports", NAMES + rows).status()).isEqualTo(413);
    }

    @Test
    void shouldRefuseWhatIsNoFileOfProducts() {
        assertThat(hub.file("/api/v1/imports/bulk", "url,price\nx,1\n").status())
                .isEqualTo(400);
        assertThat(hub.file("/api/v1/imports/bulk", "url,price\nx,1\n")
                        .body()
                        .path("message")
                        .asText())
                .contains("line 1: the column \"url\" is not known");
        assertThat(hub.file("/api/v1/imports/bulk", NAMES)
                        .body()
                        .path("message")
                        .asText())
                .contains("no rows");
        assertThat(hub.file("/api/v1/imports/bulk", "").status()).isEqualTo(400);
        assertThat(hub.post("/api/v1/imports/bulk", Map.of("source_url", "x")).status())
                .isEqualTo(415);
        assertThat(hub.file("/api/v1/imports", NAMES).status()).isEqualTo(415);
        assertThat(hub.get("/api/v1/imports/batches/aaaaaaaaaaaaaaaaaaaaaaaaaa").status())
                .isEqualTo(404);
    }

    @Test
    void shouldGoOnWhereItWasKilledAndLetNoMoreWaitThanAllowed() {
        AccountId account = new AccountId("default");
        BulkImports bulk = new BulkImports(
                hub.bean(ImportRequests.class),
                hub.bean(Imports.class),
                hub.bean(ImportBatches.class),
                hub.bean(ImportQuota.class),
                hub.bean(ObjectStore.class),
                2);
        String csv = NAMES
                + IntStream.range(0, 5)
                        .mapToObj(n -> url("100599900000000" + n) + ",,,woocommerce\n")
                        .collect(Collectors.joining());
        Map<String, Object> item = bulk.accept(account, csv.getBytes(StandardCharsets.UTF_8));
        String batch = String.valueOf(item.get("batch_id"));
        Exchange exchange = new DefaultExchange(hub.camel());

        Unit.bind();
        List<Map<String, Object>> killed;
        try {
            killed = bulk.next(account, item, 0, exchange);
        } finally {
            Unit.clear();
        }
        List<Map<String, Object>> first = bulk.next(account, item, 0, exchange);

        assertThat(first).hasSize(2).isEqualTo(killed);
        assertThat(exchange.getVariable("more", boolean.class)).isTrue();
        assertThat(bulk.next(account, item, 0, exchange)).isEmpty();
        assertThat(exchange.getVariable("later", boolean.class)).isTrue();
        over(batch);
        assertThat(bulk.next(account, item, 0, exchange)).hasSize(2);
        over(batch);
        assertThat(bulk.next(account, item, 0, exchange)).hasSize(1);
        assertThat(exchange.getVariable("more", boolean.class)).isFalse();
        over(batch);
        assertThat(bulk.next(account, item, 0, exchange)).isEmpty();
        assertThat(counts(hub.get("/api/v1/imports/batches/" + batch).body())).containsExactly(5, 5, 5, 0, 0, 0, 5);
    }

    private void over(String batch) {
        hub.sql()
                .sql("update import_job set state = 'failed' where origin_id = ?")
                .param(batch)
                .update();
    }

    @Test
    void shouldSendAFileFromTheCommandLineAndWriteItsResultsBesideIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pets.csv"), NAMES + "https://shop.example/1,,,\n");
        Path key = Files.writeString(folder.resolve("key"), "hub_flow-tests-alone-know-this-key");

        int exit = HubCommand.run(
                "import", file.toString(), "--url", hub.address("").toString(), "--key-file", key.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(Files.readAllLines(folder.resolve("pets.results.csv")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("2,https://shop.example/1,,refused,");
    }

    private JsonNode done(FlowHub.Reply accepted) {
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        hub.finished(accepted);
        return hub.until(
                accepted.body().path("location").asText(),
                batch -> batch.path("status").asText().equals("completed"));
    }

    private static List<Integer> counts(JsonNode batch) {
        return List.of("total", "read", "accepted", "refused", "skipped", "completed", "failed").stream()
                .map(name -> batch.path(name).asInt(-1))
                .toList();
    }

    private List<String> results(JsonNode batch) {
        return new String(hub.bytes(batch.path("results").asText()), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String url(String product) {
        return "https://www.aliexpress.com/item/" + product + ".html";
    }
}
