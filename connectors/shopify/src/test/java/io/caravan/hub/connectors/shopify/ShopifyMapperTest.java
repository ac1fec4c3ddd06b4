package io.caravan.hub.connectors.shopify;

import static io.caravan.hub.connectors.shopify.ShopifyFixture.REF;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Option;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.Variant;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyMapperTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final URI SHOP = URI.create("https://moss.myshopify.com");
    private static final Connection CONNECTION = new Connection(
            "c-1", new AccountId("acme"), "shopify", Mode.LIVE, SHOP, Map.of("accessToken", "shpat_1"), Map.of());

    @Test
    void shouldWriteEveryFieldOfADraft() {
        JsonNode input = JSON.valueToTree(ProductInput.draft(product(2), REF, CONNECTION));

        assertThat(input.path("handle").asText()).isEqualTo(REF);
        assertThat(input.path("status").asText()).isEqualTo("DRAFT");
        assertThat(input.path("title").asText()).isEqualTo("Moss & Friends' Lamp");
        assertThat(input.path("descriptionHtml").asText()).isEqualTo("<p>A lamp.</p>");
        assertThat(input.path("vendor").asText()).isEqualTo("Mossy");
        assertThat(input.path("productType").asText()).isEqualTo("Lamps");
        assertThat(input.path("tags")).extracting(JsonNode::asText).containsExactly("moss", "lamp");
        assertThat(input.path("productOptions").toString())
                .isIn(
                        "[{\"name\":\"Color\",\"values\":[{\"name\":\"Colour 0\"}]},{\"name\":\"Size\",\"values\":[{\"name\":\"Size 0\"},{\"name\":\"Size 1\"}]}]",
                        "[{\"values\":[{\"name\":\"Colour 0\"}],\"name\":\"Color\"},{\"values\":[{\"name\":\"Size 0\"},{\"name\":\"Size 1\"}],\"name\":\"Size\"}]",
                        "[{\"name\":\"Color\",\"values\":[{\"name\":\"Colour 0\"}]},{\"values\":[{\"name\":\"Size 0\"},{\"name\":\"Size 1\"}],\"name\":\"Size\"}]");
        assertThat(input.path("variants")).hasSize(2);
        JsonNode first = input.path("variants").path(0);
        assertThat(first.has("id")).isFalse();
        assertThat(first.path("sku").asText()).isEqualTo("CRV-0");
        assertThat(first.path("price")).isEqualTo(JSON.valueToTree("19.99"));
        assertThat(first.path("compareAtPrice")).isEqualTo(JSON.valueToTree("29.99"));
        assertThat(first.path("inventoryPolicy").asText()).isEqualTo("DENY");
        assertThat(first.path("optionValues"))
                .extracting(one ->
                        one.path("optionName").asText() + "=" + one.path("name").asText())
                .containsExactly("Color=Colour 0", "Size=Size 0");
        JsonNode item = first.path("inventoryItem");
        assertThat(item.path("sku").asText()).isEqualTo("CRV-0");
        assertThat(item.path("tracked").asBoolean()).isTrue();
        assertThat(item.path("requiresShipping").asBoolean()).isTrue();
        assertThat(item.path("cost")).isEqualTo(JSON.valueToTree("7.00"));
        assertThat(item.at("/measurement/weight/unit").asText()).isEqualTo("GRAMS");
        assertThat(item.at("/measurement/weight/value").asDouble()).isEqualTo(250.0);
        assertThat(input.path("variants").path(1).has("compareAtPrice")).isFalse();
        assertThat(input.path("files").isMissingNode())
                .as("pictures come with shopify.variants")
                .isTrue();
    }

    @Test
    void shouldLeaveOutWhatIsNotKnownAndNeverConvertMoney() {
        Variant untold = new Variant(
                "k", "S-1", Map.of(), Money.of(900, "CNY"), Money.of(1500, "JPY"), null, null, null, null, "s", "o");
        Product product = with(List.of(), List.of(untold), "");
        JsonNode input = JSON.valueToTree(ProductInput.draft(product, REF, CONNECTION));
        JsonNode variant = input.path("variants").path(0);
        assertThat(input.has("vendor")).isFalse();
        assertThat(variant.path("price").asText()).as("yen have no cents").isEqualTo("1500");
        assertThat(variant.path("inventoryItem").has("cost")).isFalse();
        assertThat(variant.path("inventoryItem").has("measurement")).isFalse();
        assertThat(variant.path("inventoryItem").path("tracked").asBoolean()).isFalse();
        assertThat(variant.path("inventoryPolicy").asText()).isEqualTo("CONTINUE");
    }

    @Test
    void shouldNameTheVariantThatLacksAnOption() {
        Product product = with(
                List.of(new Option("Color", List.of("Red"))), List.of(ShopifyFixture.variant(3, Map.of(), null)), "B");
        assertThatThrownBy(() -> ProductInput.draft(product, REF, CONNECTION))
                .hasMessage("variant CRV-3 has no value of Color");
        assertThatThrownBy(() -> ProductInput.draft(product(1), "Not A Reference", CONNECTION))
                .hasMessageContaining("26 characters");
    }

    @Test
    void shouldReadEveryFieldOfAProduct() {
        VendorObject object = ProductObject.of(
                Map.of(
                        "id", "gid://shopify/Product/8001",
                        "handle", "moss",
                        "title", "Moss",
                        "status", "ACTIVE",
                        "onlineStoreUrl", "https://moss.example/products/moss",
                        "variantsCount", Map.of("count", 12),
                        "priceRangeV2", Map.of("minVariantPrice", Map.of("amount", "19.9", "currencyCode", "USD"))),
                CONNECTION);
        assertThat(object)
                .isEqualTo(new VendorObject(
                        "8001",
                        "active",
                        Map.of(
                                "product_id", "8001",
                                "handle", "moss",
                                "title", "Moss",
                                "state", "active",
                                "url", "https://moss.example/products/moss",
                                "admin_url", "https://moss.myshopify.com/admin/products/8001",
                                "variants", 12L,
                                "price_min", Map.of("amount_minor", 1990L, "currency", "USD"))));
    }

    @Test
    void shouldSayUnknownWhenAProductHasNoUsableId() {
        for (String id : List.of("", "8001", "gid://shopify/Order/1", "gid://shopify/Product/0")) {
            assertThatThrownBy(() -> ProductObject.of(Map.of("id", id, "status", "DRAFT"), CONNECTION))
                    .isInstanceOfSatisfying(
                            VendorException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shopify-staged-uploads.storage.googleapis.com/",
                "https://shopify-staged-uploads.storage.googleapis.com:443/tmp/1/a.jpg",
                "https://moss.myshopify.com/upload"
            })
    void shouldUploadToShopify(String url) {
        assertThat(PictureUpload.allowed(url, SHOP)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://shopify-staged-uploads.storage.googleapis.com/",
                "https://shopify-staged-uploads.storage.googleapis.com:8443/",
                "https://shopify-staged-uploads.storage.googleapis.com.evil.example/",
                "https://shopify-staged-uploads.storage.googleapis.com@evil.example/",
                "https://evil.example/shopify-staged-uploads.storage.googleapis.com",
                "https://storage.googleapis.com/other-bucket",
                "http://moss.myshopify.com/upload",
                "https://moss.myshopify.com:444/upload",
                "https://moss.myshopify.com/{{hub.secret}}",
                "https://moss.myshopify.com/${variable.connection}",
                "https://moss.myshopify.com/?httpMethod=DELETE",
                "https://169.254.169.254/latest",
                "file:///etc/passwd",
                "https://moss.myshopify.com\n.evil.example/"
            })
    void shouldUploadNowhereElse(String url) {
        assertThat(PictureUpload.allowed(url, SHOP)).isFalse();
    }

    @Test
    void shouldKnowItsPicturesByTheNameOfTheirFile() {
        String name = ShopPicture.name("a".repeat(64), 2);
        assertThat(picture("https://cdn.shopify.com/s/files/1/2/files/" + name + ".jpg?v=17")
                        .is(name))
                .isTrue();
        assertThat(picture("https://cdn.shopify.com/s/files/" + name + "_1b2c.jpg?v=17")
                        .is(name))
                .isTrue();
        assertThat(picture("https://cdn.shopify.com/s/files/" + name + "1.jpg?v=17")
                        .is(name))
                .isFalse();
        assertThat(picture("https://cdn.shopify.com/s/files/holiday.jpg").ours())
                .isFalse();
        assertThat(picture("").is(name)).isFalse();
    }

    @Test
    void shouldHaveADocumentForEachCallAndEachIsAQuery() throws Exception {
        assumeTrue(ShopifySchema.present(), "no contracts on this machine");
        Path documents = Path.of(java.util.Objects.requireNonNull(getClass().getResource("/shopify/ping.graphql"))
                .toURI());
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> all = Files.list(documents.getParent())) {
            for (Path one :
                    all.filter(file -> file.toString().endsWith(".graphql")).toList()) {
                ShopifySchema.load().violations(Files.readString(one), Map.of(), Map.of()).stream()
                        .filter(what -> what.contains("Validation") || what.contains("Invalid"))
                        .forEach(what -> wrong.add(one.getFileName() + ": " + what));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldBeJudgedByASchemaThatBites() throws Exception {
        assumeTrue(ShopifySchema.present(), "no contracts on this machine");
        ShopifySchema schema = ShopifySchema.load();
        String ping = "query P { shop { id name } }";
        Map<String, Object> good = Map.of("shop", Map.of("id", "gid://shopify/Shop/1", "name", "x"));
        assertThat(schema.violations(ping, Map.of(), good)).isEmpty();
        assertThat(schema.violations("query P { shop { id nome } }", Map.of(), good))
                .isNotEmpty();
        assertThat(schema.violations(ping, Map.of(), Map.of("shop", Map.of("id", "1"))))
                .isNotEmpty();
        String set = "mutation S($i: ProductSetInput!) { productSet(input: $i) { userErrors { message } } }";
        Map<String, Object> none = Map.of("productSet", Map.of("userErrors", List.of()));
        assertThat(schema.violations(set, Map.of("i", Map.of("title", "x")), none))
                .isEmpty();
        assertThat(schema.violations(set, Map.of("i", Map.of("name", "x")), none))
                .isNotEmpty();
        assertThat(schema.violations(set, Map.of("i", Map.of("status", "LIVE")), none))
                .isNotEmpty();
        assertThat(schema.violations(
                        set,
                        Map.of("i", Map.of("variants", List.of(Map.of("optionValues", List.of(), "price", 19.99)))),
                        none))
                .isNotEmpty();
    }

    private static ShopPicture picture(String url) {
        return ShopPicture.of(
                Map.of("id", "gid://shopify/MediaImage/1", "status", "READY", "image", Map.of("url", url)));
    }

    private static Product with(List<Option> options, List<Variant> variants, String brand) {
        return new Product(
                "p", "T", "", brand, "", List.of(), options, variants, List.of(), "s", "1", "https://e.com/1");
    }
}
