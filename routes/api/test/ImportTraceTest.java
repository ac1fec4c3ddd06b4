package io.caravan.hub.routes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.api.Client.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The story of an import, from the supplier's product to what the shop has and who was told. */
class ImportTraceTest {

    private final FlowHub hub = FlowHub.shared();
    private final Client client = Client.admin(hub);

    @Test
    void shouldTellTheStoryOfAnImportFromTheSupplierToItsEvent() {
        JsonNode done = imported("1005000000000101");
        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        String path = "/api/v1/trace/" + done.path("id").asText();
        await("the event is told")
                .atMost(FlowHub.PATIENCE)
                .until(() -> FlowHub.only(steps(client.get(path)), "step", "event.product.created")
                        .path("outcome")
                        .asText()
                        .equals("published"));

        Answer story = client.get(path);

        assertThat(story.status()).as(story.text()).isEqualTo(200);
        JsonNode nodes = story.body().path("lineage");
        assertThat(nodes.findValuesAsText("kind"))
                .startsWith("supplier-product", "import", "picture")
                .endsWith("shop-product");
        assertThat(FlowHub.only(nodes, "kind", "supplier-product").path("id").asText())
                .isEqualTo("1005000000000101");
        assertThat(FlowHub.only(nodes, "kind", "shop-product").path("id").asText())
                .isEqualTo(done.path("shop_product_id").asText());
        assertThat(steps(story).findValuesAsText("step"))
                .containsSubsequence("import.accepted", "import.fetched", "import.illustrated")
                .containsSubsequence("import.fetched", "import.priced", "import.created")
                .contains("woocommerce.product", "woocommerce.variants", "event.product.created");
        assertThat(steps(story).findValuesAsText("at").stream().map(Instant::parse))
                .isSorted();
        assertThat(FlowHub.only(steps(story), "step", "import.priced")
                        .path("reason")
                        .asText())
                .isEqualTo("the file import-pricing.yaml");
        JsonNode effect = FlowHub.only(steps(story), "step", "woocommerce.product");
        assertThat(effect.path("outcome").asText()).isEqualTo("confirmed");
        assertThat(effect.path("vendor").asText()).isEqualTo("woocommerce");
        assertThat(effect.path("attempts").asInt()).isPositive();
        assertThat(story.body().path("totals").path("duration_ms").asLong()).isPositive();
    }

    @Test
    void shouldSayInTheStoryWhyAnImportFailed() {
        JsonNode failed = imported("1005000000000106");
        assertThat(failed.path("status").asText()).isEqualTo("failed");

        Answer story = client.get("/api/v1/trace/" + failed.path("id").asText());

        JsonNode last = FlowHub.only(steps(story), "step", "import.failed");
        assertThat(last.path("outcome").asText()).isEqualTo("failed");
        assertThat(last.path("reason").asText()).contains("aliexpress");
        assertThat(steps(story).findValuesAsText("outcome")).contains("dead");
        assertThat(story.body().path("lineage").findValuesAsText("kind")).containsExactly("supplier-product", "import");
    }

    private static JsonNode steps(Answer story) {
        return story.body().path("steps");
    }

    private JsonNode imported(String product) {
        Answer accepted = client.send(
                "POST",
                "/api/v1/imports",
                Map.of("source_url", "https://www.aliexpress.com/item/" + product + ".html", "shop", "woocommerce"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        return hub.until(
                accepted.body().path("location").asText(),
                one -> List.of("completed", "failed")
                        .contains(one.path("status").asText()));
    }
}
