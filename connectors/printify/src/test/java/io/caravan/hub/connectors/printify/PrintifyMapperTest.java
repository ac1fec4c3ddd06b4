package io.caravan.hub.connectors.printify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintifyMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintifyProductMapper mapper = new PrintifyProductMapper();

    @Test
    void shouldWriteEveryFieldOfAProduct() throws Exception {
        PrintifyCall call = mapper.create(request(), Map.of(), connection(Map.of()), "ref1");

        assertThat(call.path()).isEqualTo("/v1/shops/7/products.json");
        assertThat(JSON.readTree(call.payload())).isEqualTo(JSON.readTree("""
                {"title":"Moss tee","description":"A tee with moss","blueprint_id":6,"print_provider_id":29,
                 "variants":[{"id":11,"price":2499,"is_enabled":true},{"id":12,"price":2499,"is_enabled":true}],
                 "print_areas":[{"variant_ids":[11,12],"placeholders":[{"position":"back",
                   "images":[{"id":"u1","x":0.5,"y":0.5,"scale":1,"angle":0}]}]}],
                 "tags":["moss","ref-ref1"]}"""));
    }

    @Test
    void shouldPreferTheVariantsOfTheRequest() throws Exception {
        Map<String, Object> request = new HashMap<>(request());
        request.put("variant_ids", List.of(99));
        JsonNode product = JSON.readTree(
                mapper.create(request, Map.of(), connection(Map.of()), "r").payload());
        assertThat(product.at("/print_areas/0/variant_ids").toString()).isEqualTo("[99]");
    }

    @ParameterizedTest
    @CsvSource({
        "upload_id, ../1, upload_id",
        "upload_id, '', upload_id",
        "title, '', title",
        "description, '', description",
        "price, 0, price"
    })
    void shouldNameTheFieldThatIsWrong(String field, String value, String named) {
        Map<String, Object> request = new HashMap<>(request());
        request.put(field, value);
        assertThatThrownBy(() -> mapper.create(request, Map.of(), connection(Map.of()), "r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void shouldReadEveryFieldOfAProduct() {
        VendorObject product = mapper.product(Map.of(
                "id",
                "65a0",
                "title",
                "Moss tee",
                "is_locked",
                true,
                "options",
                List.of(
                        Map.of(
                                "name",
                                "Colors",
                                "type",
                                "color",
                                "values",
                                List.of(Map.of("id", 521, "title", "White"))),
                        Map.of(
                                "name",
                                "Sizes",
                                "type",
                                "size",
                                "values",
                                List.of(Map.of("id", 14, "title", "S"), Map.of("id", 15, "title", "M")))),
                "variants",
                List.of(
                        variant(1, "s1", 900, List.of(521, 14), true),
                        variant(2, "s2", 950, List.of(521, 15), true),
                        variant(3, "s3", 999, List.of(521, 99), false))));
        assertThat(product.id()).isEqualTo("65a0");
        assertThat(product.state()).isEqualTo("locked");
        assertThat(product.facts())
                .isEqualTo(Map.of(
                        "product_id",
                        "65a0",
                        "title",
                        "Moss tee",
                        "base_cost_minor",
                        950L,
                        "variants",
                        List.of(
                                fact(1, "s1", 900, Map.of("Color", "White", "Size", "S")),
                                fact(2, "s2", 950, Map.of("Color", "White", "Size", "M")))));
    }

    private static Map<String, Object> variant(int id, String sku, int cost, List<Integer> options, boolean enabled) {
        return Map.of(
                "id",
                id,
                "sku",
                sku,
                "title",
                "T" + id,
                "cost",
                cost,
                "price",
                2000,
                "options",
                options,
                "is_enabled",
                enabled);
    }

    private static Map<String, Object> fact(long id, String sku, long cost, Map<String, Object> options) {
        return Map.of(
                "id", id, "sku", sku, "title", "T" + id, "options", options, "cost_minor", cost, "price_minor", 2000L);
    }

    @Test
    void shouldKeepOnlyTheVariantsThatFitTheFilter() {
        List<Object> all = List.of(
                Map.of("id", 1, "title", "a", "options", Map.of("color", "White", "size", "S")),
                Map.of("id", 2, "title", "b", "options", Map.of("color", "White", "size", "M")),
                Map.of("id", 3, "title", "c", "options", Map.of("color", "Red", "size", "M")));
        Map<String, String> filter = Map.of("variantIds", "", "variantFilter", "color=white|black; size=M");
        assertThat(Variants.offered(all, connection(filter)))
                .extracting(one -> one.get("id"))
                .containsExactly(2L);
        assertThatThrownBy(() -> Variants.offered(all, connection(Map.of("variantIds", "8"))))
                .hasMessageContaining("leave none");
    }

    @Test
    void shouldReadOnWhenAPageIsNotInOrder() {
        PageSearch search = new PageSearch(
                "/p", 50, "created_at", one -> false, mapper::product, Instant.parse("2026-11-20T00:00:00Z"));
        search.take(page("2020-01-01 00:00:00+00:00", "2020-01-02 00:00:00+00:00"));
        assertThat(search.more()).isTrue();
        search.take(page("2020-01-02 00:00:00+00:00", "2020-01-01 00:00:00+00:00"));
        assertThat(search.more()).isFalse();
    }

    private static Map<String, Object> page(String... times) {
        return Map.of(
                "last_page",
                9,
                "data",
                List.of(Map.of("id", "a", "created_at", times[0]), Map.of("id", "b", "created_at", times[1])));
    }

    private static Map<String, Object> request() {
        return Map.of(
                "title", "Moss tee",
                "description", "A tee with moss",
                "upload_id", "u1",
                "tags", List.of("moss"),
                "price", Map.of("amount_minor", 2499, "currency", "USD"));
    }

    private static Connection connection(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "shopId", "7",
                "blueprintId", "6",
                "printProviderId", "29",
                "variantIds", "11,12",
                "printAreaPosition", "back"));
        settings.putAll(more);
        return new Connection(
                "c",
                new AccountId("acme"),
                "printify",
                Mode.SANDBOX,
                URI.create("http://127.0.0.1:1"),
                Map.of("apiToken", "t"),
                settings);
    }
}
