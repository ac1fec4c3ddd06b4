package io.caravan.hub.config.connections;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.security.MasterKey;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

class HubConnectionsTest {

    private static final AccountId ACME = new AccountId("acme");
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String key = MasterKey.generate();
    private MasterKey master = new MasterKey(key, null);
    private final ConnectionFile file = new ConnectionFile(Map.of(
            "etsy",
            new ConnectionFile.Vendor(
                    URI.create("https://openapi.etsy.com"),
                    ConnectionFile.Use.SANDBOX,
                    Map.of("keystring", "ks", "accessToken", "a1", "refreshToken", "r1"),
                    Map.of("shopId", "7"),
                    Map.of("quantity", "999"),
                    List.of()),
            "openai",
            new ConnectionFile.Vendor(
                    URI.create("https://api.openai.com"),
                    ConnectionFile.Use.SANDBOX,
                    Map.of("apiKey", "sk"),
                    Map.of(),
                    Map.of(),
                    List.of())));
    private final MockEnvironment environment = new MockEnvironment();
    private final FakeRefresh refresh = new FakeRefresh();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final List<Object> events = new ArrayList<>();
    private DataSource database = h2();
    private @org.jspecify.annotations.Nullable EmbeddedPostgres postgres;

    /** A vendor that hands out numbered pairs and can be told to refuse or to wait. */
    private final class FakeRefresh implements TokenRefresh {
        final AtomicInteger calls = new AtomicInteger();
        final List<String> spent = new ArrayList<>();
        volatile CountDownLatch release = new CountDownLatch(0);
        volatile ErrorKind failure = ErrorKind.GONE;
        volatile boolean fails;

        @Override
        public boolean knows(String vendor) {
            return vendor.equals("etsy");
        }

