package io.caravan.hub.connectors.aliexpresspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.aliexpresspage.sandbox.AliExpressPageSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the site sent to real visitors, served by the sandbox as its pages. */
class AliExpressPageRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDINGS =
            Path.of(System.getProperty("shared.contracts", ""), "aliexpress-scrape/recordings");

    @TempDir
    Path folder;

    private ConnectorKit kit;
    private List<String> fed;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isDirectory(RECORDINGS), "the recordings are not here");
        AliExpressPageSandbox sandbox = new AliExpressPageSandbox();
        fed = sandbox.feed(RECORDINGS);
        kit = new ConnectorKit(folder, sandbox, Map.of(), Map.of("enabled", "true"));
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    static Stream<Path> items() throws Exception {
        if (!Files.isDirectory(RECORDINGS)) {
            return Stream.of(Path.of("none"));
        }
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("item_page_.*\\.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("items")
    void shouldMapEveryVariantPriceAndPictureOfARecordedPage(Path file) throws Exception {
        JsonNode data = JSON.readTree(file.toFile());
        String id = data.at("/productInfoComponent/idStr").asText();
        SupplierProduct product = product(id);

        assertThat(product.title())
                .isEqualTo(data.at("/productInfoComponent/subject").asText());
        assertThat(product.available())
                .isEqualTo(data.at("/itemStatusComponent/status").asInt() == 0);
        assertThat(product.images())
                .hasSize(data.at("/imageComponent/imagePathList").size());
        assertThat(product.attributes().keySet()).isEqualTo(values(data.at("/productPropComponent/props"), "attrName"));
        JsonNode rows = data.at("/priceComponent/skuPriceList");
        assertThat(product.variants()).hasSize(rows.size());
        Map<String, SupplierVariant> variants =
                product.variants().stream().collect(Collectors.toMap(SupplierVariant::externalId, Function.identity()));
        for (JsonNode row : rows) {
            SupplierVariant variant = variants.get(row.path("skuIdStr").asText());
            assertThat(variant).as(row.path("skuIdStr").asText()).isNotNull();
            JsonNode value = row.path("skuVal");
            JsonNode paid = value.has("skuActivityAmount") ? value.path("skuActivityAmount") : value.path("skuAmount");
            assertThat(variant.cost().major())
                    .isEqualByComparingTo(new BigDecimal(paid.path("value").asText()));
            assertThat(variant.cost().currency().getCurrencyCode()).isEqualTo("MXN");
            assertThat(variant.stock()).isEqualTo(value.path("availQuantity").asLong());
            assertThat(variant.orderKey()).isEqualTo(row.path("skuAttr").asText());
            assertThat(variant.image())
                    .as("each recorded SKU has a colour with a picture")
                    .startsWith("https://ae01");
            assertThat(variant.image()).doesNotContain("_640x640");
        }
        assertThat(product.axes()).noneMatch(axis -> axis.id().equals("200007763"));
        assertThat(product.losses()).allSatisfy(loss -> assertThat(loss.why()).isNotBlank());
        assertThat(product.losses()).noneMatch(loss -> loss.what().equals("refused"));
    }

    @Test
    void shouldMapTheRecordedAnswerInJson() throws Exception {
        JsonNode result = JSON.readTree(
                        RECORDINGS.resolve("datahub_item_detail_5_drone.json").toFile())
                .path("result");
        SupplierProduct drone = product(result.at("/item/itemId").asText());
        assertThat(drone.available()).isFalse();
        assertThat(drone.images()).hasSize(6).allMatch(image -> image.startsWith("https://"));
        assertThat(drone.attributes())
                .hasSize(values(result.at("/item/properties/list"), "name").size());
        for (JsonNode row : result.at("/item/sku/base")) {
            assertThat(drone.variants())
                    .filteredOn(one -> one.externalId().equals(row.path("skuId").asText()))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.cost().toString())
                                .isEqualTo(row.path("price").asText() + " USD");
                        assertThat(one.stock()).isEqualTo(row.path("quantity").asLong());
                        assertThat(one.image()).startsWith("https://ae01");
                    });
        }
    }

    @Test
    void shouldRefuseARecordedAnswerThatLacksWhatAProductNeeds() throws Exception {
        byte[] reply = Files.readAllBytes(RECORDINGS.resolve("datahub_item_detail_3_of_6_skus.json"));
        VendorException failure = catchThrowableOfType(
                VendorException.class,
                () -> new AliExpressPageProductMapper().product(Map.of("product_id", "1005001234567890"), reply));
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("no-data");
        assertThat(failure).hasMessageContaining("lacks itemId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sneakers", "shorts"})
    void shouldMapEveryCardOfARecordedSearch(String word) throws Exception {
        JsonNode cards = JSON.readTree(
                        RECORDINGS.resolve("search_page_" + word + ".json").toFile())
                .path("content");
        SupplierPage page = (SupplierPage)
                kit.call("kamelet:aliexpress-page-search-action", Map.of("q", word, "size", 60), Map.of());
        assertThat(page.losses()).isEmpty();
        assertThat(page.hits()).hasSize(cards.size());
        for (int i = 0; i < cards.size(); i++) {
            JsonNode card = cards.get(i);
            var hit = page.hits().get(i);
            assertThat(hit.externalId()).isEqualTo(card.path("productId").asText());
            assertThat(hit.title()).isEqualTo(card.at("/title/displayTitle").asText());
            assertThat(hit.from().major())
                    .isEqualByComparingTo(card.at("/prices/salePrice/minPrice").decimalValue());
            assertThat(hit.image()).startsWith("https://");
            assertThat(hit.rating() == null).isEqualTo(!card.has("evaluation"));
            assertThat(hit.sold() == null).isEqualTo(!card.path("trade").has("tradeDesc"));
        }
    }

    @Test
    void shouldRefuseTheRecordedShellOfASearch() throws Exception {
        byte[] shell = Files.readAllBytes(RECORDINGS.resolve("search_page_raw.html"));
        VendorException failure = catchThrowableOfType(
                VendorException.class, () -> new AliExpressPageSearchMapper().page(Map.of("q", "x"), shell));
        assertThat(failure.code()).isEqualTo("no-data");
    }

    @Test
    void shouldServeTheRawPageAsItIs() {
        assertThat(fed).contains("item_page_1005006016288213_raw_script.html: served as item 1005006016288213");
        assertThat(product("1005006016288213").variants()).hasSize(8);
    }

    private SupplierProduct product(String id) {
        return (SupplierProduct) kit.call(
                "kamelet:aliexpress-page-product-action",
                Map.of("product_id", id, "ship_to", "MX", "currency", "MXN", "language", "es"),
                Map.of());
    }

    private static Set<String> values(JsonNode list, String field) {
        Set<String> values = new HashSet<>();
        list.forEach(one -> values.add(one.path(field).asText()));
        return values;
    }
}
