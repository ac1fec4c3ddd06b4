package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CjProductMapperTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void shouldReadEveryField() {
        SupplierProduct product = product("""
                {"pid": 2511200910461500000, "productName": "[\\"抓绒\\",\\"衫\\"]", "productNameEn": "Fleece & Co: Hoodie!",
                 "productSku": "CJWY1", "bigImage": "https://cf.example/1.jpg",
                 "productImage": "[\\"https://cf.example/1.jpg\\",\\"//cf.example/3.jpg\\",\\"nothing\\"]",
                 "productImageSet": ["https://cf.example/2.jpg"], "productWeight": "170.00-369.00",
                 "productUnit": null, "categoryName": "Clothes > Hoodies", "categoryId": "77A1", "entryCode": "9404909000",
                 "materialNameEn": "[\\"Wool\\",\\"Cotton\\"]", "materialName": "[\\"羊毛\\"]", "packingNameEn": "[]",
                 "productKeyEn": "Color-Size", "productKeyEnSet": ["Color", "Size"], "sellPrice": "1.55-3.35",
                 "description": "<p>Soft</p>", "status": "3", "listedNum": 3649, "productVideo": null,
                 "variants": [
                  {"vid": "2511200910461600001", "pid": "1", "variantKey": "Blue-Grey-S", "variantSku": "CJWY1-1",
                   "variantImage": "https://cf.example/v1.jpg", "variantWeight": 190.0, "variantSellPrice": 1.68,
                   "variantSugSellPrice": "15.6", "barcode": "160", "inventories": [
                     {"countryCode": "CN", "totalInventory": 120}, {"countryCode": "US", "totalInventoryNum": "6"}]},
                  {"vid": 2511200910461600002, "variantKey": "Red-S", "variantImage": null, "variantWeight": "170.40-369.60",
                   "variantSellPrice": "1.55-3.35", "variantSugSellPrice": null, "inventories": null}]}
                """);
        assertThat(product.supplier()).isEqualTo("cjdropshipping");
        assertThat(product.externalId()).isEqualTo("2511200910461500000");
        assertThat(product.url())
                .hasToString("https://cjdropshipping.com/product/fleece-co-hoodie-p-2511200910461500000.html");
        assertThat(product.title()).isEqualTo("Fleece & Co: Hoodie!");
        assertThat(product.available()).isTrue();
        assertThat(product.descriptionHtml()).isEqualTo("<p>Soft</p>");
        assertThat(product.images())
                .containsExactly("https://cf.example/1.jpg", "https://cf.example/2.jpg", "https://cf.example/3.jpg");
        assertThat(product.axes())
                .containsExactly(
                        new Axis(
                                "Color",
                                "Color",
                                java.util.List.of(
                                        new Axis.Value("Blue-Grey", "Blue-Grey", null),
                                        new Axis.Value("Red", "Red", null))),
                        new Axis("Size", "Size", java.util.List.of(new Axis.Value("S", "S", null))));
        assertThat(product.variants())
                .containsExactly(
                        new SupplierVariant(
                                "2511200910461600001",
                                "2511200910461600001",
                                Map.of("Color", "Blue-Grey", "Size", "S"),
                                Money.of(168, "USD"),
                                Money.of(1560, "USD"),
                                126L,
                                "https://cf.example/v1.jpg",
                                190L),
                        new SupplierVariant(
                                "2511200910461600002",
                                "2511200910461600002",
                                Map.of("Color", "Red", "Size", "S"),
                                Money.of(335, "USD"),
                                null,
                                null,
                                null,
                                370L));
        assertThat(product.attributes())
                .isEqualTo(Map.of(
                        "Material",
                        "Wool, Cotton",
                        "Category",
                        "Clothes > Hoodies",
                        "Weight (g)",
                        "170.00-369.00",
                        "SKU",
                        "CJWY1",
                        "HS code",
                        "9404909000"));
        assertThat(product.fetchedAt()).isEqualTo(NOW);
        assertThat(product.losses())
                .extracting(Loss::field, Loss::what)
                .containsExactlyInAnyOrder(
                        tuple("productImage", "refused"),
                        tuple("productName", "dropped"),
                        tuple("categoryId", "dropped"),
                        tuple("materialName", "dropped"),
                        tuple("sellPrice", "dropped"),
                        tuple("listedNum", "dropped"),
                        tuple("variants[].variantSellPrice", "changed"),
                        tuple("variants[].inventories", "changed"),
                        tuple("variants[].variantSku", "dropped"),
                        tuple("variants[].barcode", "dropped"));
    }

    @Test
    void shouldKeepAKeyWholeThatCannotBeTakenApart() {
        SupplierProduct product = product("""
                {"pid": "1", "productNameEn": "Hammock", "productKeyEn": "Color-Size", "variants": [
                 {"vid": "a", "variantKey": "Blue-Green-S", "variantSellPrice": 2},
                 {"vid": "b", "variantKey": "Blue-Green-L", "variantSellPrice": 2}]}
                """);
        assertThat(product.axes()).singleElement().satisfies(axis -> {
            assertThat(axis.name()).isEqualTo("Variant");
            assertThat(axis.values()).extracting(Axis.Value::label).containsExactly("Blue-Green-S", "Blue-Green-L");
        });
        assertThat(product.losses())
                .extracting(Loss::field, Loss::what)
                .containsExactly(tuple("variants[].variantKey", "changed"));
    }

    @Test
    void shouldHaveNoOptionForASingleVariantWithoutAKey() {
        SupplierProduct product = product("""
                {"pid": "1", "productNameEn": "Spork", "productKeyEn": "Color", "variants": [
                 {"vid": "a", "variantKey": "", "variantSellPrice": "1.15"}]}
                """);
        assertThat(product.axes()).isEmpty();
        assertThat(product.variants())
                .singleElement()
                .satisfies(variant -> assertThat(variant.options()).isEmpty());
        assertThat(product.losses()).isEmpty();
    }

    @Test
    void shouldNameVariantsByTheirIdWhereSomeHaveNoKey() {
        SupplierProduct product = product("""
                {"pid": "1", "productNameEn": "Mug", "productKeyEn": null, "variants": [
                 {"vid": "a", "variantKey": null, "variantSellPrice": 1}, {"vid": "b", "variantKey": "Red", "variantSellPrice": 1}]}
                """);
        assertThat(product.variants())
                .extracting(SupplierVariant::options)
                .containsExactly(Map.of("Variant", "a"), Map.of("Variant", "Red"));
    }

    @Test
    void shouldShowThePicturesOfVariantsWhereTheProductHasNone() {
        SupplierProduct product = product("""
                {"pid": "1", "productNameEn": "Mug", "productKeyEn": "Color", "productImage": "[]", "variants": [
                 {"vid": "a", "variantKey": "Red", "variantSellPrice": 1, "variantImage": "https://cf.example/a.jpg"},
                 {"vid": "b", "variantKey": "Blue", "variantSellPrice": 1, "variantImage": "javascript:alert(1)"}]}
                """);
        assertThat(product.images()).containsExactly("https://cf.example/a.jpg");
        assertThat(product.variants().get(1).image()).isNull();
        assertThat(product.losses()).extracting(Loss::field).containsExactly("variants[].variantImage");
    }

    @Test
    void shouldLeaveOutVariantsThatCannotBeBought() {
        SupplierProduct product = product("""
                {"pid": "1", "productNameEn": "Mug", "productKeyEn": "Color", "variants": [
                 {"vid": "a", "variantKey": "Red", "variantSellPrice": 1},
                 {"vid": "a", "variantKey": "Blue", "variantSellPrice": 1},
                 {"vid": "b", "variantKey": "Red", "variantSellPrice": 1},
                 {"vid": "c", "variantKey": "Grey", "variantSellPrice": "0.00"},
                 {"vid": "d", "variantKey": "Mint", "variantSellPrice": "ask us"},
                 {"variantKey": "Sand", "variantSellPrice": 1}, null]}
                """);
        assertThat(product.variants()).extracting(SupplierVariant::externalId).containsExactly("a");
        assertThat(product.losses())
                .hasSize(6)
                .allSatisfy(loss -> assertThat(loss.what()).isEqualTo("refused"));
    }

    @ParameterizedTest
    @CsvSource({"3,true", "'',true", "5,false", "0,false", "2,false"})
    void shouldSellOnlyWhatIsOnSale(String status, boolean available) {
        assertThat(product("{\"pid\":\"1\",\"productNameEn\":\"Mug\",\"status\":\"" + status
                                + "\",\"variants\":[{\"vid\":\"a\",\"variantSellPrice\":1}]}")
                        .available())
                .isEqualTo(available);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"productNameEn\":\"Mug\",\"variants\":[{\"vid\":\"a\",\"variantSellPrice\":1}]}",
                "{\"pid\":\"1\",\"variants\":[{\"vid\":\"a\",\"variantSellPrice\":1}]}",
                "[]",
                "null"
            })
    void shouldNotTakeASuccessWithoutAProductForOne(String data) {
        assertThat(failure(data).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldRefuseAProductWithoutAVariantToBuy() {
        VendorException failure = failure("{\"pid\":\"1\",\"productNameEn\":\"Mug\",\"variants\":[{\"vid\":\"a\"}]}");
        assertThat(failure.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(failure.code()).isEqualTo("no-variants");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17.90            | 1790  | 1790",
                "1.55-3.35        | 155   | 335",
                "2.09 -- 7.46     | 209   | 746",
                "8.62 - 34.52     | 862   | 3452",
                "7.46-2.09        | 209   | 746",
                "$1,234.5         | 123450| 123450",
                "58               | 5800  | 5800"
            })
    void shouldReadPricesInEveryForm(String text, long from, long to) {
        assertThat(CjRange.of(text)).hasValueSatisfying(range -> {
            assertThat(range.lowest()).isEqualTo(Money.of(from, "USD"));
            assertThat(range.highest()).isEqualTo(Money.of(to, "USD"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "-1", "1-2-3", "1e3", "NaN", "1.55-"})
    void shouldNotMakeUpAPrice(String text) {
        assertThat(CjRange.of(text)).isEmpty();
    }

    private static SupplierProduct product(String data) {
        return new CjProductMapper(Clock.fixed(NOW, ZoneOffset.UTC)).product(reply(data));
    }

    private static VendorException failure(String data) {
        VendorException failure = catchThrowableOfType(VendorException.class, () -> product(data));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static Object reply(@Nullable String data) {
        try {
            return JSON.readValue("{\"code\":200,\"data\":" + data + "}", Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
