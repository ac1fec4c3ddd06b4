package io.caravan.hub.connectors.aliexpress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import io.caravan.hub.model.supplier.Loss;
import io.caravan.hub.model.supplier.SupplierPage;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.supplier.SupplierVariant;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliExpressKameletTest {

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = AliExpressFixture.kit(folder);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldSendOneSignedFormAndNothingElse() {
        product(AliExpressFixture.MUG);
        assertThat(kit.sandbox().requests("aliexpress")).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.path()).isEqualTo("/sync");
            assertThat(seen.query()).isEmpty();
            assertThat(seen.headers().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
            assertThat(seen.headers()).doesNotContainKey("Authorization").doesNotContainKey("Transfer-Encoding");
            assertThat(seen.body().split("&"))
                    .extracting(pair -> pair.substring(0, pair.indexOf('=')))
                    .containsExactlyInAnyOrder(
                            "app_key",
                            "method",
                            "product_id",
                            "session",
                            "ship_to_country",
                            "sign",
                            "sign_method",
                            "target_currency",
                            "target_language",
                            "timestamp");
        });
    }

    @Test
    void shouldSignWhatIsNotAscii() {
        SupplierPage page = (SupplierPage) kit.call(
                "kamelet:aliexpress-search-action",
                Map.of("q", "größe & 50% + 北 =", "currency", "EUR", "language", "fr", "ship_to", "FR"),
                Map.of());
        assertThat(page.hits()).isEmpty();
        assertThat(page.total()).isZero();
    }

    @Test
    void shouldTakeTheDefaultWarehouseOfTheLantern() {
        SupplierProduct lantern = product("1005000000000105");
        assertThat(lantern.axes()).extracting(axis -> axis.id()).containsExactly("14", "200000828");
        assertThat(lantern.variants())
                .filteredOn(variant -> variant.orderKey().endsWith("200007763:201336100"))
                .hasSize(5);
        assertThat(lantern.variants())
                .filteredOn(variant -> variant.orderKey().endsWith("200007763:201336104"))
                .as("one is not in China: the cheaper of the other two")
                .singleElement()
                .extracting(SupplierVariant::orderKey)
                .isEqualTo("14:175;200000828:203054832;200007763:201336104");
        assertThat(lantern.losses())
                .filteredOn(loss -> loss.why().contains("another warehouse"))
                .hasSize(17 - 6)
                .extracting(Loss::what)
                .containsOnly("dropped");
    }

    @Test
    void shouldShowTheSellersLabelsAndOldStock() {
        SupplierProduct catcher = product("1005000000000108");
        assertThat(catcher.axes().get(0).values())
                .extracting(value -> value.label())
                .containsExactly("Moon", "Star", "Gold Drop", "Clear", "Sunset");
        assertThat(catcher.variants()).extracting(SupplierVariant::stock).doesNotContainNull();
    }

    @Test
    void shouldServePicturesThatDifferAndStayTheSame() throws Exception {
        SupplierProduct mug = product(AliExpressFixture.MUG);
        byte[] first = picture(mug.images().get(0));
        var image = ImageIO.read(new ByteArrayInputStream(first));
        assertThat(image.getWidth()).isEqualTo(800);
        assertThat(image.getHeight()).isEqualTo(800);
        assertThat(picture(mug.images().get(0))).isEqualTo(first);
        assertThat(picture(mug.images().get(1))).isNotEqualTo(first);
        String variant = Objects.requireNonNull(mug.variants().get(0).image());
        assertThat(picture(variant)).isNotEqualTo(first);
    }

    @Test
    void shouldAskSomebodyElseForAProductThatTheAppMayNotSee() {
        VendorException refusal = refusal("1005000000000107");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal.code()).isEqualTo("InsufficientPermission");
    }

    @Test
    void shouldSayWhenItIsNotSoldToTheCountry() {
        Map<String, Object> asked = new HashMap<>(AliExpressFixture.ASKED);
        asked.put("ship_to", "AQ");
        VendorException refusal = failure("product", asked);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal).hasMessageContaining("AQ");
    }

    @Test
    void shouldNameAppKeyAndSecretWhenTheSignatureIsRefused() throws Exception {
        Map<String, String> secrets = new HashMap<>(AliExpressFixture.SECRETS);
        secrets.put("appSecret", "not-the-secret");
        try (ConnectorKit other = AliExpressFixture.kit(Files.createTempDirectory(folder, "other"), secrets)) {
            VendorException refusal = catchThrowableOfType(
                    VendorException.class,
                    () -> other.call("kamelet:aliexpress-product-action", AliExpressFixture.ASKED, Map.of()));
            assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
            assertThat(refusal.code()).isEqualTo("IncompleteSignature");
            assertThat(refusal).hasMessageContaining("appSecret");
        }
    }

    @Test
    void shouldPointAtTheClockWhenTheTimestampIsRefused() {
        AliExpressFixture.set(kit, Map.of("clock_skew_ms", 3 * 3_600_000L));
        VendorException refusal = refusal(AliExpressFixture.MUG);
        assertThat(refusal.code()).isEqualTo("InvalidTimestamp");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal).hasMessageContaining("clock of this machine");
    }

    @Test
    void shouldTellTheWaitOfTheCallLimit() {
        AliExpressFixture.set(kit, Map.of("per_second", 1L));
        // how many calls a busy machine makes in a second is not known
        VendorException refusal = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> catchThrowableOfType(VendorException.class, () -> product(AliExpressFixture.MUG)),
                        Objects::nonNull);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.code()).isEqualTo("ApiCallLimit");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'error_response':{'code':'ServiceTimeout','msg':'x','type':'ISP'}}|TRANSIENT|ServiceTimeout|",
                "{'error_response':{'code':'15','msg':'Remote service error','sub_code':'isp.null-pointer'}}|TRANSIENT|isp.null-pointer|",
                "{'error_response':{'code':'15','msg':'Remote service error','sub_code':'isv.item-wrong'}}|REJECTED|isv.item-wrong|",
                "{'error_response':{'code':'25','msg':'Invalid signature'}}|UNAUTHORISED|IncompleteSignature|",
                "{'error_response':{'code':'40','msg':'Missing required arguments:x'}}|REJECTED|MissingParameter|",
                "{'error_response':{'code':7,'msg':'App Call Limited','sub_msg':'This ban will last for 45 more minutes'}}|RATE_LIMITED|ApiCallLimit|PT45M",
                "{'code':'ApiCallLimit','type':'ISV','message':'frequency exceeds the limit. this ban will last 0 seconds'}|RATE_LIMITED|ApiCallLimit|PT0S",
                "{'code':'IllegalAccessToken','type':'ISV','message':'no'}|UNAUTHORISED|IllegalAccessToken|"
            })
    void shouldClassifyRefusals(String reply, ErrorKind kind, String code, Duration wait) {
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, reply.replace('\'', '"'), 0));
        VendorException refusal = refusal(AliExpressFixture.MUG);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.retryAfter().orElse(null)).isEqualTo(wait);
    }

    @Test
    void shouldKeepTheSignatureOutOfFailures() {
        String echo =
                "{'error_response':{'code':'x','msg':'sign=ABCDEF0123456789ABCDEF0123 session=50000anothertokenofsomeone'},"
                        + "'access_token':'50000freshtokenjustissued'}";
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, echo.replace('\'', '"'), 0));
        VendorException refusal = refusal(AliExpressFixture.MUG);
        assertThat(refusal.getMessage() + refusal.body())
                .contains("sign=***")
                .doesNotContain("ABCDEF0123456789", "anothertoken", "freshtoken");
    }

    @Test
    void shouldRenewThePairAndFindTheOldOnesDead() throws Exception {
        product(AliExpressFixture.MUG);
        TokenPair pair = (TokenPair) kit.call("kamelet:aliexpress-token-refresh-action", kit.connection(), Map.of());

        assertThat(pair.accessToken()).isNotEqualTo("50000sandboxseller");
        assertThat(pair.refreshToken()).isNotBlank();
        assertThat(pair.expiresIn()).isBetween(Duration.ofDays(29), Duration.ofDays(30));
        ReceivedRequest sent = kit.sandbox().requests("aliexpress").get(1);
        assertThat(sent.path()).isEqualTo("/rest/auth/token/refresh");
        assertThat(sent.body()).contains("refresh_token=50001sandboxseller").doesNotContain("session=");
        assertThat(refusal(AliExpressFixture.MUG).code())
                .as("the old access token dies at once")
                .isEqualTo("IllegalAccessToken");
        VendorException again = failure("token-refresh", kit.connection());
        assertThat(again.code()).isEqualTo("IllegalRefreshToken");
        assertThat(again.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        SupplierProduct mug = (SupplierProduct) kit.call(
                "kamelet:aliexpress-product-action",
                AliExpressFixture.ASKED,
                Map.of("connection", with(pair.accessToken(), pair.refreshToken())));
        assertThat(mug.variants()).hasSize(8);
    }

    @Test
    void shouldNotLengthenTheLifeOfTheRefreshToken() {
        AliExpressFixture.set(kit, Map.of("refresh_seconds", 1L));
        TokenPair last = (TokenPair) kit.call("kamelet:aliexpress-token-refresh-action", kit.connection(), Map.of());
        assertThat(last.accessToken()).as("good until its own end").isNotBlank();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            VendorException ended = failure("token-refresh", with(last.accessToken(), last.refreshToken()));
            assertThat(ended.code()).isEqualTo("IllegalRefreshToken");
            assertThat(ended.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        });
    }

    @Test
    void shouldAskForAPersonWhenTheRefreshTokenHasEnded() {
        kit.sandbox()
                .arm(new Fault(
                        "*",
                        null,
                        null,
                        0,
                        1,
                        Fault.Kind.ANSWER,
                        200,
                        null,
                        "{\"code\":\"0\",\"access_token\":\"\",\"expires_in\":0,\"refresh_expires_in\":0}",
                        0));
        VendorException ended = failure("token-refresh", kit.connection());
        assertThat(ended.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(ended).hasMessageContaining("connect the account again");
    }

    @Test
    void shouldExchangeACodeOnceOnly() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        URI consent = URI.create(
                kit.connection().baseUrl()
                        + "/oauth/authorize?response_type=code&force_auth=true&redirect_uri=http://127.0.0.1:1/back&client_id=501234&state=s1");
        HttpResponse<String> sent =
                client.send(HttpRequest.newBuilder(consent).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(sent.statusCode()).isEqualTo(302);
        String code = sent.headers().firstValue("Location").orElseThrow().replaceFirst(".*[?&]code=([^&]+).*", "$1");
        AliExpressCall create = AliExpressCall.system("/auth/token/create", Map.of("code", code));
        Map<?, ?> pair = (Map<?, ?>) kit.call("kamelet:aliexpress-request-action", create, Map.of());
        assertThat(pair.get("sp")).isEqualTo("ae");
        assertThat((String) pair.get("access_token")).startsWith("50000");
        VendorException again = catchThrowableOfType(
                VendorException.class, () -> kit.call("kamelet:aliexpress-request-action", create, Map.of()));
        assertThat(again.kind()).isEqualTo(ErrorKind.REJECTED);
    }

    @Test
    void shouldProveTheCredential() {
        assertThat(kit.call("kamelet:aliexpress-ping-action", null, Map.of())).isEqualTo(Map.of("categories", 2));
    }

    @Test
    void shouldAskFreightByTheNumberOfTheSku() {
        SupplierProduct mug = product(AliExpressFixture.MUG);
        Map<String, Object> asked = new HashMap<>(AliExpressFixture.ASKED);
        asked.put("variant_id", mug.variants().get(0).orderKey());
        assertThat(kit.exchange("kamelet:aliexpress-freight-action", asked, Map.of())
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("variant_id");
        asked.put("variant_id", "12000099999999999");
        assertThat((List<?>) kit.call("kamelet:aliexpress-freight-action", asked, Map.of()))
                .isEmpty();
        asked.put("variant_id", mug.variants().get(0).externalId());
        asked.put("quantity", 3);
        assertThat((List<?>) kit.call("kamelet:aliexpress-freight-action", asked, Map.of()))
                .hasSize(2);
        String sent = kit.sandbox().requests("aliexpress").get(2).body();
        assertThat(java.net.URLDecoder.decode(sent, java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"quantity\":\"3\"")
                .contains("\"selectedSkuId\":\"" + mug.variants().get(0).externalId() + "\"")
                .contains("\"locale\":\"en_US\"");
    }

    private SupplierProduct product(String id) {
        return (SupplierProduct) kit.call("kamelet:aliexpress-product-action", AliExpressFixture.asked(id), Map.of());
    }

    private VendorException refusal(String id) {
        return failure("product", AliExpressFixture.asked(id));
    }

    private VendorException failure(String operation, Object body) {
        VendorException failure = catchThrowableOfType(
                VendorException.class, () -> kit.call("kamelet:aliexpress-" + operation + "-action", body, Map.of()));
        assertThat(failure).as("must fail").isNotNull();
        return failure;
    }

    private Connection with(String access, String refresh) {
        Connection old = kit.connection();
        Map<String, String> secrets = new HashMap<>(old.secrets());
        secrets.put("accessToken", access);
        secrets.put("refreshToken", refresh);
        return new Connection(
                old.id(), old.account(), old.vendor(), old.mode(), old.baseUrl(), secrets, old.settings());
    }

    private static byte[] picture(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }
}
