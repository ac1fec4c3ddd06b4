package io.caravan.hub.connectors.aliexpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.aliexpress.sandbox.AliExpressSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the live service answered, counted in the files by other code than the mapper's. */
class AliExpressRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final AliExpressProductMapper mapper = new AliExpressProductMapper();

    @Test
    void shouldMapEveryVariantPriceAndPictureOfEveryRecordedProduct() throws Exception {
        int mapped = 0;
        for (Path file : products()) {
            JsonNode body = body(file);
            JsonNode result = body.path("aliexpress_ds_product_get_response").path("result");
            if (result.path("ae_item_base_info_dto").path("subject").asText().isEmpty()) {
                continue; // the next test says what becomes of it
            }
            SupplierProduct product = mapper.product(
                    AliExpressFixture.json(body.toString()),
                    AliExpressFixture.asked(result.path("ae_item_base_info_dto")
                            .path("product_id")
                            .asText()));
            compare(file, result, product);
            mapped++;
        }
        assertThat(mapped).isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldRefuseTheRecordingWithoutItsBaseAndMapItWithOne() throws Exception {
        Path file = recording("ds_product_get_1005008252021087_9skus_partial.json");
        ObjectNode body = (ObjectNode) body(file);
        Object asked = AliExpressFixture.asked("1005008252021087");
        assertThatThrownBy(() -> mapper.product(AliExpressFixture.json(body.toString()), asked))
                .isInstanceOf(VendorException.class)
                .hasMessageContaining("ae_item_base_info_dto.subject");

        ObjectNode result =
                (ObjectNode) body.path("aliexpress_ds_product_get_response").path("result");
        result.putObject("ae_item_base_info_dto").put("subject", "restored by the test");
        SupplierProduct product = mapper.product(AliExpressFixture.json(body.toString()), asked);
        compare(file, result, product);
        assertThat(product.axes().get(0).values())
                .as("the seller's labels, not the colours that contradict them")
                .anySatisfy(value -> assertThat(value.label()).isEqualTo("984 Gold Black"));
        assertThat(product.losses()).extracting(Loss::field).contains(Sku.PATH + "[].sku_code");
    }

    @Test
    void shouldMapTheRecordedSearch() throws Exception {
        SupplierPage page = new AliExpressSearchMapper()
                .page(
                        AliExpressFixture.json(
                                body(recording("ds_text_search_3items.json")).toString()),
                        Map.of("q", "x", "size", 3, "currency", "EUR"));
        assertThat(page.total()).isEqualTo(3984);
        assertThat(page.next()).isEqualTo("2");
        assertThat(page.losses()).isEmpty();
        assertThat(page.hits()).hasSize(3);
        assertThat(page.hits().get(0)).satisfies(hit -> {
            assertThat(hit.externalId()).isEqualTo("1005006361450153");
            assertThat(hit.url()).hasToString("https://www.aliexpress.com/item/1005006361450153.html");
            assertThat(hit.title()).startsWith("Tapis de litière");
            assertThat(hit.image()).endsWith("/Se2d6a68bd60a4bae96440f5a6cf656d2O.jpg");
            assertThat(hit.from()).hasToString("3.29 EUR");
            assertThat(hit.to()).isEqualTo(hit.from());
            assertThat(hit.sold()).isEqualTo(5000);
            assertThat(hit.rating()).isEqualTo(4.5);
        });
    }

    @Test
    void shouldMapTheRecordedFreight() throws Exception {
        AliExpressFreightMapper freight = new AliExpressFreightMapper();
        Map<String, Object> asked = Map.of("currency", "EUR");
        List<ShippingOption> options = freight.options(
                AliExpressFixture.json(
                        body(recording("ds_freight_query_ok.json")).toString()),
                asked);
        assertThat(options).singleElement().satisfies(option -> {
            assertThat(option.service()).isEqualTo("CAINIAO_FULFILLMENT_STD");
            assertThat(option.cost()).hasToString("1.99 EUR");
            assertThat(option.minDays()).isEqualTo(6);
            assertThat(option.maxDays()).isEqualTo(8);
            assertThat(option.shipsFrom()).isEqualTo("CN");
            assertThat(option.tracked()).isTrue();
        });
        assertThat(freight.options(
                        AliExpressFixture.json(body(recording("ds_freight_query_delivery_info_empty.json"))
                                .toString()),
                        asked))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "error_auth.json,UNAUTHORISED,IllegalAccessToken",
        "error_permission.json,REJECTED,InsufficientPermission",
        "error_rate_limit.json,RATE_LIMITED,FlowControlLimited"
    })
    void shouldClassifyTheRecordedErrors(String file, ErrorKind kind, String code) throws Exception {
        String reply = body(recording(file)).toString();
        try (ConnectorKit kit = AliExpressFixture.kit(folder)) {
            kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, reply, 0));
            assertThatThrownBy(() -> kit.call("kamelet:aliexpress-product-action", AliExpressFixture.ASKED, Map.of()))
                    .isInstanceOfSatisfying(VendorException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(kind);
                        assertThat(failure.code()).isEqualTo(code);
                        assertThat(failure.retryAfter()).isEmpty();
                    });
        }
    }

    @Test
    void shouldServeRecordedProductsFromTheSandbox() throws Exception {
        Path recordings = java.util.Objects.requireNonNull(recording("INDEX.md").getParent());
        AliExpressSandbox sandbox = new AliExpressSandbox();
        List<String> told = sandbox.feed(recordings);
        assertThat(told)
                .contains(
                        "aliexpress: feeds product 1005007863083963 of ds_product_get_1005007863083963_98skus.json",
                        "aliexpress: feeds 3 rows of ds_text_search_3items.json",
                        "aliexpress: leaves alone error_auth.json",
                        "aliexpress: leaves alone INDEX.md");
        try (ConnectorKit kit = new ConnectorKit(folder, sandbox, AliExpressFixture.SECRETS, Map.of())) {
            SupplierProduct product = product(kit, "1005007863083963");
            assertThat(product.variants()).hasSize(98);
            assertThat(product.images()).allMatch(image -> image.contains("alicdn.com"));
            assertThat(product(kit, AliExpressFixture.MUG).variants()).hasSize(8);

            AliExpressFixture.set(kit, Map.of("own_pictures", 1L));
            SupplierProduct own = product(kit, "1005007863083963");
            assertThat(own.images())
                    .hasSameSizeAs(product.images())
                    .allMatch(image -> image.startsWith(kit.sandbox().url() + "/aliexpress/_pictures/"));
            assertThat(own.variants())
                    .extracting(SupplierVariant::image)
                    .doesNotContainNull()
                    .allMatch(image -> image != null
                            && image.startsWith(kit.sandbox().url().toString()));
            SupplierPage page = (SupplierPage)
                    kit.call("kamelet:aliexpress-search-action", Map.of("q", "anything", "size", 2), Map.of());
            assertThat(page.total()).isEqualTo(3);
            assertThat(page.hits()).hasSize(2);
            assertThat(page.next()).isEqualTo("2");
            assertThat((List<?>) kit.call(
                            "kamelet:aliexpress-freight-action",
                            Map.of(
                                    "product_id",
                                    "1005007863083963",
                                    "variant_id",
                                    product.variants().get(3).externalId()),
                            Map.of()))
                    .isNotEmpty();
        }
    }

    private static SupplierProduct product(ConnectorKit kit, String id) {
        return (SupplierProduct) kit.call("kamelet:aliexpress-product-action", AliExpressFixture.asked(id), Map.of());
    }

    private static void compare(Path file, JsonNode result, SupplierProduct product) {
        List<JsonNode> skus = new ArrayList<>();
        result.findParents("sku_id").forEach(skus::add);
        assertThat(product.variants()).as("variants of %s", file).hasSameSizeAs(skus);
        Set<String> values = new LinkedHashSet<>();
        for (int i = 0; i < skus.size(); i++) {
            JsonNode sku = skus.get(i);
            SupplierVariant variant = product.variants().get(i);
            assertThat(variant.externalId()).isEqualTo(sku.path("sku_id").asText());
            assertThat(variant.orderKey()).isEqualTo(sku.path("sku_attr").asText());
            assertThat(variant.cost().major())
                    .isEqualByComparingTo(
                            new BigDecimal(sku.path("offer_sale_price").asText()));
            assertThat(variant.cost().currency().getCurrencyCode())
                    .isEqualTo(sku.path("currency_code").asText());
            assertThat(String.valueOf(variant.listPrice()))
                    .isEqualTo(sku.path("sku_price").asText() + " "
                            + sku.path("currency_code").asText());
            assertThat(variant.stock())
                    .isEqualTo(sku.path("sku_available_stock").asLong());
            assertThat(variant.image()).isEqualTo(sku.findValue("sku_image").asText());
            JsonNode properties = sku.findValue("ae_sku_property_d_t_o");
            assertThat(variant.options()).hasSize(properties.size());
            for (JsonNode property : properties) {
                String axis = property.path("sku_property_id").asText();
                String value = property.path("property_value_id").asText();
                values.add(axis + ":" + value);
                assertThat(variant.options()).containsEntry(axis, value);
                String label = property.path("property_value_definition_name")
                        .asText(property.path("sku_property_value").asText());
                assertThat(product.axes())
                        .filteredOn(one -> one.id().equals(axis))
                        .singleElement()
                        .satisfies(one -> assertThat(one.values()).anySatisfy(told -> {
                            assertThat(told.id()).isEqualTo(value);
                            assertThat(told.label()).isEqualTo(label);
                        }));
            }
        }
        assertThat(product.axes().stream()
                        .mapToInt(axis -> axis.values().size())
                        .sum())
                .isEqualTo(values.size());
        // one recorder's terminal broke lines within addresses
        String images = result.findValue("image_urls").asText().replace(" ", "");
        assertThat(product.images()).isEqualTo(List.copyOf(new LinkedHashSet<>(List.of(images.split(";")))));
        Set<String> names = new LinkedHashSet<>(result.findValuesAsText("attr_name"));
        assertThat(product.attributes().keySet()).isEqualTo(names);
        assertThat(product.losses())
                .noneMatch(loss -> loss.what().equals("refused"))
                .isNotEmpty();
    }

    private static List<Path> products() throws Exception {
        Path folder = java.util.Objects.requireNonNull(recording("INDEX.md").getParent());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ds_product_get_"))
                    .sorted()
                    .toList();
        }
    }

    private static Path recording(String name) {
        Path file = Path.of(System.getProperty("shared.contracts", ""), "aliexpress/recordings", name);
        assumeTrue(Files.exists(file), "no recordings on this machine");
        return file;
    }

    private static JsonNode body(Path file) throws Exception {
        JsonNode all = JSON.readTree(file.toFile());
        return all.has("response") ? all.path("response").path("body") : all;
    }
}
