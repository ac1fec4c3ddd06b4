package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More products than the shop's bucket of points holds: they wait for points, and do not take them from each other. */
class ShopifyThrottleTest {

    private static final int PRODUCTS = 25;
    private static final int VARIANTS = 6;

    private final FlowHub hub =
            FlowHub.setup().edit("limits.yaml", FlowHub.PATIENT_SHOPIFY, "{}").start();

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void shouldReadAProductHardlyOftenerThanItHasTo() throws IOException {
        StringBuilder csv =
                new StringBuilder("product_id,title,cost,currency,stock,option1_name,option1_value,variant_id\n");
        for (int product = 0; product < PRODUCTS; product++) {
            for (int size = 0; size < VARIANTS; size++) {
                csv.append(
                        "%d,Throttled %d,4.50,USD,10,Size,%d,%d-%d\n".formatted(product, product, size, product, size));
            }
        }
        Path folder = Files.createDirectories(hub.config().resolve("suppliers"));
        Files.writeString(folder.resolve("many.csv"), csv);
        hub.sandbox()
                .state("shopify")
                .put("settings", "shopify", SandboxState.object().put("lag_ms", 50));

        for (int product = 0; product < PRODUCTS; product++) {
            assertThat(hub.post(
                                    "/api/v1/imports",
                                    Map.of(
                                            "source_url",
                                            "https://supplier-csv.invalid/many_" + product,
                                            "shop",
                                            "shopify"))
                            .status())
                    .isEqualTo(202);
        }

        await("all of them are live").atMost(FlowHub.PATIENCE).until(() -> live() == PRODUCTS);
        assertThat(asked("query Locations"))
                .as("runs that read where a product stands; each completes it when nothing is in the way")
                .isLessThanOrEqualTo(PRODUCTS * 2);
    }

    private long live() {
        return hub.sandbox().state("shopify").list("products").stream()
                .filter(product -> product.path("status").asText().equals("ACTIVE"))
                .count();
    }

    private int asked(String what) {
        return hub.asked("shopify", "/admin/api/2026-10/graphql.json", what).size();
    }
}
