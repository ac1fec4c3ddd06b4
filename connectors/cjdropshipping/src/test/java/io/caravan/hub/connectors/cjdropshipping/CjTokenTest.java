package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.cjdropshipping.sandbox.CjSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.TokenPair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CjTokenTest {

    private static final String REFRESH = "kamelet:cjdropshipping-token-refresh-action";

    @TempDir
    Path folder;

    @Test
    void shouldGetAPairByTheApiKeyAndUseIt() throws Exception {
        TokenPair pair;
        try (ConnectorKit kit = kit(Map.of("apiKey", CjKits.KEY))) {
            pair = renew(kit);
            assertThat(paths(kit)).containsExactly("/api2.0/v1/authentication/getAccessToken");
            assertThat(kit.sandbox().requests("cjdropshipping").get(0).body())
                    .isEqualTo("{\"apiKey\":\"" + CjKits.KEY + "\"}");
            assertThat(kit.sandbox().requests("cjdropshipping").get(0).headers())
                    .doesNotContainKey("CJ-Access-Token");
        }
        assertThat(pair.accessToken()).hasSizeGreaterThan(512);
        assertThat(pair.refreshToken()).isNotBlank().isNotEqualTo(pair.accessToken());
        assertThat(pair.expiresIn()).isBetween(Duration.ofDays(15).minusMinutes(1), Duration.ofDays(15));
        try (ConnectorKit kit = kit(Map.of("accessToken", pair.accessToken()))) {
            assertThat((Map<?, ?>) kit.call("kamelet:cjdropshipping-ping-action", null, Map.of()))
                    .extracting("open_id")
                    .isEqualTo("10000");
        }
    }

    @Test
    void shouldRenewByTheRefreshTokenWithoutTheKey() throws Exception {
        try (ConnectorKit kit = kit(CjKits.SECRETS)) {
            TokenPair first = renew(kit);
            assertThat(paths(kit)).containsExactly("/api2.0/v1/authentication/refreshAccessToken");
            TokenPair second = renew(kit);
            assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        }
    }

    @Test
    void shouldFallBackOnTheKeyWhenTheRefreshTokenIsDead() throws Exception {
        try (ConnectorKit kit = kit(Map.of("apiKey", CjKits.KEY, "refreshToken", "dead-refresh-token"))) {
            assertThat(renew(kit).accessToken()).isNotBlank();
            assertThat(paths(kit))
                    .containsExactly(
                            "/api2.0/v1/authentication/refreshAccessToken", "/api2.0/v1/authentication/getAccessToken");
        }
    }

    @Test
    void shouldKeepCredentialsOutOfWhatAFailedRenewalLeaves() throws Exception {
        try (ConnectorKit kit = kit(CjKits.SECRETS)) {
            kit.sandbox().arm(new Fault("*", "POST", null, 0, 1, Fault.Kind.ANSWER, 503, null, "down", 0));
            Exchange failed = kit.exchange(REFRESH, kit.connection(), Map.of());
            assertThat(failed.getException()).isInstanceOf(VendorException.class);
            assertThat(failed.getVariables().toString())
                    .doesNotContain(CjKits.SECRETS.values().toArray(String[]::new));
        }
    }

    @Test
    void shouldNotAskAgainWhenTheKeyIsRefused() throws Exception {
        try (ConnectorKit kit = kit(Map.of("apiKey", "CJ10000@api@wrong", "refreshToken", "dead-refresh-token"))) {
            VendorException refusal = refusal(kit);
            assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
            assertThat(refusal.toString() + refusal.body()).doesNotContain("CJ10000@api@wrong");
            assertThat(paths(kit)).hasSize(2);
        }
    }

    @Test
    void shouldBeLockedOutForFiveMinutesAlsoAfterARestart() throws Exception {
        try (ConnectorKit kit = kit(Map.of("apiKey", CjKits.KEY))) {
            renew(kit);
        }
        try (ConnectorKit kit = kit(Map.of("apiKey", CjKits.KEY))) {
            VendorException refusal = refusal(kit);
            assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(5));
        }
    }

    @Test
    void shouldKeepTheKeyUntouchedWhenTheRenewalOnlyFailed() throws Exception {
        try (ConnectorKit kit = kit(CjKits.SECRETS)) {
            kit.sandbox().arm(new Fault("*", "POST", null, 0, 1, Fault.Kind.ANSWER, 503, null, "down", 0));
            assertThat(refusal(kit).kind()).isEqualTo(ErrorKind.TRANSIENT);
            assertThat(paths(kit)).containsExactly("/api2.0/v1/authentication/refreshAccessToken");
        }
    }

    @Test
    void shouldNameTheMissingKey() throws Exception {
        try (ConnectorKit kit = kit(Map.of())) {
            assertThat(refusal(kit).code()).isEqualTo("not-configured");
            assertThat(paths(kit)).isEmpty();
        }
    }

    @Test
    void shouldTakeTheDocumentedLifeWhenTheEndCannotBeRead() throws Exception {
        try (ConnectorKit kit = kit(CjKits.SECRETS)) {
            kit.sandbox()
                    .arm(new Fault(
                            "*",
                            "POST",
                            null,
                            0,
                            1,
                            Fault.Kind.ANSWER,
                            200,
                            null,
                            "{\"code\":200,\"result\":true,\"data\":{\"accessToken\":\"a-token\",\"accessTokenExpiryDate\":\"soon\"}}",
                            0));
            TokenPair pair = renew(kit);
            assertThat(pair).isEqualTo(new TokenPair("a-token", "", Duration.ofDays(15)));
        }
    }

    @Test
    void shouldRefuseASuccessWithoutAToken() throws Exception {
        try (ConnectorKit kit = kit(CjKits.SECRETS)) {
            kit.sandbox()
                    .arm(new Fault(
                            "*", "POST", null, 0, 1, Fault.Kind.ANSWER, 200, null, "{\"code\":200,\"data\":{}}", 0));
            assertThat(refusal(kit).code()).isEqualTo("unreadable");
        }
    }

    private ConnectorKit kit(Map<String, String> secrets) throws Exception {
        return new ConnectorKit(folder, new CjSandbox(), secrets, Map.of());
    }

    private static TokenPair renew(ConnectorKit kit) {
        return (TokenPair) kit.call(REFRESH, kit.connection(), Map.of());
    }

    private static VendorException refusal(ConnectorKit kit) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> renew(kit));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static List<String> paths(ConnectorKit kit) {
        return kit.sandbox().requests("cjdropshipping").stream()
                .map(ReceivedRequest::path)
                .toList();
    }
}
