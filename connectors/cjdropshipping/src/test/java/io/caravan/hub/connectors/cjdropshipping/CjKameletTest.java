package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.connectors.cjdropshipping.sandbox.CjSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.supplier.ShippingOption;
import io.caravan.hub.model.supplier.SupplierHit;
import io.caravan.hub.model.supplier.SupplierPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CjKameletTest {

    private static final String SEARCH = "kamelet:cjdropshipping-search-action";
    private static final String FREIGHT = "kamelet:cjdropshipping-freight-action";
    private static final String PRODUCT = "kamelet:cjdropshipping-product-action";
    private static final String HOODIE = "2511200910461500000";

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

    @Test
    void shouldAskForAProductWithItsStock() {
        kit.call(PRODUCT, Map.of("product_id", HOODIE, "ship_to", "US"), Map.of());
        assertThat(requests()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("GET");
            assertThat(seen.path()).isEqualTo("/api2.0/v1/product/query");
            assertThat(seen.query()).isEqualTo(Map.of("pid", List.of(HOODIE), "features", List.of("enable_inventory")));
            assertThat(seen.headers()).containsEntry("CJ-Access-Token", "sandbox-cj-10000");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50% off & more",
                "ünïcode 灯",
                "a+b=c?d#e",
                "{{env:PATH}}",
                "${body}",
                "RAW(x)",
                "RAW{x}",
                "%7B%7Bx%7D%7D"
            })
    void shouldSendTheWordsOfASearchAsTheyAre(String words) {
        kit.call(SEARCH, Map.of("q", words, "page", "2", "size", 500), Map.of());
        assertThat(requests()).singleElement().satisfies(seen -> {
            assertThat(seen.path()).isEqualTo("/api2.0/v1/product/listV2");
            assertThat(seen.query())
                    .isEqualTo(Map.of("keyWord", List.of(words), "page", List.of("2"), "size", List.of("100")));
        });
    }

    @Test
    void shouldReadEveryFieldOfAHit() {
        SupplierPage page = (SupplierPage) kit.call(SEARCH, Map.of("q", "enamel mug"), Map.of());
        assertThat(page.total()).isEqualTo(1);
        assertThat(page.next()).isNull();
        assertThat(page.losses()).isEmpty();
        SupplierHit hit = page.hits().get(0);
        assertThat(hit.supplier()).isEqualTo("cjdropshipping");
        assertThat(hit.externalId()).isEqualTo("5C1E2F4A-9B7D-4E11-8A52-0D6C3B9F7E21");
        assertThat(hit.url())
                .hasToString("https://cjdropshipping.com/product/outdoor-enamel-mug-for-campfire-coffee-p-"
                        + "5C1E2F4A-9B7D-4E11-8A52-0D6C3B9F7E21.html");
        assertThat(hit.title()).isEqualTo("Outdoor Enamel Mug For Campfire Coffee");
        assertThat(hit.image()).isEqualTo(kit.sandbox().url() + "/cjdropshipping/_pictures/11.jpg");
        assertThat(hit.from()).isEqualTo(Money.of(209, "USD"));
        assertThat(hit.to()).isEqualTo(Money.of(231, "USD"));
        assertThat(hit.sold()).isNull();
        assertThat(hit.rating()).isNull();
    }

    @Test
    void shouldCountRowsThatItCannotRead() {
        answer(
                "{\"code\":200,\"data\":{\"pageNumber\":1,\"pageSize\":3,\"totalRecords\":9,\"totalPages\":3,\"content\":["
                        + "{\"productList\":[{\"id\":1,\"nameEn\":\"A\",\"sellPrice\":2},{\"id\":2,\"nameEn\":\"B\"}]},"
                        + "{\"productList\":[{\"nameEn\":\"C\",\"sellPrice\":2}]}]}}");
        SupplierPage page = (SupplierPage) kit.call(SEARCH, Map.of("q", "x"), Map.of());
        assertThat(page.hits()).extracting(SupplierHit::externalId).containsExactly("1");
        assertThat(page.losses()).hasSize(2);
        assertThat(page.next()).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"pageNumber\":1,\"pageSize\":1,\"totalPages\":2}       | 2",
                "{\"pageNumber\":2,\"pageSize\":1,\"totalPages\":2}       |",
                "{\"pageNumber\":1,\"pageSize\":1,\"totalRecords\":2}     | 2",
                "{\"pageNumber\":1,\"pageSize\":1}                        | 2",
                "{\"pageNumber\":1,\"pageSize\":2}                        |",
                "{\"pageNumber\":1000,\"pageSize\":1,\"totalPages\":2000} |",
                "{\"pageSize\":1,\"totalPages\":9}                        |"
            })
    void shouldKnowTheLastPage(String data, @org.jspecify.annotations.Nullable String next) {
        answer("{\"code\":200,\"data\":" + data.strip().replaceFirst("}$", "")
                + ",\"content\":[{\"productList\":[{\"id\":1,\"nameEn\":\"A\",\"sellPrice\":2}]}]}}");
        assertThat(((SupplierPage) kit.call(SEARCH, Map.of("q", "x"), Map.of())).next())
                .isEqualTo(next);
    }

    @Test
    void shouldAskForTheFreightOfAVariant() {
        String vid = "2511200910461600000";
        List<?> options = (List<?>) kit.call(
                FREIGHT, Map.of("product_id", HOODIE, "variant_id", vid, "quantity", 2, "ship_to", "DE"), Map.of());
        assertThat(options)
                .isEqualTo(List.of(
                        new ShippingOption("CJPacket Ordinary", Money.of(454, "USD"), 7, 14, "CN", false),
                        new ShippingOption("PostNL", Money.of(588, "USD"), 10, 25, "CN", false),
                        new ShippingOption("DHL Official", Money.of(1900, "USD"), 3, 3, "CN", false)));
        assertThat(requests()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.headers().get("Content-Type")).startsWith("application/json");
            assertThat(seen.body())
                    .isEqualTo("{\"startCountryCode\":\"CN\",\"endCountryCode\":\"DE\","
                            + "\"products\":[{\"quantity\":2,\"vid\":\"" + vid + "\"}]}");
        });
    }

    @Test
    void shouldAddTaxesWhereNoTotalIsTold() {
        answer(
                "{\"code\":200,\"data\":[{\"logisticName\":\"A\",\"logisticPrice\":\"4.71\",\"taxesFee\":0.3,"
                        + "\"clearanceOperationFee\":\"0.10\",\"logisticAging\":\"soon\"},{\"logisticName\":\"B\"},"
                        + "{\"logisticPrice\":1},{\"logisticName\":\"Free\",\"logisticPrice\":0,\"logisticAging\":\"4 - 6 days\"}]}");
        assertThat(kit.call(FREIGHT, Map.of("variant_id", "v", "ship_to", "US"), Map.of()))
                .isEqualTo(List.of(
                        new ShippingOption("A", Money.of(511, "USD"), null, null, "CN", false),
                        new ShippingOption("Free", Money.of(0, "USD"), 4, 6, "CN", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"\"", "[{}]", "[{\"logisticName\":\"A\",\"logisticPrice\":\"on request\"}]"})
    void shouldNotTakeFreightThatItCannotReadForNone(String data) {
        answer("{\"code\":200,\"data\":" + data + "}");
        assertThat(refusal(FREIGHT, Map.of("variant_id", "v", "ship_to", "US")).kind())
                .isEqualTo(ErrorKind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void shouldTakeNoLineForNotShippedThere(String data) {
        answer("{\"code\":200,\"data\":" + data + "}");
        assertThat(kit.call(FREIGHT, Map.of("variant_id", "v", "ship_to", "US"), Map.of()))
                .isEqualTo(List.of());
    }

    @Test
    void shouldSayThatAVariantIsGone() {
        VendorException refusal = refusal(FREIGHT, Map.of("variant_id", "nosuch", "ship_to", "US"));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.GONE);
        assertThat(refusal.code()).isEqualTo("1602000");
    }

    @ParameterizedTest
    @CsvSource({
        "search,q,''",
        "search,page,0",
        "search,page,two",
        "search,page,1001",
        "search,size,-1",
        "freight,ship_to,usa",
        "freight,ship_to,''",
        "freight,variant_id,a/b",
        "freight,quantity,0",
        "freight,quantity,1.5"
    })
    void shouldSendNothingForAQuestionThatMakesNoSense(String operation, String field, String value) {
        Map<String, Object> ask = new java.util.HashMap<>(
                Map.of("q", "lamp", "page", "1", "size", 3, "variant_id", "v", "quantity", 1, "ship_to", "US"));
        ask.put(field, value);
        assertThatThrownBy(() -> kit.call("kamelet:cjdropshipping-" + operation + "-action", ask, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(requests()).isEmpty();
    }

    @Test
    void shouldTellTheLimitsOfTheAccountWithThePing() {
        Exchange done = kit.exchange("kamelet:cjdropshipping-ping-action", null, Map.of());
        assertThat(done.getVariable("limits")).isEqualTo(Map.of("per_second_limit", 6L, "per_day_limit", 1000L));
        assertThat(done.getMessage().getBody())
                .isEqualTo(Map.of(
                        "open_id",
                        "10000",
                        "root",
                        "GENERAL",
                        "sandbox",
                        "true",
                        "per_second_limit",
                        6L,
                        "per_day_limit",
                        1000L));
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getVariables()).containsOnlyKeys("connection", "account", "limits");
    }

    @Test
    void shouldRefuseAnAccountThatMayDoNothing() {
        answer("{\"code\":200,\"data\":{\"openId\":1,\"root\":\"NO_PERMISSION\"}}");
        assertThat(refusal("kamelet:cjdropshipping-ping-action", Map.of()).code())
                .isEqualTo("no-permission");
    }

    @Test
    void shouldStopWhenTheDaysPointsAreUsedUp() throws Exception {
        kit.close();
        kit = CjKits.good(folder.resolve("poor"), new CjSandbox(6, 55, Duration.ofMinutes(5)));
        kit.call(SEARCH, Map.of("q", "outdoor"), Map.of());
        VendorException refusal = refusal(PRODUCT, Map.of("product_id", HOODIE));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.EXHAUSTED);
        assertThat(refusal.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(1)));
        kit.call("kamelet:cjdropshipping-ping-action", null, Map.of());
    }

    @Test
    void shouldBeSlowedDownByTheLevelOfTheAccount() throws Exception {
        kit.close();
        kit = CjKits.good(folder.resolve("free"), new CjSandbox(1, 50_000, Duration.ofMinutes(5)));
        VendorException refusal = firstRefusal(PRODUCT, Map.of("product_id", HOODIE));
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
    }

    private void answer(String body) {
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, body, 0));
    }

    /** Asks until it is refused: how many calls a busy machine makes in a second is not known. */
    private VendorException firstRefusal(String uri, Map<String, Object> ask) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> catchThrowableOfType(VendorException.class, () -> kit.call(uri, ask, Map.of())),
                        Objects::nonNull);
    }

    private VendorException refusal(String uri, Map<String, Object> ask) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> kit.call(uri, ask, Map.of()));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private List<ReceivedRequest> requests() {
        return kit.sandbox().requests("cjdropshipping");
    }
}
