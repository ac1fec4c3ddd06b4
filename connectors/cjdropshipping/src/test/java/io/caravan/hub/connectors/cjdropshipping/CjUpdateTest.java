package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.cjdropshipping.CjUpdate.Change;
import io.caravan.hub.connectors.cjdropshipping.CjUpdate.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CjUpdateTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldCarryOnlyWhatIsNamedAsChanged() {
        CjUpdate update = update("""
                {"messageId": "m1", "type": "PRODUCT", "messageType": "UPDATE", "openId": 1, "params": {
                 "pid": 1424608189734850560, "productNameEn": null, "productDescription": "new", "productSku": "CJ1",
                 "productSellPrice": null, "fields": ["productDescription", "productSellPrice"]}}
                """);
        assertThat(update.messageId()).isEqualTo("m1");
        assertThat(update.type()).isEqualTo("PRODUCT");
        assertThat(update.change()).isEqualTo(Change.UPDATE);
        assertThat(update.productId()).isEqualTo("1424608189734850560");
        assertThat(update.variantId()).isEmpty();
        assertThat(update.changed()).isEqualTo(Map.of("productDescription", "new"));
        assertThat(update.unclear()).containsExactly("productSellPrice");
        assertThat(update.parts()).containsExactlyInAnyOrder(Part.TEXT, Part.PRICE);
        assertThat(update.available()).isEmpty();
    }

    @Test
    void shouldTakeAllThatIsNotNullWhereNothingIsNamed() {
        CjUpdate update = update("""
                {"messageId": "m2", "type": "VARIANT", "messageType": "UPDATE", "params": {
                 "vid": "1424608152007086080", "variantSellPrice": 4.2, "variantImage": "https://cf.example/1.jpg",
                 "variantWeight": null, "variantKey": null}}
                """);
        assertThat(update.variantId()).isEqualTo("1424608152007086080");
        assertThat(update.changed())
                .isEqualTo(Map.of("variantSellPrice", 4.2, "variantImage", "https://cf.example/1.jpg"));
        assertThat(update.unclear()).isEmpty();
        assertThat(update.parts()).containsExactlyInAnyOrder(Part.PRICE, Part.PICTURES);
    }

    @Test
    void shouldAddUpTheWarehousesOfAStockMessage() {
        CjUpdate update = update("""
                {"messageId": "m3", "type": "STOCK", "messageType": "UPDATE", "params": {
                 "1424608152007086080": [
                  {"vid": "1424608152007086080", "areaId": "1", "countryCode": "CN", "storageNum": 20},
                  {"vid": "1424608152007086080", "areaId": 2, "countryCode": "US", "storageNum": "0"}],
                 "99": [{"areaId": 2, "totalInventoryNum": 7}]}}
                """);
        assertThat(update.stock()).isEqualTo(Map.of("1424608152007086080", 20L, "99", 7L));
        assertThat(update.changed()).isEmpty();
        assertThat(update.parts()).containsExactly(Part.STOCK);
    }

    @Test
    void shouldReadAFlatStockMessage() {
        CjUpdate update = update("""
                {"messageId": "m3", "type": "STOCK", "params": {"vid": 7, "storageNum": 3, "totalInventoryNum": null}}
                """);
        assertThat(update.stock()).isEqualTo(Map.of("7", 3L));
        assertThat(update.variantId()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({"PRODUCT,AVAILABILITY", "VARIANT,OPTIONS"})
    void shouldTakeADeleteForWhatItIs(String type, Part part) {
        CjUpdate update = update("{\"messageId\":\"m4\",\"type\":\"" + type
                + "\",\"messageType\":\"DELETE\",\"params\":{\"pid\":\"1\",\"vid\":\"2\",\"fields\":null}}");
        assertThat(update.change()).isEqualTo(Change.DELETE);
        assertThat(update.parts()).containsExactly(part);
        assertThat(update.available().isPresent()).isEqualTo(type.equals("PRODUCT"));
    }

    @ParameterizedTest
    @CsvSource({"3,true", "5,false", "0,false"})
    void shouldTellWhetherItIsStillSold(int status, boolean sold) {
        CjUpdate update =
                update("{\"messageId\":\"m5\",\"type\":\"product\",\"params\":{\"pid\":\"1\",\"productStatus\":"
                        + status + ",\"fields\":[\"productStatus\"]}}");
        assertThat(update.available()).contains(sold);
        assertThat(update.parts()).isEqualTo(Set.of(Part.AVAILABILITY));
    }

    @Test
    void shouldTakeAnInsertWhole() {
        CjUpdate update = update("""
                {"messageId": "m6", "type": "PRODUCT", "messageType": "INSERT", "params": {
                 "pid": "1", "productNameEn": "Mug", "categoryName": "Home", "productImage": null, "fields": ["productImage"]}}
                """);
        assertThat(update.change()).isEqualTo(Change.INSERT);
        assertThat(update.changed()).isEqualTo(Map.of("productNameEn", "Mug", "categoryName", "Home"));
        assertThat(update.unclear()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messageId\":\"m\"}", "{\"type\":\"PRODUCT\",\"params\":{}}"})
    void shouldRefuseWhatIsNoMessage(String body) {
        assertThatThrownBy(() -> update(body)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadTheDocumentedMessage() throws IOException {
        Path file = Path.of(
                System.getProperty("shared.contracts", ""),
                "cjdropshipping/recordings/docs_webhook_product_update.json");
        assumeTrue(Files.exists(file), "no recordings on this machine");
        CjUpdate update =
                update(JSON.readTree(file.toFile()).at("/request/body").toString());
        assertThat(update.productId()).isEqualTo("1424608189734850560");
        assertThat(update.changed()).containsOnlyKeys("productDescription");
        assertThat(update.unclear()).isEmpty();
        assertThat(update.parts()).containsExactly(Part.TEXT);
    }

    private static CjUpdate update(String json) {
        try {
            return CjUpdate.of(JSON.readValue(json, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("test body: " + json, e);
        }
    }
}
