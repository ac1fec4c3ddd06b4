package io.caravan.hub.routes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.cli.HubCommand;
import io.caravan.hub.routes.api.Client.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A shop's own pricing rules, what imports make of them, and what they would make of what is there. */
class ShopPricingTest {

    private static final String PRICING = "/api/v1/shops/woocommerce/pricing";
    private static final Map<String, Object> EIGHTY =
            Map.of("markup", Map.of("mode", "percentage", "percent", 80), "floor_margin_percent", 10);

    private final FlowHub hub = FlowHub.shared();
    private final Client client = Client.admin(hub);

    @AfterEach
    void backToTheFile() {
        client.send("DELETE", PRICING, null);
        hub.sql().sql("delete from import_job where supplier = 'trial'").update();
    }

    @Test
    void shouldKeepVersionsAndRefuseToOverwriteAnothersChange() {
        Answer file = client.get(PRICING);
        assertThat(file.body().path("source").asText()).isEqualTo("file");
        int before = file.body().path("version").asInt();
        assertThat(file.header("ETag")).isEqualTo("\"" + before + "\"");
        assertThat(file.body().path("effective").path("markup").path("percent").asInt())
                .isEqualTo(120);

        Answer first = client.send("PUT", PRICING, EIGHTY, "If-Match", "\"" + before + "\"");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.body().path("version").asInt()).isEqualTo(before + 1);
        assertThat(first.body().path("effective").path("markup").path("percent").asInt())
                .isEqualTo(80);
        assertThat(first.body().path("effective").path("currencies").has("USD"))
                .as("what is left out is as in the file")
                .isTrue();
        assertThat(client.send("PUT", PRICING, EIGHTY).header("ETag"))
                .as("the same again is no new version")
                .isEqualTo(first.header("ETag"));
        Answer late = client.send("PUT", PRICING, Map.of("floor_margin_percent", 5), "If-Match", "\"" + before + "\"");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.body().path("code").asText()).isEqualTo("precondition-failed");
        assertThat(client.send("DELETE", PRICING, null, "If-Match", "\"" + before + "\"")
                        .status())
                .isEqualTo(412);
        assertThat(client.send("DELETE", PRICING, null, "If-Match", first.header("ETag"))
                        .status())
                .isEqualTo(204);
        assertThat(client.get(PRICING).body().path("source").asText()).isEqualTo("file");
        assertThat(client.get(PRICING).body().path("version").asInt()).isEqualTo(before + 2);
        assertThat(client.send("DELETE", PRICING, null).status()).isEqualTo(404);
    }

    static Stream<Arguments> wrongRules() {
        Map<String, Object> yen = new LinkedHashMap<>(
                Map.of("floor", 680.5, "fixed_markup", 1200, "tiers", List.of(), "step", 100, "endings", List.of(80)));
        Map<String, Object> dollars = new LinkedHashMap<>(
                Map.of("floor", 1, "fixed_markup", 1, "tiers", List.of(), "step", 1, "endings", List.of(1.99)));
        return Stream.of(
                Arguments.of(Map.of("currencies", Map.of("JPY", yen)), "currencies", "JPY"),
                Arguments.of(Map.of("currencies", Map.of("USD", dollars)), "currencies", "USD"),
                Arguments.of(Map.of("currencies", Map.of("XQQ", dollars)), "currencies", "XQQ"));
    }

    @ParameterizedTest
    @MethodSource("wrongRules")
    void shouldNameTheRuleAndTheFieldThatCannotBe(Map<String, Object> rules, String rule, String field) {
        Answer answer = client.send("PUT", PRICING, rules);

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo("invalid-pricing");
        JsonNode error = answer.body().path("details").path("errors").path(0);
        assertThat(error.path("rule").asText()).as(answer.text()).isEqualTo(rule);
        assertThat(error.path("at").asText() + error.path("message").asText()).contains(field);
    }

    @Test
    void shouldRefuseWhatIsNoRule() {
        assertThat(client.send("PUT", PRICING, Map.of("markup", Map.of("mode", "tripled", "percent", 1)))
                        .text())
                .contains("/markup/mode");
        assertThat(client.send("PUT", PRICING, Map.of("floor_margin_percent", 96))
                        .text())
                .contains("floor_margin_percent");
        assertThat(client.send("PUT", PRICING, Map.of("mark_up", 3)).status()).isEqualTo(400);
        assertThat(client.get("/api/v1/shops/etsy/pricing").status()).isEqualTo(404);
        assertThat(client.with("viewer").send("PUT", PRICING, EIGHTY).status()).isEqualTo(403);
    }

    @Test
    void shouldPriceImportsByTheShopsRulesAndSayByWhich() {
        Map<String, Object> question =
                Map.of("source_url", "https://www.aliexpress.com/item/1005000000000105.html", "shop", "woocommerce");
        assertThat(reasons(client.send("POST", "/api/v1/products/preview", question)
                        .body()))
                .contains("rules: the file import-pricing.yaml");

        int version = client.send("PUT", PRICING, EIGHTY).body().path("version").asInt();

        String rules = "rules of woocommerce, version " + version;
        assertThat(reasons(client.send("POST", "/api/v1/products/preview", question)
                        .body()))
                .contains("rules: " + rules)
                .contains("80% of the cost");
        JsonNode done = imported(question);
        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        assertThat(done.path("pricing").asText()).isEqualTo(rules);
        assertThat(done.path("price_reasons").toString()).contains("80% of the cost");
        JsonNode wished = imported(Map.of(
                "source_url",
                "https://www.aliexpress.com/item/1005000000000102.html",
                "shop",
                "woocommerce",
                "markup_percent",
                50));
        assertThat(wished.path("pricing").asText()).isEqualTo("markup as the request wished, else " + rules);
    }

    private static String reasons(JsonNode preview) {
        return preview.path("variants").path(0).path("reasons").toString();
    }

    private JsonNode imported(Map<String, Object> question) {
        Answer accepted = client.send("POST", "/api/v1/imports", question);
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        return hub.until(
                accepted.body().path("location").asText(),
                one -> List.of("completed", "failed")
                        .contains(one.path("status").asText()));
    }

    /** So many products with one variant each: cost 10 dollars, sold for 9.99, 11.99 and 22.99 in turn. */
    private void catalogue(int products) {
        String product = "{\"id\": \"p\", \"title\": \"A lamp\", \"description_html\": \"\", \"brand\": \"\","
                + " \"product_type\": \"\", \"tags\": [], \"options\": [], \"variants\": [{\"key\": \"k\", \"sku\":"
                + " \"S\", \"options\": {}, \"cost\": {\"minor\": 1000, \"currency\": \"USD\"}, \"price\": {\"minor\":"
                + " @, \"currency\": \"USD\"}, \"supplier_id\": \"s\", \"order_key\": \"o\"}], \"images\": [],"
                + " \"supplier\": \"trial\", \"supplier_id\": \"1\", \"source_url\": \"x\"}";
        for (int i = 0; i < products; i++) {
            hub.sql()
                    .sql("insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                            + " generation, state, step, product, reasons, created_at, updated_at) values ('default', ?,"
                            + " 'woocommerce', 'trial', ?, 'x', '{}', 'request', 1, 'completed', 'created', ?, '[]',"
                            + " current_timestamp, current_timestamp)")
                    .params(
                            String.format("trial%05d", i),
                            "" + i,
                            product.replace("@", List.of("999", "1199", "2299").get(i % 3)))
                    .update();
        }
    }

    @Test
    void shouldShowWhatRulesWouldMakeOfTheWholeCatalogueAndChangeNothing() {
        hub.sql().sql("delete from import_job where shop = 'woocommerce'").update();
        catalogue(130);

        Answer answer = client.send("POST", PRICING + "/dry-run", Map.of("rules", EIGHTY));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("pricing").asText()).isEqualTo("the rules of the request");
        assertThat(answer.body().path("items")).hasSize(130);
        JsonNode row = answer.body().path("items").path(0);
        assertThat(row.path("before").path("amount_minor").asLong()).isEqualTo(999);
        assertThat(row.path("after").path("amount_minor").asLong()).isEqualTo(1899);
        assertThat(row.path("change").path("amount_minor").asLong()).isEqualTo(900);
        assertThat(row.path("margin_percent").asDouble()).isEqualTo(47.3);
        assertThat(row.path("margin_before_percent").asDouble()).isEqualTo(-0.1);
        JsonNode totals = answer.body().path("totals");
        assertThat(totals.path("products").asInt()).isEqualTo(130);
        assertThat(totals.path("up").asInt()).isEqualTo(87);
        assertThat(totals.path("down").asInt()).isEqualTo(43);
        assertThat(totals.path("at_loss_before").asInt()).isEqualTo(44);
        assertThat(totals.path("below_floor_before").asInt()).isEqualTo(44);
        assertThat(totals.path("at_loss").asInt()).isZero();
        assertThat(totals.path("below_floor").asInt()).isZero();
        assertThat(totals.path("average_margin_percent").asDouble()).isEqualTo(47.3);
        assertThat(answer.body().path("next").isNull()).isTrue();
        assertThat(client.get(PRICING).body().path("source").asText()).isEqualTo("file");
        assertThat(client.send("POST", PRICING + "/dry-run", null)
                        .body()
                        .path("pricing")
                        .asText())
                .isEqualTo("the file import-pricing.yaml");
    }

    @Test
    void shouldGiveTheCatalogueInPagesToWhoAsksForPages() {
        hub.sql().sql("delete from import_job where shop = 'woocommerce'").update();
        catalogue(110);

        Answer first = client.send("POST", PRICING + "/dry-run?limit=60", Map.of());
        String next = first.body().path("next").asText();
        Answer second = client.send("POST", PRICING + "/dry-run?limit=60&cursor=" + next, Map.of());

        assertThat(first.body().path("items")).hasSize(60);
        assertThat(first.body().path("totals").path("products").asInt()).isEqualTo(60);
        assertThat(second.body().path("items")).hasSize(50);
        assertThat(second.body().path("next").isNull()).isTrue();
        assertThat(second.body().path("items").findValuesAsText("import_id"))
                .doesNotContainAnyElementsOf(first.body().path("items").findValuesAsText("import_id"));
    }

    @Test
    void shouldSayInARowWhatCannotBePriced() {
        hub.sql().sql("delete from import_job where shop = 'woocommerce'").update();
        catalogue(1);
        hub.sql()
                .sql(
                        "update import_job set product = replace(product, '\"price\": {\"minor\": 999, \"currency\": \"USD\"',"
                                + " '\"price\": {\"minor\": 999, \"currency\": \"CHF\"') where supplier = 'trial'")
                .update();

        JsonNode answer = client.send("POST", PRICING + "/dry-run", Map.of()).body();

        assertThat(answer.path("items").path(0).path("error").asText()).contains("CHF");
        assertThat(answer.path("totals").path("unpriced").asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowADryRunOnTheCommandLine(@TempDir Path folder) throws Exception {
        hub.sql().sql("delete from import_job where shop = 'woocommerce'").update();
        catalogue(3);
        Path key = Files.writeString(folder.resolve("key"), "hub_flow-tests-alone-know-this-key");
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"), "markup: {mode: percentage, percent: 80}\nfloor_margin_percent: 10\n");
        String url = hub.address("/").toString();

        String table = line(
                "pricing",
                "dry-run",
                "--shop",
                "woocommerce",
                "--rules",
                rules.toString(),
                "--url",
                url,
                "--key-file",
                key.toString());
        String json = line("pricing", "dry-run", "--output", "json", "--url", url, "--key-file", key.toString());

        assertThat(table).contains("A lamp", "9.99 USD", "18.99 USD", "47.3%", "at loss before");
        JsonNode all = Client.JSON.readTree(json);
        assertThat(all.path("shops").findValuesAsText("shop")).contains("woocommerce", "shopify");
        assertThat(HubCommand.run(
                        "pricing", "dry-run", "--shop", "nowhere", "--url", url, "--key-file", key.toString()))
                .isEqualTo(5);
    }

    private static String line(String... words) {
        String said = CommandLineTest.said(words);
        assertThat(said).startsWith("0 ");
        return said.substring(2);
    }
}
