package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.cjdropshipping.sandbox.CjSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.TokenPair;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every recorded reply that concerns the connector, sent over HTTP as it was. */
class CjRecordingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = CjKits.good(folder, new CjSandbox());
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @ParameterizedTest
    @CsvSource({
        "product_query_14463666_4variants.json,1446366641976905728,Color,1630",
        "product_query_15989448_4variants.json,1598944813683060736,Color,2620",
        "product_query_17975145_4variants.json,1797514535046221824,Color,315",
        "product_query_6b4c8d6b_4variants.json,6B4C8D6B-3DDC-4137-A340-DC2273FCA01F,Color,1111"
    })
    void shouldReadRecordedProducts(String file, String pid, String axis, long cents) {
        SupplierProduct product = product(file, pid);
        assertThat(product.externalId()).isEqualTo(pid);
        assertThat(product.available()).isTrue();
        assertThat(product.axes()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo(axis);
            assertThat(one.values()).hasSize(4);
        });
        assertThat(product.variants()).hasSize(4).allSatisfy(variant -> {
            assertThat(variant.cost()).isEqualTo(Money.of(cents, "USD"));
            assertThat(variant.stock()).isNull();
            assertThat(variant.image()).startsWith("https://cf.cjdropshipping.com/");
        });
        assertThat(product.images()).hasSize(4);
        assertThat(product.losses())
                .extracting(Loss::field)
                .containsExactlyInAnyOrder("sellPrice", "variants[].variantNameEn");
    }

    @Test
    void shouldReadTheFullSetOfFields() {
        SupplierProduct product = product("product_query_full_fields_1_of_28_variants.json", "1665261893595959296");
        assertThat(product.title()).startsWith("Adjustable Baby Cotton Nursing Arm Pillow");
        assertThat(product.images()).hasSize(6).allMatch(image -> image.startsWith("https://"));
        assertThat(product.images().get(0)).endsWith("7d10fd8b-4f6f-47c2-9fd0-5604fc29e694.jpg");
        assertThat(product.axes()).extracting(Axis::name).containsExactly("Color", "Dimensions");
        assertThat(product.variants())
                .containsExactly(new SupplierVariant(
                        "1665261893692428288",
                        "1665261893692428288",
                        Map.of("Color", "Blue Triangle", "Dimensions", "25X23CM"),
                        Money.of(168, "USD"),
                        Money.of(1560, "USD"),
                        null,
                        "https://cf.cjdropshipping.com/quick/product/17faeab0-5481-47a5-8c33-b1dcc5483cac.jpg",
                        190L));
        assertThat(product.attributes())
                .containsEntry("Material", "Cloth")
                .containsEntry("HS code", "9404909000")
                .containsEntry("Weight (g)", "170.00-369.00")
                .containsEntry("SKU", "CJYD1770973");
        assertThat(product.losses())
                .extracting(Loss::field)
                .contains("productName", "materialKeySet", "createrTime", "variants[].barcode")
                .doesNotContain("supplierName", "customizationJson1", "variants[].barcode2");
    }

    @Test
    void shouldReadTheDocumentedProductWithItsStock() {
        SupplierProduct product = product("docs_product_query.json", "000B9312-456A-4D31-94BD-B083E2A198E8");
        assertThat(product.variants()).singleElement().satisfies(variant -> {
            assertThat(variant.cost()).isEqualTo(Money.of(5809, "USD"));
            assertThat(variant.listPrice()).isEqualTo(Money.of(97, "USD"));
            assertThat(variant.stock()).isEqualTo(12_912);
            assertThat(variant.weightGrams()).isEqualTo(1_580);
        });
        assertThat(product.images())
                .containsExactly("https://cc-west-usa.oss-us-west-1.aliyuncs.com/2054/1672872416690.jpg");
    }

    @Test
    void shouldReadAPageOfTheOlderList() {
        replay("product_list_10_items_2022.json");
        SupplierPage page =
                (SupplierPage) kit.call("kamelet:cjdropshipping-search-action", Map.of("q", "any"), Map.of());
        assertThat(page.hits()).hasSize(10);
        assertThat(page.total()).isEqualTo(10);
        assertThat(page.next()).isNull();
        assertThat(page.losses()).isEmpty();
        SupplierHit first = page.hits().get(0);
        assertThat(first.externalId()).isEqualTo("1595697832017801216");
        assertThat(first.from()).isEqualTo(Money.of(1790, "USD"));
        assertThat(first.image()).endsWith("7f037652-5d9b-4b78-b4be-02dbb3645867.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "docs_error_param_1600100.json,REJECTED,1600100",
        "docs_error_already_in_my_products_1600000.json,REJECTED,1600000",
        "error_too_many_requests_ip.json,RATE_LIMITED,ip-users"
    })
    void shouldSortRecordedRefusals(String file, ErrorKind kind, String code) {
        replay(file);
        VendorException refusal = catchThrowableOfType(
                VendorException.class,
                () -> kit.call("kamelet:cjdropshipping-product-action", Map.of("product_id", "1"), Map.of()));
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void shouldReadARecordedPairOfTokens() {
        replay("get_access_token_2023.json");
        TokenPair pair =
                (TokenPair) kit.call("kamelet:cjdropshipping-token-refresh-action", kit.connection(), Map.of());
        assertThat(pair.accessToken()).isEqualTo("REDACTED");
        assertThat(pair.refreshToken()).isEqualTo("REDACTED");
        assertThat(pair.expiresIn()).as("long past").isEqualTo(Duration.ofMinutes(1));
    }

    private SupplierProduct product(String file, String pid) {
        replay(file);
        return (SupplierProduct) kit.call("kamelet:cjdropshipping-product-action", Map.of("product_id", pid), Map.of());
    }

    private void replay(String name) {
        Path file = Path.of(System.getProperty("shared.contracts", ""), "cjdropshipping/recordings", name);
        assumeTrue(Files.exists(file), "recording " + name + " is not here");
        try {
            JsonNode response = JSON.readTree(file.toFile()).path("response");
            kit.sandbox()
                    .arm(new Fault(
                            "*",
                            null,
                            null,
                            0,
                            1,
                            Fault.Kind.ANSWER,
                            response.path("status").asInt(),
                            null,
                            response.path("body").toString(),
                            0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