        @Override
        public TokenPair refresh(Connection connection) {
            int call = calls.incrementAndGet();
            synchronized (spent) {
                spent.add(connection.secret("refreshToken"));
            }
            try {
                assertThat(release.await(60, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (fails) {
                throw new VendorException(failure, "etsy", "invalid_grant", 400, "refused", "");
            }
            return new TokenPair("a" + (call + 1), "r" + (call + 1), Duration.ofHours(1));
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static DataSource h2() {
        return tables(new DriverManagerDataSource("jdbc:h2:mem:c" + DATABASES.incrementAndGet()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000"));
    }

    private static DataSource tables(DataSource source) {
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/domain/V150__platform.sql"),
                        new ClassPathResource("db/migration/domain/V152__account_state.sql"),
                        new ClassPathResource("db/migration/domain/V155__connection_seed.sql"),
                        new ClassPathResource("db/migration/domain/V185__account_given.sql"))
                .execute(source);
        JdbcClient.create(source)
                .sql("insert into account (id, name) values ('acme', 'Acme')")
                .update();
        return source;
    }

    private void use(String kind) throws IOException {
        if (kind.equals("postgresql")) {
            postgres = EmbeddedPostgres.start();
            database = tables(postgres.getPostgresDatabase());
        }
    }

    private ConnectionRows rows() {
        return new ConnectionRows(JdbcClient.create(database), master);
    }

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    /** One node: several of them share the database and nothing else. */
    private HubConnections node(String... properties) {
        for (int i = 0; i < properties.length; i += 2) {
            environment.setProperty(properties[i], properties[i + 1]);
        }
        new ConnectionSeed(rows(), master, transaction())
                .apply(new ConnectionPlan(file, new AccountsFile(Map.of()), ACME, environment));
        HubProperties hub = org.springframework.boot.context.properties.bind.Binder.get(environment)
                .bindOrCreate("hub", HubProperties.class);
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return java.util.Objects.requireNonNull(now.get());
            }
        };
        return new HubConnections(rows(), transaction(), refresh, hub, file, clock, events::add);
    }

    @Test
    void shouldGiveTheSandboxOutOfTheBox() {
        Connection etsy = node().use(ACME, "etsy");
        assertThat(etsy.baseUrl()).hasToString("http://127.0.0.1:8090/etsy");
        assertThat(etsy.secret("keystring")).isEqualTo("ks");
        assertThat(etsy.setting("quantity")).isEqualTo("999");
        assertThat(node().of(ACME)).isEqualTo("sandbox");
    }

    @Test
    void shouldRefuseACredentialWithoutBoundsAndNameIt() {
        HubConnections node = node();
        assertThatThrownBy(() -> node.reconnect(ACME, "etsy", Map.of("accessToken", " ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secrets.accessToken must not be blank");
        assertThatThrownBy(() -> node.reconnect(ACME, "etsy", Map.of("accessToken", "x".repeat(8_001))))
                .hasMessageContaining("secrets.accessToken must have at most 8000");
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a1");
    }

    @Test
    void shouldGiveNothingToASuspendedAccountAndEverythingWhenItIsBack() {
        HubConnections node = node("hub.connections.remember", "0s");
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("update account set suspended_at = current_timestamp").update();
        assertThat(node.has(ACME, "etsy")).isFalse();
        assertThatThrownBy(() -> node.use(ACME, "etsy"))
                .isInstanceOfSatisfying(
                        VendorException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAUTHORISED))
                .hasMessageContaining("suspended");
        jdbc.sql("update account set suspended_at = null").update();
        assertThat(node.use(ACME, "etsy").secret("keystring")).isEqualTo("ks");
    }

    @Test
    void shouldGoLiveWithCredentialsOfTheEnvironmentAlone() {
        assertThatThrownBy(() -> node("HUB_ETSY_MODE", "live"))
                .hasMessageContaining("HUB_ETSY_ACCESS_TOKEN")
                .hasMessageContaining("HUB_ETSY_SHOP_ID");
        HubConnections node = node(
                "HUB_ETSY_KEYSTRING",
                "K",
                "HUB_ETSY_ACCESS_TOKEN",
                "A",
                "HUB_ETSY_REFRESH_TOKEN",
                "R",
                "HUB_ETSY_SHOP_ID",
                "1");
        assertThat(node.use(ACME, "etsy").baseUrl()).hasToString("https://openapi.etsy.com");
        assertThat(node.use(ACME, "etsy").secrets())
                .containsEntry("accessToken", "A")
                .doesNotContainValue("ks");
        assertThat(node.of(ACME)).isEqualTo("mixed");
    }

    @Test
    void shouldLetTheOperatorSayTheAddress() {
        assertThat(node("hub.vendor.etsy.base-url", "http://elsewhere/")
                        .use(ACME, "etsy")
                        .baseUrl())
                .hasToString("http://elsewhere");
    }

    @Test
    void shouldStoreNoCredentialInTheClear() {
        node();
        byte[] stored = JdbcClient.create(database)
                .sql("select secrets from connection where vendor = 'openai'")
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("apiKey", "sk");
    }

    @Test
    void shouldHaveNothingForAnUnknownVendorOrAccount() {
        HubConnections node = node();
        assertThat(node.has(ACME, "etsy")).isTrue();
        assertThat(node.has(ACME, "shopify")).isFalse();
        assertThat(node.has(new AccountId("other"), "etsy")).isFalse();
        assertThatThrownBy(() -> node.use(new AccountId("other"), "etsy")).satisfies(isKind(ErrorKind.UNAUTHORISED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void shouldRenewOnceForTwoThreadsOfTwoNodes(String kind) throws Exception {
        use(kind);
        refresh.release = new CountDownLatch(1);
        HubConnections one = node();
        HubConnections two = node();
        Connection stale = one.use(ACME, "etsy");
        List<CompletableFuture<Connection>> renewals = new ArrayList<>();
        for (HubConnections node : List.of(one, two, one, two)) {
            renewals.add(CompletableFuture.supplyAsync(() -> node.renewed(stale)));
        }
        org.awaitility.Awaitility.await().atMost(60, SECONDS).until(() -> refresh.calls.get() == 1);
        refresh.release.countDown();
        for (CompletableFuture<Connection> renewal : renewals) {
            assertThat(renewal.get(60, SECONDS).secret("accessToken")).isEqualTo("a2");
        }
        assertThat(refresh.spent).containsExactly("r1");
        assertThat(one.use(ACME, "etsy").secret("refreshToken")).isEqualTo("r2");
    }

    @Test
    void shouldStoreTheRotatedPairBeforeItsUse() {
        HubConnections node = node();
        Connection renewed = node.renewed(node.use(ACME, "etsy"));
        assertThat(renewed.secret("accessToken")).isEqualTo("a2");
        assertThat(rows().find(ACME, "etsy").orElseThrow().secrets()).containsEntry("refreshToken", "r2");
        // a restart with the same configuration keeps what was rotated
        assertThat(node().use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        // a new credential of the operator replaces it
        assertThat(node("HUB_ETSY_ACCESS_TOKEN", "fresh").use(ACME, "etsy").secret("accessToken"))
                .isEqualTo("fresh");
    }

    @Test
    void shouldKeepARotatedPairWhenAnotherValueOfTheEnvironmentChanges() {
        HubConnections node = node();
        node.renewed(node.use(ACME, "etsy"));
        Connection etsy =
                node("HUB_ETSY_SHOP_ID", "8", "HUB_ETSY_KEYSTRING", "ks2").use(ACME, "etsy");
        assertThat(etsy.setting("shopId")).isEqualTo("8");
        assertThat(etsy.secrets())
                .containsEntry("keystring", "ks2")
                .containsEntry("accessToken", "a2")
                .containsEntry("refreshToken", "r2");
        assertThat(rows().find(ACME, "etsy").orElseThrow().tokenExpiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void shouldTakeBothTokensOfTheEnvironmentWhenOneOfThemChanges() {
        HubConnections node = node();
        node.renewed(node.use(ACME, "etsy"));
        Connection etsy = node("HUB_ETSY_REFRESH_TOKEN", "r9").use(ACME, "etsy");
        assertThat(etsy.secrets()).containsEntry("accessToken", "a1").containsEntry("refreshToken", "r9");
        assertThat(rows().find(ACME, "etsy").orElseThrow().tokenExpiresAt()).isNull();
    }

    @Test
    void shouldKeepACredentialThatAPersonGaveWhenAnotherValueChanges() {
        node().reconnect(ACME, "etsy", Map.of("keystring", "by-hand"));
        assertThat(node("HUB_ETSY_QUANTITY", "5").use(ACME, "etsy").secret("keystring"))
                .isEqualTo("by-hand");
        assertThat(node("HUB_ETSY_KEYSTRING", "by-operator").use(ACME, "etsy").secret("keystring"))
                .isEqualTo("by-operator");
    }

    /** What {@code POST /api/v1/suppliers/accounts} writes. */
    private void given(String vendor, io.caravan.hub.model.connection.Mode mode, String secret) {
        rows().give(new ConnectionRow(
                io.caravan.hub.model.Refs.of(ACME.value(), "connection", vendor),
                ACME,
                vendor,
                mode,
                false,
                null,
                Map.of("apiKey", secret),
                Map.of(),
                null,
                null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgresql"})
    void shouldLeaveToThePersonWhatAPersonConnectedWhateverTheConfigurationSays(String kind) throws IOException {
        use(kind);
        node("HUB_OPENAI_MODE", "off");
        assertThat(rows().find(ACME, "openai")).isEmpty();

        given("openai", io.caravan.hub.model.connection.Mode.LIVE, "by-hand");

        assertThat(node().use(ACME, "openai").secret("apiKey")).isEqualTo("by-hand");
        assertThat(node("HUB_OPENAI_MODE", "sandbox", "HUB_OPENAI_API_KEY", "sk2")
                        .use(ACME, "openai")
                        .secret("apiKey"))
                .isEqualTo("by-hand");
        String next = MasterKey.generate();
        master = new MasterKey(next, key);
        node();
        master = new MasterKey(next, null);
        assertThat(node().use(ACME, "openai").secret("apiKey"))
                .as("sealed anew under the key of today")
                .isEqualTo("by-hand");
        given("openai", io.caravan.hub.model.connection.Mode.SANDBOX, "another");
        assertThat(node().use(ACME, "openai").secret("apiKey")).isEqualTo("another");
        assertThat(rows().remove(ACME, "openai")).isTrue();
        assertThat(node().use(ACME, "openai").secret("apiKey")).isEqualTo("sk2");
    }

    @Test
    void shouldTakeACredentialThatTheVendorHasAndTheConnectionNot() {
        HubConnections node = node();
        given("openai", io.caravan.hub.model.connection.Mode.LIVE, "by-hand");
        ConnectionRow row = rows().find(ACME, "openai").orElseThrow();
        rows().store(new ConnectionRow(
                row.id(), ACME, "openai", row.mode(), false, null, Map.of(), Map.of(), null, row.seed()));
        node.reconnect(ACME, "openai", Map.of("apiKey", "new"));
        assertThat(node.use(ACME, "openai").secret("apiKey")).isEqualTo("new");
    }

    @Test
    void shouldKeepARotatedPairWhenTheMasterKeyIsChanged() {
        HubConnections node = node();
        node.renewed(node.use(ACME, "etsy"));
        String next = MasterKey.generate();
        master = new MasterKey(next, key);
        assertThat(node().use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        master = new MasterKey(MasterKey.generate(), next);
        assertThat(node().use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
    }

    @Test
    void shouldDropATokenThatTheHubGotItselfWhenTheApplicationChanges() {
        HubConnections node = node();
        ConnectionRow row = rows().find(ACME, "openai").orElseThrow();
        rows().store(new ConnectionRow(
                row.id(),
                ACME,
                "openai",
                row.mode(),
                false,
                null,
                Map.of("apiKey", "sk", "accessToken", "minted"),
                Map.of(),
                NOW,
                row.seed()));
        assertThat(node("HUB_OPENAI_API_KEY", "sk2").list(ACME))
                .filteredOn(view -> view.vendor().equals("openai"))
                .singleElement()
                .satisfies(view -> assertThat(view.credentials()).containsExactly("apiKey"));
        assertThat(node.has(ACME, "openai")).isTrue();
    }

    @Test
    void shouldDropTheHubsOwnTokenWhenAPersonReconnects() {
        HubConnections node = node();
        node.reconnect(ACME, "etsy", Map.of("refreshToken", "r7"));
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        assertThat(refresh.spent).containsExactly("r7");
        // a pair that may still be good is left alone
        node.reconnect(ACME, "etsy", Map.of());
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        assertThat(refresh.calls).hasValue(1);
    }

    @Test
    void shouldShowARefusalUntilTheVendorTakesTheCredentialAgain() {
        HubConnections node = node("hub.connections.remember", "0s");
        Connection openai = node.use(ACME, "openai");
        node.refused(openai, "refused the credential (401)");
        assertThat(node.list(ACME))
                .filteredOn(view -> view.vendor().equals("openai"))
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.state()).isEqualTo("reconnect-needed");
                    assertThat(view.reason()).isEqualTo("refused the credential (401)");
                });
        assertThat(node.use(ACME, "openai").secret("apiKey"))
                .as("the next read asks again")
                .isEqualTo("sk");
        node.accepted(openai);
        assertThat(node.list(ACME))
                .filteredOn(view -> view.vendor().equals("openai"))
                .singleElement()
                .satisfies(view -> assertThat(view.state()).isEqualTo("connected"));
    }

    @Test
    void shouldRenewAheadOfTimeAndLiveWithAFailureWhileTheTokenLives() {
        HubConnections node = node("hub.connections.remember", "0s");
        node.renewed(node.use(ACME, "etsy"));
        now.set(NOW.plus(Duration.ofMinutes(57)));
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        now.set(NOW.plus(Duration.ofMinutes(59)));
        refresh.fails = true;
        refresh.failure = ErrorKind.TRANSIENT;
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        now.set(NOW.plus(Duration.ofMinutes(61)));
        assertThatThrownBy(() -> node.use(ACME, "etsy")).satisfies(isKind(ErrorKind.NOT_SENT));
        refresh.fails = false;
        assertThat(node.use(ACME, "etsy").secret("accessToken")).startsWith("a").isNotEqualTo("a2");
    }

    @Test
    void shouldWantAPersonAfterAPermanentRefusalAndAskNoMore() {
        HubConnections node = node();
        Connection stale = node.use(ACME, "etsy");
        refresh.fails = true;
        refresh.failure = ErrorKind.UNAUTHORISED;
        assertThatThrownBy(() -> node.renewed(stale)).satisfies(isKind(ErrorKind.UNAUTHORISED));
        assertThatThrownBy(() -> node.use(ACME, "etsy")).satisfies(isKind(ErrorKind.UNAUTHORISED));
        assertThatThrownBy(() -> node.renewed(stale)).satisfies(isKind(ErrorKind.UNAUTHORISED));
        assertThat(refresh.calls).hasValue(1);
        assertThat(node.has(ACME, "etsy")).isFalse();
        assertThat(node.list(ACME))
                .filteredOn(view -> view.vendor().equals("etsy"))
                .singleElement()
                .satisfies(view -> {
                    assertThat(view.state()).isEqualTo("reconnect-needed");
                    assertThat(view.reason()).contains("invalid_grant");
                });

        node.reconnect(ACME, "etsy", Map.of("accessToken", "new", "refreshToken", "new-r"));
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("new");
        assertThat(events).containsExactly(new HubConnections.Restored(ACME, "etsy"));
    }

    @Test
    void shouldFetchTheFirstTokenWhereOnlyTheAppIsKnown() {
        HubConnections node = node();
        rows().store(new ConnectionRow(
                rows().find(ACME, "etsy").orElseThrow().id(),
                ACME,
                "etsy",
                io.caravan.hub.model.connection.Mode.SANDBOX,
                false,
                null,
                Map.of("clientId", "c", "refreshToken", "r1"),
                Map.of(),
                null,
                null));
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        assertThat(node.use(ACME, "etsy").secret("accessToken")).isEqualTo("a2");
        assertThat(refresh.calls).hasValue(1);
    }

    @Test
    void shouldKeepTheConnectionWhenARenewalFailsInPassing() {
        HubConnections node = node();
        Connection stale = node.use(ACME, "etsy");
        refresh.fails = true;
        refresh.failure = ErrorKind.TRANSIENT;
        assertThatThrownBy(() -> node.renewed(stale)).satisfies(isKind(ErrorKind.NOT_SENT));
        assertThat(node.has(ACME, "etsy")).isTrue();
    }

    @Test
    void shouldWantAPersonWhenAStaticTokenIsRefused() {
        HubConnections node = node();
        Connection openai = node.use(ACME, "openai");
        assertThatThrownBy(() -> node.renewed(openai)).satisfies(isKind(ErrorKind.UNAUTHORISED));
        assertThatThrownBy(() -> node.use(ACME, "openai")).satisfies(isKind(ErrorKind.UNAUTHORISED));
        assertThat(refresh.calls).hasValue(0);
    }

    @Test
    void shouldRefuseACredentialThatTheVendorDoesNotHave() {
        HubConnections node = node();
        Map<String, String> wrong = Map.of("password", "x");
        assertThatThrownBy(() -> node.reconnect(ACME, "openai", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiKey");
    }

    private static org.assertj.core.api.ThrowingConsumer<Throwable> isKind(ErrorKind kind) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        VendorException.class, known -> assertThat(known.kind()).isEqualTo(kind));
    }
}
