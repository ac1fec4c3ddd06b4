package io.caravan.hub.connectors.reddit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.reddit.sandbox.RedditSandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.connection.TokenPair;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedditTokenTest {

    private static final String TOKEN = "kamelet:reddit-token-refresh-action";
    private static final String AGENT = "java:caravan-hub:0.1 (by /u/caravan_test)";

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = RedditKits.with(folder, new RedditSandbox(1_000, Duration.ofMinutes(50)), AGENT, "none-yet");
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldAskForTheApplicationsOwnToken() {
        TokenPair pair = (TokenPair) kit.call(TOKEN, kit.connection(), Map.of());
        assertThat(pair.accessToken()).isEqualTo("sbx-reddit-token-1");
        assertThat(pair.refreshToken()).isEmpty();
        assertThat(pair.expiresIn()).isEqualTo(Duration.ofMinutes(50));
        assertThat(kit.sandbox().requests("reddit")).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.path()).isEqualTo("/api/v1/access_token");
            assertThat(seen.query()).isEmpty();
            assertThat(seen.body()).isEqualTo("grant_type=client_credentials");
            assertThat(seen.headers())
                    .containsEntry("User-Agent", AGENT)
                    .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                    .containsEntry("Authorization", "Basic Y2xpZW50LWlkOmNsaWVudC1zZWNyZXQtdmFsdWU=");
        });
    }

    @Test
    void shouldLeaveNoCredentialOnTheExchange() {
        Exchange done = kit.exchange(TOKEN, kit.connection(), Map.of());
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getMessage().getBody().toString()).doesNotContain("sbx-reddit-token");
        assertThat(done.getVariables()).containsOnlyKeys("connection", "account");
    }

    @Test
    void shouldTellARefusedClient() {
        Connection wrong = connection(
                Map.of("clientId", "wrong-id"), Map.of(), kit.connection().baseUrl());
        VendorException refusal = refusal(wrong);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(refusal.getMessage()).doesNotContain(RedditKits.SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"unsupported_grant_type\"} | REJECTED",
                "{\"error\":\"invalid_grant\"} | UNAUTHORISED",
                "{\"token_type\":\"bearer\"} | TRANSIENT",
                "<html></html> | TRANSIENT"
            })
    void shouldNotTakeASuccessForAToken(String body, ErrorKind kind) {
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, body, 0));
        assertThat(refusal(kit.connection()).kind()).isEqualTo(kind);
    }

    @Test
    void shouldAssumeTheRecordedLifeWhenNoneIsTold() {
        String body = "{\"access_token\":\"abc\",\"token_type\":\"bearer\",\"expires_in\":null}";
        kit.sandbox().arm(new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, 200, null, body, 0));
        TokenPair pair = (TokenPair) kit.call(TOKEN, kit.connection(), Map.of());
        assertThat(pair.expiresIn()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void shouldNameTheSettingThatIsMissing() {
        Connection bare = new Connection(
                "c-test",
                new AccountId("acme"),
                "reddit",
                Mode.LIVE,
                kit.connection().baseUrl(),
                Map.of("clientId", "a", "clientSecret", "b"),
                Map.of());
        assertThatThrownBy(() -> kit.call(TOKEN, bare, Map.of())).hasMessageContaining("lacks its setting userAgent");
    }

    @ParameterizedTest
    @CsvSource({
        "https://oauth.reddit.com, '', https://www.reddit.com/api/v1/access_token",
        "http://127.0.0.1:9/reddit, '', http://127.0.0.1:9/reddit/api/v1/access_token",
        "https://oauth.reddit.com, http://127.0.0.1:9/x/, http://127.0.0.1:9/x/api/v1/access_token"
    })
    void shouldKnowTheTwoHosts(URI baseUrl, String tokenBaseUrl, String expected) {
        Map<String, String> settings = tokenBaseUrl.isEmpty() ? Map.of() : Map.of("tokenBaseUrl", tokenBaseUrl);
        Exchange exchange = new DefaultExchange(kit.camel());
        exchange.getMessage().setBody(connection(Map.of(), settings, baseUrl));
        new RedditToken().ask(exchange);
        assertThat(exchange.getVariable(RedditToken.URL)).isEqualTo(expected);
    }

    private static Connection connection(Map<String, String> secrets, Map<String, String> settings, URI baseUrl) {
        Map<String, String> allSecrets =
                new HashMap<>(Map.of("clientId", "client-id", "clientSecret", RedditKits.SECRET));
        allSecrets.putAll(secrets);
        Map<String, String> allSettings = new HashMap<>(Map.of("userAgent", AGENT));
        allSettings.putAll(settings);
        return new Connection(
                "c-test", new AccountId("acme"), "reddit", Mode.SANDBOX, baseUrl, allSecrets, allSettings);
    }

    private VendorException refusal(Connection connection) {
        VendorException refusal =
                catchThrowableOfType(VendorException.class, () -> kit.call(TOKEN, connection, Map.of()));
        assertThat(refusal).as("the Kamelet must fail").isNotNull();
        return refusal;
    }
}
