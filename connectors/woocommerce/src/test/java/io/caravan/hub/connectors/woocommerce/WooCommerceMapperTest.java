package io.caravan.hub.connectors.woocommerce;

import static io.caravan.hub.connectors.woocommerce.WooFixture.BLUE;
import static io.caravan.hub.connectors.woocommerce.WooFixture.RED;
import static io.caravan.hub.connectors.woocommerce.WooFixture.REF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Product;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WooCommerceMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final WooCommerceProductMapper mapper = new WooCommerceProductMapper();

    @Test
    void shouldWriteADraftFieldByField() throws Exception {
        WooCommerceCall call = mapper.create(WooFixture.mug(), live(Map.of()), REF);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/wp-json/wc/v3/products");
        JsonNode sent = JSON.readTree(call.payload());
        assertThat(sent.path("name").asText()).isEqualTo("Moss & Friends' Mug");
        assertThat(sent.path("type").asText()).isEqualTo("variable");
        assertThat(sent.path("status").asText()).isEqualTo("draft");
        assertThat(sent.path("sku").asText()).isEqualTo("crv-" + REF);
        assertThat(sent.path("description").asText()).isEqualTo("<p>A mug with <b>moss</b>.</p>");
        assertThat(sent.at("/attributes/0"))
                .isEqualTo(JSON.readTree("{\"name\":\"Color\",\"position\":0,\"visible\":true,\"variation\":true,"
                        + "\"options\":[\"Red\",\"Blue / Navy\"]}"));
        assertThat(sent.at("/attributes/1"))
                .isEqualTo(JSON.readTree("{\"name\":\"Brand\",\"position\":1,\"visible\":true,\"variation\":false,"
                        + "\"options\":[\"Mossy\"]}"));
        assertThat(sent.path("meta_data"))
                .isEqualTo(JSON.readTree("[{\"key\":\"_caravan_ref\",\"value\":\"" + REF
                        + "\"},{\"key\":\"_caravan_product\",\"value\":\"product-1\"}]"));
        assertThat(sent.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("name", "type", "status", "sku", "description", "attributes", "meta_data");
    }

    @Test
    void shouldGiveAProductWithoutOptionsItsPriceAtOnce() throws Exception {
        JsonNode sent = JSON.readTree(mapper.create(WooFixture.simple(), live(Map.of("weightUnit", "lbs")), REF)
                .payload());
        assertThat(sent.path("type").asText()).isEqualTo("simple");
        assertThat(sent.path("sku").asText()).isEqualTo("crv-" + REF);
        assertThat(sent.path("regular_price").isTextual()).isTrue();
        assertThat(sent.path("regular_price").asText()).isEqualTo("29.99");
        assertThat(sent.path("sale_price").asText()).isEqualTo("19.99");
        assertThat(sent.path("manage_stock").asBoolean()).isTrue();
        assertThat(sent.path("stock_quantity").asLong()).isEqualTo(5);
        assertThat(sent.path("weight").asText()).isEqualTo("0.771618");
    }

    @Test
    void shouldWriteVariationsFieldByField() {
        Product mug = WooFixture.mug();
        Variations all = Variations.missing(mug, List.of(), Map.of(RED, "11", BLUE, "12"), live(Map.of()), true);
        assertThat(all.update()).isEmpty();
        assertThat(all.delete()).isEmpty();
        assertThat(all.create().get(0))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sku",
                        "CRV-RED",
                        "regular_price",
                        "19.99",
                        "sale_price",
                        "",
                        "manage_stock",
                        true,
                        "stock_quantity",
                        7L,
                        "status",
                        "publish",
                        "attributes",
                        List.of(Map.of("name", "Color", "option", "Red")),
                        "image",
                        Map.of("id", 11L)));
        assertThat(all.create().get(1))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sku", "CRV-BLUE",
                        "regular_price", "29.99",
                        "sale_price", "14.99",
                        "manage_stock", false,
                        "stock_status", "instock",
                        "status", "publish",
                        "attributes", List.of(Map.of("name", "Color", "option", "Blue / Navy")),
                        "image", Map.of("id", 12L)));
    }

    @ParameterizedTest
    @CsvSource({
        "regular_price, 20",
        "sale_price, 5",
        "stock_quantity, 6",
        "stock_quantity, 7.5",
        "manage_stock, parent",
        "sku, OTHER"
    })
    void shouldSeeEachDifferenceOfAVariation(String field, String value) {
        Map<String, Object> there = new HashMap<>(Map.of(
                "id",
                "91",
                "sku",
                "crv-red",
                "regular_price",
                new BigDecimal("19.990"),
                "sale_price",
                "",
                "manage_stock",
                1,
                "stock_quantity",
                "7",
                "attributes",
                Map.of("1", Map.of("name", "color", "option", "RED")),
                "image",
                Map.of("id", "11")));
        Map<String, String> pictures = Map.of(RED, "11", BLUE, "12");
        assertThat(Variations.missing(WooFixture.mug(), List.of(there), pictures, live(Map.of()), true)
                        .update())
                .as("the same in other types is no difference")
                .isEmpty();
        there.put(field, value);
        Variations missing = Variations.missing(WooFixture.mug(), List.of(there), pictures, live(Map.of()), true);
        assertThat(missing.update().size() + missing.delete().size()).isEqualTo(1);
    }

    @Test
    void shouldDeleteASecondVariationOfASkuAndStrangersInADraftOnly() {
        List<Map<String, Object>> there = List.of(
                Map.of("id", 1, "sku", "CRV-RED"), Map.of("id", 2, "sku", "crv-red"), Map.of("id", 3, "sku", ""));
        Product mug = WooFixture.mug();
        assertThat(Variations.missing(mug, there, Map.of(), live(Map.of()), true)
                        .delete())
                .containsExactly(2L, 3L);
        assertThat(Variations.missing(mug, there, Map.of(), live(Map.of()), false)
                        .delete())
                .containsExactly(2L);
    }

    @Test
    void shouldReadAProductFieldByField() {
        VendorObject product = mapper.product(
                Map.of(
                        "id", 3007,
                        "status", "publish",
                        "permalink", "https://shop.example/product/mug/",
                        "slug", "mug",
                        "sku", "crv-x",
                        "type", "variable",
                        "price", "14.99",
                        "variations", List.of(1, 2),
                        "images", List.of(Map.of())),
                live(Map.of("storeUrl", "https://shop.example/eu/")));
        assertThat(product.id()).isEqualTo("3007");
        assertThat(product.state()).isEqualTo("publish");
        assertThat(product.facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "url", "https://shop.example/product/mug/",
                        "admin_url", "https://shop.example/eu/wp-admin/post.php?post=3007&action=edit",
                        "handle", "mug",
                        "sku", "crv-x",
                        "type", "variable",
                        "price_min", "14.99",
                        "variants", 2,
                        "images", 1));
    }

    @Test
    void shouldSayUnknownWhenAnAnswerHasNoId() {
        assertThatThrownBy(() -> mapper.product(Map.of("status", "draft"), live(Map.of())))
                .isInstanceOfSatisfying(
                        VendorException.class, e -> assertThat(e.code()).isEqualTo("unreadable"));
    }

    @Test
    void shouldRefuseAPriceInAnotherCurrency() {
        Connection euros = live(Map.of("currency", "EUR"));
        assertThatThrownBy(() -> mapper.create(WooFixture.mug(), euros, REF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("19.99 USD is not in the store's currency EUR");
    }

    @Test
    void shouldNotGuessTheUnitOfWeight() {
        assertThat(ProductBody.weight(350L, live(Map.of()))).isEmpty();
        assertThat(ProductBody.weight(350L, live(Map.of("weightUnit", "kg")))).isEqualTo("0.35");
        assertThatThrownBy(() -> ProductBody.weight(350L, live(Map.of("weightUnit", "stone"))))
                .hasMessageContaining("weightUnit");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://ae01.alicdn.com/kf/SHA.jpg",
        "https://cdn.example/o, https://cdn.example/o/SHA.jpg",
        "https://cdn.example/acme/images/, https://cdn.example/acme/images/SHA.jpg",
        "https://cdn.example/{sha256}/p.jpg, https://cdn.example/SHA/p.jpg"
    })
    void shouldTellTheStoreWhereAPictureIs(String publicObjects, String expected) {
        Connection connection = live(Map.of("publicObjectsUrl", publicObjects));
        assertThat(Gallery.address(WooFixture.picture(RED), connection)).isEqualTo(expected.replace("SHA", RED));
    }

    @Test
    void shouldSendPicturesAFewAtATimeAndThoseThatAreThereByTheirId() {
        var wanted = WooFixture.mug().images();
        Connection connection = live(Map.of());
        var first = Gallery.next(wanted, List.of(), 1, connection);
        assertThat(first)
                .containsExactly(
                        Map.of("src", "https://ae01.alicdn.com/kf/" + RED + ".jpg", "name", RED, "alt", "A mug"));
        List<?> there = List.of(Map.of("id", 5, "src", "https://shop.example/uploads/" + RED + "-scaled.jpg"));
        assertThat(Gallery.next(wanted, there, 1, connection)).hasSize(2).contains(Map.of("id", 5L));
        List<?> both = List.of(Map.of("id", 6, "name", BLUE), Map.of("id", 5, "name", RED));
        assertThat(Gallery.next(wanted, both, 1, connection))
                .as("the order is wrong")
                .containsExactly(Map.of("id", 5L), Map.of("id", 6L));
        List<?> right = List.of(Map.of("id", 5, "name", RED), Map.of("id", 6, "name", BLUE));
        assertThat(Gallery.next(wanted, right, 1, connection)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example",
                "https://user:pass@shop.example",
                "https://shop.example/?a=b",
                "ftp://shop.example",
                "https://shop.example/{{secret}}",
                "shop.example"
            })
    void shouldNotSendAKeyToAnAddressThatIsNotPlainHttps(String address) {
        assertThatThrownBy(() -> WooCommerceAccess.store(live(Map.of("storeUrl", address))))
                .isInstanceOfSatisfying(
                        VendorException.class, e -> assertThat(e.code()).isEqualTo(Connection.NOT_CONFIGURED));
    }

    @Test
    void shouldDivideWorkIntoBatchesWithDeletionsFirst() {
        Map<String, Object> one = Map.of("sku", "a");
        Variations all = new Variations(List.of(one, one), List.of(one, one), List.of(1L, 2L, 3L));
        int batches = 0;
        while (all.count() > 0) {
            Variations batch = all.batch(2);
            assertThat(batch.count()).isBetween(1, 2);
            assertThat(batch.delete().isEmpty()
                            || batch.count() == batch.delete().size())
                    .isTrue();
            all = all.without(batch);
            batches++;
        }
        assertThat(batches).isEqualTo(4);
    }

    private static Connection live(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("currency", "USD", "storeUrl", "https://shop.example"));
        all.putAll(settings);
        return new Connection(
                "c1",
                new AccountId("acme"),
                "woocommerce",
                Mode.LIVE,
                URI.create("https://example.invalid"),
                WooFixture.SECRETS,
                all);
    }

    @Test
    void shouldKnowMoneyWithoutDecimals() throws Exception {
        var yen = WooFixture.product(
                List.of(),
                List.of(new io.caravan.hub.model.product.Variant(
                        "k",
                        "CRV-Y",
                        Map.of(),
                        Money.of(5, "USD"),
                        Money.of(1999, "JPY"),
                        null,
                        0L,
                        null,
                        null,
                        "",
                        "")),
                List.of());
        JsonNode sent = JSON.readTree(
                mapper.create(yen, live(Map.of("currency", "JPY")), REF).payload());
        assertThat(sent.path("regular_price").asText()).isEqualTo("1999");
        assertThat(sent.path("stock_quantity").asLong()).isZero();
    }
}
