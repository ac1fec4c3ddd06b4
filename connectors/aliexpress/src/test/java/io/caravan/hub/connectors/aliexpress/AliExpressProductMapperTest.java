package io.caravan.hub.connectors.aliexpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Axis;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliExpressProductMapperTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String BASE = "'ae_item_base_info_dto':{'product_id':1005000000000101,'subject':' A mug ',"
            + "'detail':'<p>hot</p>','currency_code':'CNY','product_status_type':'onSelling','mobile_detail':'{}'}";

    private final AliExpressProductMapper mapper = new AliExpressProductMapper(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldAskForTheProductInTheSellersCountryCurrencyAndLanguage() {
        AliExpressCall call = mapper.request(
                Map.of("product_id", "1005000000000101", "ship_to", "FR", "currency", "EUR", "language", "fr"));
        assertThat(call.path()).isEqualTo("/sync");
        assertThat(call.signedPath()).isEmpty();
        assertThat(call.session()).isTrue();
        assertThat(call.params())
                .containsOnly(
                        Map.entry("method", "aliexpress.ds.product.get"),
                        Map.entry("product_id", "1005000000000101"),
                        Map.entry("ship_to_country", "FR"),
                        Map.entry("target_currency", "EUR"),
                        Map.entry("target_language", "FR"));
    }

    @ParameterizedTest
    @CsvSource({"product_id,1005x", "product_id,''", "ship_to,fr", "currency,EURO", "language,FR"})
    void shouldRefuseToAskNonsense(String field, String value) {
        Map<String, Object> body = new java.util.HashMap<>(AliExpressFixture.ASKED);
        body.put(field, value);
        assertThatThrownBy(() -> mapper.request(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void shouldMapEachField() {
        SupplierProduct product = map(BASE
                + ",'ae_item_sku_info_dtos':{'ae_item_sku_info_d_t_o':["
                + sku("12000044126059467", "8.01", "22.23", "'sku_available_stock':27", color(29, "WHITE", "Bear", "a"))
                + ","
                + sku("12000044126059831", "5.19", "5.19", "'sku_available_stock':0", color(193, "BLACK", "", "b"))
                + "]},'ae_multimedia_info_dto':{'image_urls':'https://x.test/1.jpg; //x.test/2.png;https://x.test/1.jpg;ftp://no'},"
                + "'ae_item_properties':{'ae_item_property':[{'attr_name':'Material','attr_value':'Clay','attr_name_id':10},"
                + "{'attr_name':'Material','attr_value':'Glaze'},{'attr_name':'Recommend Age','attr_value':'3-6Y'}]},"
                + "'package_info_dto':{'gross_weight':'0.2135','package_width':27},'has_whole_sale':false");

        assertThat(product.supplier()).isEqualTo("aliexpress");
        assertThat(product.externalId()).isEqualTo("1005000000000101");
        assertThat(product.url()).hasToString("https://www.aliexpress.com/item/1005000000000101.html");
        assertThat(product.title()).isEqualTo("A mug");
        assertThat(product.available()).isTrue();
        assertThat(product.descriptionHtml()).isEqualTo("<p>hot</p>");
        assertThat(product.images()).containsExactly("https://x.test/1.jpg", "https://x.test/2.png");
        assertThat(product.axes())
                .containsExactly(new Axis(
                        "14",
                        "Color",
                        List.of(
                                new Axis.Value("29", "Bear", "https://x.test/a.jpg"),
                                new Axis.Value("193", "BLACK", "https://x.test/b.jpg"))));
        assertThat(product.variants())
                .containsExactly(
                        new SupplierVariant(
                                "12000044126059467",
                                "14:29#Bear",
                                Map.of("14", "29"),
                                Money.of(801, "EUR"),
                                Money.of(2223, "EUR"),
                                27L,
                                "https://x.test/a.jpg",
                                214L),
                        new SupplierVariant(
                                "12000044126059831",
                                "14:193",
                                Map.of("14", "193"),
                                Money.of(519, "EUR"),
                                null,
                                0L,
                                "https://x.test/b.jpg",
                                214L));
        assertThat(product.attributes())
                .containsExactly(Map.entry("Material", "Clay, Glaze"), Map.entry("Recommend Age", "3-6Y"));
        assertThat(product.fetchedAt()).isEqualTo(NOW);
        assertThat(product.losses())
                .extracting(Loss::field)
                .containsExactlyInAnyOrder(
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[].ae_sku_property_dtos.ae_sku_property_d_t_o[].sku_property_value",
                        "ae_multimedia_info_dto.image_urls",
                        "ae_item_base_info_dto.currency_code",
                        "ae_item_base_info_dto.mobile_detail",
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[].offer_bulk_sale_price",
                        "ae_item_properties.ae_item_property[].attr_name_id",
                        "package_info_dto.package_width",
                        "has_whole_sale");
    }

    @Test
    void shouldMapASingleSkuWithoutOptionsAndWithoutAnyList() {
        SupplierProduct product =
                map(BASE + ",'ae_item_sku_info_dtos':{'ae_item_sku_info_d_t_o':[{'sku_id':'12000047000000001',"
                        + "'sku_attr':'','id':'','offer_sale_price':'2.10','currency_code':'USD'}]}");
        assertThat(product.axes()).isEmpty();
        assertThat(product.images()).isEmpty();
        assertThat(product.attributes()).isEmpty();
        assertThat(product.variants())
                .containsExactly(new SupplierVariant(
                        "12000047000000001", "", Map.of(), Money.of(210, "USD"), null, null, null, null));
    }

    @Test
    void shouldReadListsWithoutTheirWrappers() {
        SupplierProduct product =
                map(BASE + ",'ae_item_sku_info_dtos':[{'sku_id':'12000047000000001','sku_attr':'14:29',"
                        + "'offer_sale_price':'2.10','currency_code':'USD','ae_sku_property_dtos':[{'sku_property_id':14,"
                        + "'sku_property_name':'Color','property_value_id':29,'sku_property_value':'White'}]}]");
        assertThat(product.variants().get(0).options()).isEqualTo(Map.of("14", "29"));
    }

    @Test
    void shouldTakeTheBlanksOfAWrappedLineOutOfAnAddress() {
        SupplierProduct product = map(BASE
                + skus(sku("12000044126059001", "8.01", "9.00", "'x':1", color(1, "W", "", "a")))
                + ",'ae_multimedia_info_dto':{'image_urls':'https://x.te st/1.jpg;https://x.test/2.jpg'}");
        assertThat(product.images()).containsExactly("https://x.test/1.jpg", "https://x.test/2.jpg");
        assertThat(product.losses())
                .filteredOn(loss -> loss.field().equals("ae_multimedia_info_dto.image_urls"))
                .singleElement()
                .extracting(Loss::what)
                .isEqualTo("changed");
    }

    @Test
    void shouldKeepLargeIdsExactAlsoWhenTheyAreNumbers() {
        SupplierProduct product =
                map(BASE + ",'ae_item_sku_info_dtos':{'ae_item_sku_info_d_t_o':[{'sku_id':12000044126059831,"
                        + "'sku_attr':'','offer_sale_price':'1','currency_code':'USD'}]}");
        assertThat(product.variants().get(0).externalId()).isEqualTo("12000044126059831");
    }

    @ParameterizedTest
    @CsvSource({
        "'''ipm_sku_stock'':12,''sku_stock'':true',12",
        "'''sku_stock'':false',0",
        "'''sku_stock'':true',",
        "'''sku_available_stock'':3,''ipm_sku_stock'':9',3"
    })
    void shouldReadTheStockOfOlderReplies(String fields, Long stock) {
        SupplierProduct product =
                map(BASE + skus(sku("12000044126059467", "8.01", "9.00", fields, color(29, "W", "", "a"))));
        assertThat(product.variants().get(0).stock()).isEqualTo(stock);
    }

    @Test
    void shouldLeaveOutASkuWithoutAUsablePriceAndSayWhy() {
        SupplierProduct product = map(BASE
                + skus(
                        sku("12000044126059001", "8.01", "9.00", "'x':1", color(1, "W", "", "a")),
                        sku("12000044126059002", "", "", "'x':1", color(2, "B", "", "a")),
                        sku("12000044126059003", "0.00", "0.00", "'x':1", color(3, "C", "", "a"))));
        assertThat(product.variants()).extracting(SupplierVariant::externalId).containsExactly("12000044126059001");
        assertThat(product.axes().get(0).values()).extracting(Axis.Value::label).containsExactly("W");
        assertThat(product.losses())
                .filteredOn(loss -> loss.what().equals("refused"))
                .extracting(Loss::field)
                .containsExactly(
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[12000044126059002].offer_sale_price",
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[12000044126059003].offer_sale_price");
    }

    @Test
    void shouldRefuseASkuWithTheOptionsOfAnotherOrWithoutAnOption() {
        SupplierProduct product = map(BASE
                + skus(
                        sku("12000044126059001", "8.01", "9.00", "'x':1", color(1, "W", "", "a") + "," + size(5)),
                        sku("12000044126059002", "8.01", "9.00", "'x':1", color(1, "W", "", "a") + "," + size(5)),
                        sku("12000044126059003", "8.01", "9.00", "'x':1", color(2, "B", "", "a")),
                        sku("12000044126059004", "8.01", "9.00", "'x':1", size(5) + "," + color(2, "B", "", "a"))));
        assertThat(product.variants())
                .extracting(SupplierVariant::externalId)
                .containsExactly("12000044126059001", "12000044126059004");
        assertThat(List.copyOf(product.variants().get(1).options().keySet())).containsExactly("14", "5");
        assertThat(product.losses())
                .filteredOn(loss -> loss.what().equals("refused"))
                .hasSize(2);
    }

    @Test
    void shouldTellValuesApartThatShareANumber() {
        SupplierProduct product = map(BASE
                + skus(
                        sku("12000044126059001", "8.01", "9.00", "'x':1", color(193, "Black", "Cat", "a")),
                        sku("12000044126059002", "8.01", "9.00", "'x':1", color(193, "Black", "Dog", "b"))));
        assertThat(product.axes().get(0).values()).extracting(Axis.Value::id).containsExactly("193#Cat", "193#Dog");
        assertThat(product.variants()).hasSize(2);
    }

    @Test
    void shouldTakeTheDefaultWarehouseAndElseTheCheapest() {
        SupplierProduct product = map(BASE
                + skus(
                        sku(
                                "12000044126059001",
                                "8.01",
                                "9.00",
                                "'x':1",
                                color(1, "W", "", "a") + "," + from(201336106, "United States")),
                        sku(
                                "12000044126059002",
                                "9.99",
                                "9.99",
                                "'x':1",
                                color(1, "W", "", "a") + "," + from(201336100, "CHINA")),
                        sku(
                                "12000044126059003",
                                "7.50",
                                "9.00",
                                "'x':1",
                                color(2, "B", "", "b") + "," + from(201336106, "United States")),
                        sku(
                                "12000044126059004",
                                "7.10",
                                "9.00",
                                "'x':1",
                                color(2, "B", "", "b") + "," + from(201336104, "Spain"))));
        assertThat(product.axes()).extracting(Axis::id).containsExactly("14");
        assertThat(product.variants())
                .extracting(SupplierVariant::externalId)
                .containsExactly("12000044126059002", "12000044126059004");
        assertThat(product.losses())
                .extracting(Loss::field)
                .contains(
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[12000044126059001]",
                        "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[12000044126059003]");
    }

    @Test
    void shouldSayWhenItIsNoLongerSold() {
        SupplierProduct product = map(BASE.replace("onSelling", "offline")
                + skus(sku("12000044126059001", "8.01", "9.00", "'x':1", color(1, "W", "", "a"))));
        assertThat(product.available()).isFalse();
    }

    @Test
    void shouldSayWhenTheProductHasAnotherIdThere() {
        SupplierProduct product = (SupplierProduct) mapper.product(
                reply("'rsp_code':'200','result':{" + BASE
                        + skus(sku("12000044126059001", "8.01", "9.00", "'x':1", color(1, "W", "", "a"))) + "}"),
                AliExpressFixture.asked("3256805267977425"));
        assertThat(product.externalId()).isEqualTo("1005000000000101");
        assertThat(product.losses()).anySatisfy(loss -> assertThat(loss.why()).contains("3256805267977425"));
    }

    @Test
    void shouldNameFieldsOfTomorrow() {
        SupplierProduct product =
                map(BASE + skus(sku("12000044126059001", "8.01", "9.00", "'new':7", color(1, "W", "", "a")))
                        + ",'new_dto':{'a':1}");
        assertThat(product.losses())
                .extracting(Loss::field)
                .contains("new_dto", "ae_item_sku_info_dtos.ae_item_sku_info_d_t_o[].new");
    }

    @ParameterizedTest
    @CsvSource({
        "605,ITEM_ID_NOT_FOUND,GONE",
        "482,PRODUCT_SHIP_TO_COUNTRY_PROHIBITED,REJECTED",
        "500,SYSTEM_ERROR,TRANSIENT",
        "404,NO,REJECTED"
    })
    void shouldClassifyCodesOfASuccessThatIsNone(int code, String msg, ErrorKind kind) {
        VendorException failure = failure("'rsp_code':" + code + ",'rsp_msg':'" + msg + "'");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(msg);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'request_id':'x'", "'rsp_code':200,'result':{'ae_store_info':{'store_id':1}}"})
    void shouldTakeAProductWithoutItsBaseForUnreadable(String root) {
        assertThat(failure(root).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldRefuseAProductWithoutAUsableSkuWithTheReason() {
        VendorException failure = failure("'rsp_code':200,'result':{" + BASE
                + skus(sku("12000044126059001", "", "", "'x':1", color(1, "W", "", "a"))) + "}");
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("no-usable-sku");
        assertThat(failure).hasMessageContaining("no price");
    }

    private SupplierProduct map(String result) {
        return mapper.product(reply("'rsp_code':200,'result':{" + result + "}"), AliExpressFixture.ASKED);
    }

    private VendorException failure(String root) {
        return catchThrowableOfType(VendorException.class, () -> mapper.product(reply(root), AliExpressFixture.ASKED));
    }

    private static Object reply(String root) {
        return AliExpressFixture.json(("{'aliexpress_ds_product_get_response':{" + root + "}}").replace('\'', '"'));
    }

    private static String skus(String... skus) {
        return ",'ae_item_sku_info_dtos':{'ae_item_sku_info_d_t_o':[" + String.join(",", skus) + "]}";
    }

    private static String sku(String id, String price, String list, String more, String properties) {
        String attr = properties
                .replaceFirst(".*'property_value_id':([0-9]+).*'label':'([^']*)'.*", "14:$1#$2")
                .replaceFirst("#$", "");
        return "{'sku_id':'" + id + "','sku_attr':'" + attr + "','id':'" + attr + "','offer_sale_price':'" + price
                + "','sku_price':'" + list + "','offer_bulk_sale_price':'1','currency_code':'EUR'," + more
                + ",'ae_sku_property_dtos':{'ae_sku_property_d_t_o':["
                + properties.replaceAll(",?'label':'[^']*'", "") + "]}}";
    }

    private static String color(int id, String name, String label, String image) {
        return "{'sku_property_id':14,'sku_property_name':'Color','property_value_id':" + id
                + ",'sku_property_value':'" + name + "','label':'" + label + "','sku_image':'https://x.test/" + image
                + ".jpg'" + (label.isEmpty() ? "" : ",'property_value_definition_name':'" + label + "'") + "}";
    }

    private static String size(int id) {
        return "{'sku_property_id':5,'sku_property_name':'Size','property_value_id':" + id
                + ",'sku_property_value':'L'}";
    }

    private static String from(int id, String name) {
        return "{'sku_property_id':200007763,'sku_property_name':'Enviado de','property_value_id':" + id
                + ",'sku_property_value':'" + name + "'}";
    }
}
