package io.caravan.hub.routes.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.Fault.Kind;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a shop does with a request that changes it, and with whichever of them: one product, with all its variants. */
class ShopFaultsTest {

    private static final FlowHub HUB = FlowHub.shared();
    private static final Map<String, String> TITLE = Map.of("shopify", "title", "woocommerce", "name");

    /** Of a product's requests the first ones that are sent by POST; later ones are repeats of these kinds. */
    private static final List<Integer> POSITIONS = List.of(0, 1, 2);

    static Stream<Arguments> faults() {
        return Stream.of("shopify", "woocommerce")
                .flatMap(shop -> Stream.of(
                                Kind.EFFECT_ANSWER, Kind.EFFECT_HANG, Kind.EFFECT_RESET, Kind.CUT, Kind.LATE_EFFECT)
                        .flatMap(kind -> POSITIONS.stream().map(after -> Arguments.of(shop, kind, after))));
    }

    /** A file of products of which each case takes one, since a product is in a shop only once. */
    @BeforeAll
    static void productsToSell() throws IOException {
        StringBuilder csv =
                new StringBuilder("product_id,title,cost,currency,stock,option1_name,option1_value,variant_id\n");
        faults().forEach(one -> {
            for (String size : List.of("S", "M", "L")) {
                csv.append("%s,%s,4.50,USD,10,Size,%s,%s-%s\n".formatted(id(one), title(one), size, id(one), size));
            }
        });
        Path file = HUB.config().resolve("suppliers/faults.csv");
        Files.createDirectories(HUB.config().resolve("suppliers"));
        Files.writeString(file, csv);
        TITLE.keySet().forEach(shop -> setting(shop, 50));
    }

    @AfterAll
    static void asBefore() throws IOException {
        Files.delete(HUB.config().resolve("suppliers/faults.csv"));
        TITLE.keySet().forEach(shop -> setting(shop, 1_500));
    }

    @AfterEach
    void clear() {
        HUB.sandbox().clearFaults();
    }

    @ParameterizedTest(name = "{0}: {1} at request {2}")
    @MethodSource("faults")
    void shouldMakeOneProduct(String shop, Kind kind, int after) {
        Arguments one = Arguments.of(shop, kind, after);
        // a late effect comes long before the settle time is over, also when a busy machine delays it
        int delayMs = kind == Kind.LATE_EFFECT ? 100 : 300;
        HUB.sandbox().arm(new Fault(shop, "POST", null, after, 1, kind, 500, null, "oops", delayMs));

        FlowHub.Reply accepted = HUB.post(
                "/api/v1/imports",
                Map.of("source_url", "https://supplier-csv.invalid/faults_" + id(one), "shop", shop));
        assertThat(accepted.status()).as("%s", accepted.body()).isEqualTo(202);
        JsonNode done = HUB.until(
                accepted.body().path("location").asText(),
                now -> List.of("completed", "failed")
                        .contains(now.path("status").asText()));

        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
        assertThat(done.path("variants").asInt()).isEqualTo(3);
        List<ObjectNode> made = HUB.sandbox().state(shop).list("products").stream()
                .filter(product -> product.path(TITLE.get(shop)).asText().equals(title(one)))
                .filter(product -> !product.path("status").asText().equals("trash"))
                .toList();
        assertThat(made).hasSize(1);
        assertThat(made.get(0).path("status").asText().toLowerCase(java.util.Locale.ROOT))
                .isIn("active", "publish");
    }

    private static String id(Arguments one) {
        return one.get()[0] + "-" + one.get()[1].toString().toLowerCase(java.util.Locale.ROOT) + "-" + one.get()[2];
    }

    private static String title(Arguments one) {
        return "Lamp " + id(one).replace('_', ' ').replace('-', ' ');
    }

    private static void setting(String shop, long lagMs) {
        HUB.sandbox().state(shop).put("settings", shop, SandboxState.object().put("lag_ms", lagMs));
    }
}
