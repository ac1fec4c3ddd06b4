package io.caravan.hub.connectors.aliexpresspage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.aliexpresspage.sandbox.AliExpressPageSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliExpressPageTest {

    private static final String PRODUCT = "kamelet:aliexpress-page-product-action";

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = new ConnectorKit(folder, new AliExpressPageSandbox(), Map.of(), Map.of("enabled", "true"));
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "yes"})
    void shouldSayThatItIsOffAndWhyUnlessSomebodySwitchedItOn(String enabled) throws Exception {
        stop();
        Map<String, String> settings = enabled.isEmpty() ? Map.of() : Map.of("enabled", enabled);
        kit = new ConnectorKit(folder.resolve("off"), new AliExpressPageSandbox(), Map.of(), settings);
        for (String kamelet : List.of(PRODUCT, "kamelet:aliexpress-page-search-action")) {
            VendorException failure = failing(kamelet, Map.of("product_id", "1005007000000101", "q", "lamp"));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
            assertThat(failure.code()).isEqualTo(Connection.NOT_CONFIGURED);
            assertThat(failure).hasMessageContaining("off").hasMessageContaining("terms forbid");
        }
        assertThat(kit.sandbox().requests("aliexpress-page")).isEmpty();
    }

    @Test
    void shouldMapAPageOfComponentsFieldByField() {
        SupplierProduct product = product("1005007000000101", "CN", "USD");
        assertThat(product.supplier()).isEqualTo("aliexpress-page");
        assertThat(product.externalId()).isEqualTo("1005007000000101");
        assertThat(product.url()).hasToString("https://www.aliexpress.com/item/1005007000000101.html");
        assertThat(product.title()).isEqualTo("Enamel Camping Jacket");
        assertThat(product.available()).isTrue();
        assertThat(product.images()).hasSize(3).allMatch(image -> image.endsWith(".jpg"));
        assertThat(product.attributes()).containsExactly(Map.entry("Material", "Cotton \"} };\""));
        assertThat(product.axes()).extracting("name").containsExactly("Color", "Size");
        assertThat(product.axes().get(0).values())
                .extracting("label")
                .containsExactly("Matt black", "Blue", "Brick red; {deep}");
        SupplierVariant first = product.variants().get(0);
        assertThat(first.externalId()).isEqualTo("12000050000101001");
        assertThat(first.orderKey()).isEqualTo("14:193#Matt black;200007763:201336100;5:100014064");
        assertThat(first.options()).isEqualTo(Map.of("14", "193", "5", "100014064"));
        assertThat(first.cost()).isEqualTo(Money.of(1599, "USD"));
        assertThat(first.listPrice()).isEqualTo(Money.of(3198, "USD"));
        assertThat(first.stock()).isEqualTo(40);
        assertThat(first.image()).endsWith("/kf/S193.jpg");
        assertThat(first.weightGrams()).isEqualTo(350);
        assertThat(product.losses())
                .extracting(Loss::field)
                .contains(
                        "tradeComponent", "skuProperty[200007763]", "priceComponent.skuPriceList[].skuVal.skuCalPrice");
    }

    @ParameterizedTest
    @CsvSource({"US, 201336106", "CN, 201336100", "DE, 201336100"})
    void shouldKeepTheSkuOfTheNearestWarehouse(String shipTo, String warehouse) {
        SupplierProduct product = product("1005007000000101", shipTo, "USD");
        assertThat(product.variants())
                .hasSize(12)
                .allMatch(one -> one.orderKey().contains("200007763:" + warehouse));
        assertThat(product.losses())
                .filteredOn(loss -> loss.field().startsWith("sku["))
                .hasSize(12);
    }

    @Test
    void shouldMapTheOlderModulesAndAddressesWithoutAScheme() {
        SupplierProduct socks = product("1005007000000102", "US", "EUR");
        assertThat(socks.images()).allMatch(image -> image.startsWith("https://ae01.alicdn.com/kf/G"));
        assertThat(socks.variants())
                .extracting(one -> one.cost().toString())
                .containsExactly("3.67 EUR", "3.76 EUR", "3.85 EUR");
        assertThat(socks.variants().get(0).listPrice()).isNull();
        assertThat(socks.attributes()).containsEntry("Brand", "None");
    }

    @Test
    void shouldMapAnAnswerInJson() {
        SupplierProduct drone = product("1005007000000104", "US", "USD");
        assertThat(drone.descriptionHtml()).isEqualTo("<p>As flown.</p>");
        assertThat(drone.variants()).hasSize(6);
        assertThat(drone.variants().get(5).cost()).isEqualTo(Money.of(9696, "USD"));
        assertThat(drone.variants().get(5).options()).isEqualTo(Map.of("14", "10", "200009209", "2"));
    }

    @Test
    void shouldGiveAThingWithoutOptionsOneVariant() {
        SupplierProduct whistle = product("1005007000000103", "US", "USD");
        assertThat(whistle.axes()).isEmpty();
        assertThat(whistle.variants()).singleElement().satisfies(one -> {
            assertThat(one.orderKey()).isEmpty();
            assertThat(one.options()).isEmpty();
        });
    }

    @Test
    void shouldPinTheCurrencyAndSayWhenThePageShowsAnother() {
        assertThat(product("1005007000000103", "GB", "GBP")
                        .variants()
                        .get(0)
                        .cost()
                        .toString())
                .isEqualTo("1.98 GBP");
        assertThat(kit.sandbox().requests("aliexpress-page").get(0).headers())
                .containsEntry("Cookie", "aep_usuc_f=site=glo&c_tp=GBP&region=GB&b_locale=en_US")
                .containsEntry("Accept-language", "en");
        SupplierProduct pesos = product("1005007000000103", "US", "CHF");
        assertThat(pesos.variants().get(0).cost().currency().getCurrencyCode()).isEqualTo("MXN");
        assertThat(pesos.losses()).contains(Loss.changed("currency", "asked for CHF, the page shows prices in MXN"));
    }

    @Test
    void shouldStopAtTheWallAndParkTheWork() {
        VendorException failure = failing(PRODUCT, Map.of("product_id", "1005007000000107"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.EXHAUSTED);
        assertThat(failure.code()).isEqualTo("captcha");
        assertThat(failure.body()).hasSizeLessThanOrEqualTo(500).doesNotContain("xf0c6a1b2c3");
        assertThat(kit.sandbox().requests("aliexpress-page"))
                .as("asked once, never solved")
                .hasSize(1);
    }

    @Test
    void shouldKnowTheWallAsARedirectAndAsAnAnswerOfTheGateway() {
        arm(302, Map.of("Location", "https://www.aliexpress.com/item/1.html/_____tmd_____/punish?x5secdata=abc"), "");
        assertThat(failing(PRODUCT, Map.of("product_id", "1005007000000101")).code())
                .isEqualTo("captcha");
        arm(200, Map.of(), "{\"ret\":[\"FAIL_SYS_USER_VALIDATE::x\"],\"data\":{\"url\":\"https://x/punish\"}}");
        assertThat(failing(PRODUCT, Map.of("product_id", "1005007000000101")).code())
                .isEqualTo("captcha");
        arm(301, Map.of("Location", "https://de.aliexpress.com/item/1.html?a=b"), "");
        VendorException moved = failing(PRODUCT, Map.of("product_id", "1005007000000101"));
        assertThat(moved.code()).isEqualTo("moved");
        assertThat(moved).hasMessageContaining("https://de.aliexpress.com/item/1.html;");
    }

    @Test
    void shouldRefuseAShellAndAPageOfAnotherProduct() {
        VendorException shell = failing(PRODUCT, Map.of("product_id", "1005007000000108"));
        assertThat(shell.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(shell.code()).isEqualTo("no-data");
        VendorException other = failing(PRODUCT, Map.of("product_id", "1005007000000109"));
        assertThat(other.kind()).isEqualTo(ErrorKind.GONE);
        assertThat(other).hasMessageContaining("1005007000000103 in place of 1005007000000109");
    }

    @ParameterizedTest
    @CsvSource({
        "'5,000+ sold', 5000",
        "'4000+ sold', 4000",
        "'10,000+ sold', 10000",
        "'18 sold', 18",
        "'1.2k+ sold', 1200",
        "'5.000+ Vendidos', 5000",
        "'new', ",
        "'', "
    })
    void shouldReadHowManyWereSold(String text, @Nullable Long pieces) {
        assertThat(AliExpressPageSearchMapper.sold(text)).isEqualTo(pieces);
    }

    @Test
    void shouldMapASearchCardFieldByField() {
        SupplierPage page = (SupplierPage) kit.call(
                "kamelet:aliexpress-page-search-action",
                Map.of("q", "Bedside  Lamp!", "size", 2, "currency", "USD", "page", "2.3"),
                Map.of());
        assertThat(page.total()).isNull();
        assertThat(page.next()).as("the last two of five on the second page").isNull();
        assertThat(page.hits()).hasSize(2);
        var hit = page.hits().get(0);
        assertThat(hit.externalId()).isEqualTo("1005007000001063");
        assertThat(hit.title()).isEqualTo("Bedside Lamp No. 63");
        assertThat(hit.from()).isEqualTo(Money.of(1063, "USD")).isEqualTo(hit.to());
        assertThat(hit.sold()).isEqualTo(1000);
        assertThat(hit.rating()).isNull();
        assertThat(hit.image()).endsWith("/kf/G10050070000010630.jpg");
        assertThat(kit.sandbox().requests("aliexpress-page").get(0).path()).isEqualTo("/w/wholesale-Bedside-Lamp.html");
    }

    @ParameterizedTest
    @CsvSource({
        "//ae01.alicdn.com/kf/a.jpg, https://ae01.alicdn.com/kf/a.jpg",
        "https://ae01.alicdn.com/kf/a.jpg_640x640.jpg, https://ae01.alicdn.com/kf/a.jpg",
        "https://ae01.alicdn.com/kf/a.png_350x350q90.jpg_.webp, https://ae01.alicdn.com/kf/a.png",
        "https://ae01.alicdn.com/kf/a_640x640.jpg, https://ae01.alicdn.com/kf/a_640x640.jpg",
        "javascript:alert(1), ",
        "'', "
    })
    void shouldNameThePictureInItsOwnSize(String address, @Nullable String expected) {
        assertThat(Pictures.full(address)).isEqualTo(expected);
    }

    @Test
    void shouldReadALiteralOfJavaScriptAndStopAtItsBrace() {
        String page =
                "window.runParams = { 'data' : {a: 'it\\'s', /* } */ b: [1,2,], id: 12000035336425065, p: .5, s: \"</x>}\"} }; x = {";
        var data = PageData.item(page).orElseThrow();
        assertThat(data.path("a").asText()).isEqualTo("it's");
        assertThat(data.path("b")).hasSize(2);
        assertThat(data.path("id").asText()).isEqualTo("12000035336425065");
        assertThat(data.path("s").asText()).isEqualTo("</x>}");
        assertThat(PageData.item("window.runParams = {data: {a: ")).isEmpty();
        assertThat(PageData.item("window.runParams = {data: {}};window.runParams = {data: {a: 1}};"))
                .isPresent();
    }

    @Test
    void shouldTakeTheTwoNumbersOfOneItemForTheSame() {
        String page = "window.runParams = {data: {productInfoComponent: {idStr: '1005004777741000', subject: 'x'},"
                + " priceComponent: {skuPriceList: [{skuIdStr: '12000030447669032', skuAttr: '', skuVal: {skuAmount:"
                + " {currency: 'USD', value: 96.46}, availQuantity: 4}}]}}};";
        SupplierProduct product = new AliExpressPageProductMapper()
                .product(Map.of("product_id", "3256804591426248"), page.getBytes(StandardCharsets.UTF_8));
        assertThat(product.externalId()).isEqualTo("3256804591426248");
        assertThat(product.losses()).extracting(Loss::field).contains("id");
    }

    @Test
    void shouldLeaveOutASkuWithoutAPriceAndSayWhich() {
        String page = "window.runParams = {data: {productInfoComponent: {idStr: '1005004777741000', subject: 'x'},"
                + " priceComponent: {skuPriceList: [{skuIdStr: '7', skuVal: {skuCalPrice: '5.00'}}]}}};";
        VendorException failure = catchThrowableOfType(
                VendorException.class,
                () -> new AliExpressPageProductMapper()
                        .product(Map.of("product_id", "1005004777741000"), page.getBytes(StandardCharsets.UTF_8)));
        assertThat(failure.code()).isEqualTo("no-data");
        assertThat(failure).hasMessageContaining("no price with a currency");
    }

    private SupplierProduct product(String id, String shipTo, String currency) {
        return (SupplierProduct) kit.call(
                PRODUCT, Map.of("product_id", id, "ship_to", shipTo, "currency", currency, "language", "en"), Map.of());
    }

    private VendorException failing(String kamelet, Object body) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> kit.call(kamelet, body, Map.of()));
        assertThat(failure).as("the Kamelet must fail").isNotNull();
        return failure;
    }

    private void arm(int status, Map<String, String> headers, String body) {
        kit.sandbox().arm(new Fault("aliexpress-page", null, null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0));
    }
}
