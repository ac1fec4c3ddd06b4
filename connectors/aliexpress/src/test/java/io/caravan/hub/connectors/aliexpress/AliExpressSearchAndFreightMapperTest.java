package io.caravan.hub.connectors.aliexpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliExpressSearchAndFreightMapperTest {

    private final AliExpressSearchMapper searches = new AliExpressSearchMapper();
    private final AliExpressFreightMapper freights = new AliExpressFreightMapper();

    @Test
    void shouldSearchInTheLanguageAndCountryOfTheBuyer() {
        assertThat(searches.request(Map.of(
                                "q",
                                "mug",
                                "page",
                                "3",
                                "size",
                                500,
                                "ship_to",
                                "BR",
                                "currency",
                                "BRL",
                                "language",
                                "pt"))
                        .params())
                .containsOnly(
                        Map.entry("method", "aliexpress.ds.text.search"),
                        Map.entry("keyWord", "mug"),
                        Map.entry("local", "pt_BR"),
                        Map.entry("countryCode", "BR"),
                        Map.entry("currency", "BRL"),
                        Map.entry("pageIndex", "3"),
                        Map.entry("pageSize", "50"));
    }

    @ParameterizedTest
    @CsvSource({"q,''", "page,next", "page,0", "size,-1"})
    void shouldRefuseToSearchNonsense(String field, String value) {
        Map<String, Object> body = new java.util.HashMap<>(Map.of("q", "mug"));
        body.put(field, value);
        assertThatThrownBy(() -> searches.request(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void shouldNameRowsThatCannotBeRead() {
        SupplierPage page = page("'code':'00','data':{'totalCount':3,'products':{'selection_search_product':["
                + "{'itemId':'1005000000000101','title':'Mug','targetSalePrice':'3.29','targetOriginalPriceCurrency':'EUR',"
                + "'salePrice':'25.76','salePriceCurrency':'CNY','itemMainPic':'//x.test/1.jpg','orders':'87','score':''},"
                + "{'itemId':'1005000000000102','title':'Mug'},{'title':'Mug','targetSalePrice':'1'}]}}");
        assertThat(page.hits()).singleElement().satisfies(hit -> {
            assertThat(hit.from()).isEqualTo(Money.of(329, "EUR"));
            assertThat(hit.image()).isEqualTo("https://x.test/1.jpg");
            assertThat(hit.sold()).isEqualTo(87);
            assertThat(hit.rating()).isNull();
        });
        assertThat(page.losses()).hasSize(2).extracting(Loss::what).containsOnly("refused");
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"2,'''totalCount'':5,',2", "2,'''totalCount'':2,',", "2,'',2", "3,'',"})
    void shouldKnowWhetherThereIsMore(int size, String total, @Nullable String next) {
        SupplierPage page = searches.page(
                reply(
                        "aliexpress_ds_text_search_response",
                        "'code':'00','data':{" + total + "'products':{'selection_search_product':["
                                + "{'itemId':'1005000000000101','title':'a','targetSalePrice':'1'},"
                                + "{'itemId':'1005000000000102','title':'b','targetSalePrice':'2'}]}}"),
                Map.of("q", "mug", "size", size));
        assertThat(page.next()).isEqualTo(next);
    }

    @Test
    void shouldTakeAMissingListForNothingFound() {
        SupplierPage page = page("'code':'00'");
        assertThat(page.hits()).isEmpty();
        assertThat(page.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'''code'':''500'',''msg'':''busy''',TRANSIENT",
        "'''code'':''40'',''msg'':''bad word''',REJECTED",
        "'''msg'':''?''',TRANSIENT"
    })
    void shouldNotTakeARefusedSearchForAnEmptyOne(String root, ErrorKind kind) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> page(root));
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void shouldMapEachWayToSend() {
        List<ShippingOption> options = freight("'success':true,'code':200,'delivery_options':{'delivery_option_d_t_o':["
                + "{'code':'A','shipping_fee_cent':'1.99','shipping_fee_currency':'USD','min_delivery_days':6,"
                + "'max_delivery_days':8,'ship_from_country':'CN','tracking':true,'free_shipping':false},"
                + "{'code':'B','free_shipping':true,'ship_from_country':'china','tracking':false},"
                + "{'code':'C','shipping_fee_cent':'free'}]}");
        assertThat(options)
                .containsExactly(
                        new ShippingOption("A", Money.of(199, "USD"), 6, 8, "CN", true),
                        new ShippingOption("B", Money.of(0, "EUR"), null, null, "", false));
    }

    @Test
    void shouldSayNothingIsSentThereOnlyWhenThatWasSaid() {
        assertThat(freight("'success':false,'code':501,'msg':'DELIVERY_INFO_EMPTY'"))
                .isEmpty();
        assertThat(freight("'success':true,'code':200")).isEmpty();
        assertThat(refused("'success':false,'code':502,'msg':'ITEM_NOT_FOUND'")).isEqualTo(ErrorKind.REJECTED);
        assertThat(refused("'success':false,'code':500,'msg':'SYSTEM'")).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refused("'success':true,'delivery_options':{'delivery_option_d_t_o':[{'code':'A','fee':'1'}]}"))
                .isEqualTo(ErrorKind.TRANSIENT);
    }

    private SupplierPage page(String root) {
        return searches.page(reply("aliexpress_ds_text_search_response", root), Map.of("q", "mug", "size", 3));
    }

    private List<ShippingOption> freight(String result) {
        return freights.options(
                reply("aliexpress_ds_freight_query_response", "'result':{" + result + "}"), Map.of("currency", "EUR"));
    }

    private ErrorKind refused(String result) {
        return catchThrowableOfType(VendorException.class, () -> freight(result))
                .kind();
    }

    private static Object reply(String root, String content) {
        return AliExpressFixture.json(("{'" + root + "':{" + content + "}}").replace('\'', '"'));
    }
}
