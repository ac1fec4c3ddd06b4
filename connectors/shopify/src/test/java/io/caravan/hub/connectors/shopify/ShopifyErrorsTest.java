package io.caravan.hub.connectors.shopify;

import static io.caravan.hub.connectors.shopify.ShopifyFixture.REF;
import static io.caravan.hub.connectors.shopify.ShopifyFixture.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyErrorsTest {

    @TempDir
    Path folder;

    private ShopifyFixture shop;

    @BeforeEach
    void open() throws Exception {
        shop = new ShopifyFixture(folder);
    }

    @AfterEach
    void close() throws Exception {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            401 | application/json | {"errors":"[API] Invalid API key"}  | UNAUTHORISED | http-401
            402 | application/json | {"errors":"Unavailable Shop"}       | EXHAUSTED    | shop-frozen
            403 | application/json | {"errors":"Forbidden"}              | UNAUTHORISED | http-403
            403 | text/html        | <html>Just a moment</html>          | TRANSIENT    | blocked
            404 | application/json | {"errors":"Not Found"}              | UNAUTHORISED | no-shop
            404 | text/html        | <html>No such shop</html>           | UNAUTHORISED | no-shop
            423 | application/json | {"errors":"Locked"}                 | EXHAUSTED    | shop-locked
            429 | application/json | {"errors":"Too many"}               | RATE_LIMITED | http-429
            430 | text/html        | <html>Security</html>               | RATE_LIMITED | http-430
            400 | application/json | {"errors":{"query":"missing"}}      | REJECTED     | http-400
            500 | application/json | {"errors":"Internal"}               | TRANSIENT    | http-500
            502 | text/html        | <html>Bad gateway</html>            | TRANSIENT    | http-502
            503 | text/html        | <html>Unavailable</html>            | TRANSIENT    | http-503
            302 | text/html        | <html>Moved</html>                  | REJECTED     | http-302
            200 | text/html        | <html>Maintenance</html>            | TRANSIENT    | unreadable
            200 | application/json | {}                                  | TRANSIENT    | unreadable
            200 | application/json | {"data":null}                       | TRANSIENT    | unreadable
            200 | application/json | {"data":{}}                         | TRANSIENT    | unreadable
            200 | application/json | {"data":{"productSet":{"product":null,"userErrors":[]}}} | TRANSIENT | unreadable
            200 | application/json | {"data":{"productSet":{"product":{"status":"DRAFT"},"userErrors":[]}}} | TRANSIENT | unreadable
            200 | application/json | {"errors":[{"message":"Query cost is 2000","extensions":{"code":"MAX_COST_EXCEEDED"}}]} | REJECTED | MAX_COST_EXCEEDED
            200 | application/json | {"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]} | TRANSIENT | INTERNAL_SERVER_ERROR
            200 | application/json | {"errors":[{"message":"Timeout"}]}  | TRANSIENT    | errors
            200 | application/json | {"errors":[{"message":"Inactive","extensions":{"code":"SHOP_INACTIVE"}}]} | EXHAUSTED | SHOP_INACTIVE
            200 | application/json | {"errors":[{"message":"No field","extensions":{"code":"undefinedField"}}]} | REJECTED | undefinedField
            """)
    void shouldSayWhatARefusalMeans(int status, String type, String body, ErrorKind kind, String code) {
        shop.fault(0, Fault.Kind.ANSWER, status, body, Map.of("Content-Type", type));
        VendorException failure = shop.failingCreate("");
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.vendor()).isEqualTo("shopify");
    }

    @Test
    void shouldWaitUntilTheBucketHoldsWhatTheQueryCosts() {
        shop.set("bucket", 18);
        // what the second query lacks does not come back while a busy machine sends it
        shop.set("restore", 1);
        shop.create(product(1));
        VendorException failure = shop.failingCreate("?budget=500");
        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.code()).isEqualTo("THROTTLED");
        // the first one paid for what it found and left less than the second one asks for
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(18)));
        shop.set("restore", 100);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> shop.create(product(1)).state().equals("draft"));
    }

    @Test
    void shouldComputeTheWaitFromTheRestoreRate() {
        shop.fault(
                0,
                Fault.Kind.ANSWER,
                200,
                "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],\"extensions\":{\"cost\":{"
                        + "\"requestedQueryCost\":752,\"actualQueryCost\":null,\"throttleStatus\":{\"maximumAvailable\":1000.0,"
                        + "\"currentlyAvailable\":201,\"restoreRate\":50.0}}}}",
                Map.of());
        assertThat(shop.failingCreate("").retryAfter()).contains(Duration.ofSeconds(12));
    }

    @Test
    void shouldTakeTheWaitThatA429Tells() {
        shop.fault(0, Fault.Kind.ANSWER, 429, "{\"errors\":\"Slow down\"}", Map.of("Retry-After", "2.0"));
        assertThat(shop.failingCreate("").retryAfter()).contains(Duration.ofSeconds(2));
        shop.fault(0, Fault.Kind.ANSWER, 429, "{\"errors\":\"Slow down\"}", Map.of());
        assertThat(shop.failingCreate("").retryAfter()).isEmpty();
    }

    @Test
    void shouldNameTheScopeThatTheAppLacks() {
        shop.set("scopes", "read_products");
        VendorException failure = shop.failingCreate("");
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure.code()).isEqualTo("ACCESS_DENIED");
        assertThat(failure).hasMessageContaining("lacks the scope write_products");
    }

    @Test
    void shouldRefuseAForeignTokenWithoutShowingOurs() {
        shop.set("token", "shpat_another");
        VendorException failure = shop.failing("kamelet:shopify-ping-action", null, Map.of());
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(failure).hasMessageContaining("credential accessToken");
        assertThat(failure + failure.body()).doesNotContain(ShopifyFixture.TOKEN);
    }

    @Test
    void shouldSayUnknownWhenTheAnswerIsCut() {
        shop.fault(0, Fault.Kind.CUT, 0, null, Map.of());
        shop.kit.baseUrl(shop.kit.sandbox().url().resolve("/shopify"));
        assertThat(shop.failingCreate("").kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(shop.lookup("")).hasSize(1);
    }

    @Test
    void shouldNotTakeARefusalOfALookUpForAnEmptyShop() {
        shop.create(product(1));
        for (String body : new String[] {"{\"data\":{}}", "{\"data\":null}", "<html></html>"}) {
            shop.fault(0, Fault.Kind.ANSWER, 200, body, Map.of());
            assertThat(shop.failing(
                                    "kamelet:shopify-product-lookup-action",
                                    null,
                                    Map.of("reference", REF, "vendorId", ""))
                            .kind())
                    .isEqualTo(ErrorKind.TRANSIENT);
        }
    }

    @Test
    void shouldWarnOnceWhenAnotherVersionAnswers() {
        shop.set("version", "2027-04");
        shop.kit.call("kamelet:shopify-ping-action", null, Map.of());
        assertThat(ShopifyNotes.version("2026-10", "2027-04"))
                .as("said by the call before")
                .isFalse();
        assertThat(ShopifyNotes.version("2026-10", "2027-07")).isTrue();
        assertThat(ShopifyNotes.version("2026-10", "2027-07")).isFalse();
        assertThat(ShopifyNotes.version("2026-10", "2026-10")).isFalse();
        assertThat(ShopifyNotes.version("2026-10", "")).isFalse();
    }
}
