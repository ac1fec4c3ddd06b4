package io.caravan.hub.routes.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.api.Client.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** Sellers connect their accounts at suppliers and shops; their credentials are seen by the vendor alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VendorAccountsTest {

    private static final String SUPPLIERS = "/api/v1/suppliers/accounts";
    private static final String SHOPS = "/api/v1/shops/accounts";
    private static final String CANARY = "canary-7h3-s3cr3t-0f-4-s3ll3r";
    private static final Map<String, String> RIGHT = Map.of(
            "appKey", "501234",
            "appSecret", "sandbox-app-secret",
            "accessToken", "50000sandboxseller",
            "refreshToken", "50001sandboxseller");
    private static final Map<String, String> WRONG = Map.of(
            "appKey",
            "501234",
            "appSecret",
            CANARY,
            "accessToken",
            CANARY + "-access",
            "refreshToken",
            CANARY + "-refresh");

    private FlowHub hub;
    private Client client;

    @BeforeAll
    void start() {
        hub = FlowHub.setup()
                .with("HUB_ALIEXPRESS_MODE", "off")
                .with("HUB_ALIEXPRESS_PAGE_MODE", "off")
                // live is the same code at another address
                .with("hub.vendor.aliexpress.base-url", "@sandbox@/aliexpress")
                .with("hub.vendor.shopify.base-url", "@sandbox@/shopify")
                .start();
        client = Client.admin(hub);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @Test
    void shouldSayOfEachSupplierWhatItTakesAndWhatIsMissing() {
        client.send("DELETE", SUPPLIERS + "/aliexpress", null);

        JsonNode aliexpress = account("aliexpress");

        assertThat(aliexpress.path("state").asText()).isEqualTo("not-connected");
        assertThat(aliexpress.path("mode").isNull()).isTrue();
        assertThat(texts(aliexpress.path("missing")))
                .containsExactly(
                        "credentials.accessToken",
                        "credentials.appKey",
                        "credentials.appSecret",
                        "credentials.refreshToken");
        JsonNode cj = account("cjdropshipping");
        assertThat(cj.path("state").asText()).isEqualTo("connected");
        assertThat(cj.path("mode").asText()).isEqualTo("sandbox");
        assertThat(cj.path("missing")).isEmpty();
        assertThat(texts(cj.path("takes").path("credentials"))).contains("apiKey", "accessToken");
        assertThat(texts(cj.path("takes").path("settings"))).containsExactly("shipsFrom");
        assertThat(client.with("viewer").get(SUPPLIERS).status()).isEqualTo(200);
    }

    @Test
    void shouldNameEveryFieldThatIsUnknownMissingOrWrong() {
        Answer answer = client.send(
                "POST",
                SUPPLIERS,
                Map.of(
                        "supplier",
                        "aliexpress",
                        "credentials",
                        Map.of("appKey", "501234", "appSecret", "two\nlines", "password", "x"),
                        "settings",
                        Map.of("region", "x"),
                        "token_expires_at",
                        "2026-13-01T00:00:00Z"));

        // the contract itself refuses a time that is none
        assertThat(answer.status()).isEqualTo(400);
        answer = client.send(
                "POST",
                SUPPLIERS,
                Map.of(
                        "supplier",
                        "aliexpress",
                        "credentials",
                        Map.of("appKey", "501234", "appSecret", "two\nlines", "password", "x"),
                        "settings",
                        Map.of("region", "x")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.body().path("code").asText()).isEqualTo("invalid-account");
        JsonNode errors = answer.body().path("details").path("errors");
        assertThat(errors.findValuesAsText("at"))
                .containsExactlyInAnyOrder(
                        "credentials.password",
                        "credentials.appSecret",
                        "settings.region",
                        "credentials.accessToken",
                        "credentials.appSecret",
                        "credentials.refreshToken");
        assertThat(FlowHub.only(errors, "at", "password").path("rule").asText()).isEqualTo("unknown");
        assertThat(FlowHub.only(errors, "at", "accessToken").path("rule").asText())
                .isEqualTo("missing");
        assertThat(client.send("POST", SUPPLIERS, Map.of("supplier", "spocket")).status())
                .isEqualTo(422);
        assertThat(client.send("POST", SUPPLIERS, Map.of("credentials", WRONG)).status())
                .isEqualTo(400);
        assertThat(client.send("POST", SHOPS, shop("https://169.254.169.254/")).text())
                .contains("settings.storeUrl");
        assertThat(client.send("POST", SHOPS, shop("https://admin.internal")).status())
                .isEqualTo(422);
    }

    private static Map<String, Object> shop(String url) {
        return Map.of(
                "shop",
                "shopify",
                "credentials",
                Map.of("accessToken", "shpat_sandbox"),
                "settings",
                Map.of("storeUrl", url));
    }

    @Test
    void shouldConnectASupplierThatIsOffAndLetGoOnWhatWaitedForIt() {
        client.send("DELETE", SUPPLIERS + "/aliexpress", null);
        Answer wrong = connect(WRONG);
        assertThat(wrong.status()).as(wrong.text()).isEqualTo(201);
        assertThat(wrong.body().path("mode").asText()).isEqualTo("live");
        Answer accepted = client.send(
                "POST",
                "/api/v1/imports",
                Map.of("source_url", "https://www.aliexpress.com/item/1005000000000101.html"));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        await("the refused import waits")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where state = 'PARKED' and vendor = 'aliexpress' and type = ?",
                                "import.fetch")
                        == 1);
        assertThat(account("aliexpress").path("state").asText()).isEqualTo("reconnect-needed");

        Answer right = connect(RIGHT);

        assertThat(right.status()).as(right.text()).isEqualTo(200);
        assertThat(right.body().path("state").asText()).isEqualTo("connected");
        JsonNode done = hub.until(
                accepted.body().path("location").asText(),
                one -> List.of("completed", "failed")
                        .contains(one.path("status").asText()));
        assertThat(done.path("status").asText()).as("%s", done).isEqualTo("completed");
    }

    @Test
    void shouldGiveTheSameAnswerToTheSameKeyAndRefuseItForOtherCredentials() {
        Object request =
                Map.of("supplier", "cjdropshipping", "mode", "sandbox", "credentials", Map.of("apiKey", "CJ1"));
        Answer first = client.send("POST", SUPPLIERS, request, "Idempotency-Key", "same");
        Answer again = client.send("POST", SUPPLIERS, request, "Idempotency-Key", "same");
        Answer other = client.send(
                "POST",
                SUPPLIERS,
                Map.of("supplier", "cjdropshipping", "mode", "sandbox", "credentials", Map.of("apiKey", "CJ2")),
                "Idempotency-Key",
                "same");

        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
        client.send("POST", SUPPLIERS, Map.of("supplier", "cjdropshipping", "mode", "sandbox"));
    }

    @Test
    void shouldTellWhenATokenEndsAndForgetAnAccount() {
        assertThat(expiring(Instant.now().plusSeconds(90 * 86_400))
                        .path("state")
                        .asText())
                .isEqualTo("connected");
        assertThat(expiring(Instant.now().plusSeconds(600)).path("state").asText())
                .isEqualTo("expiring");
        assertThat(expiring(Instant.now().minusSeconds(600)).path("state").asText())
                .isEqualTo("expired");
        assertThat(client.send("DELETE", SHOPS + "/shopify", null).status()).isEqualTo(204);
        assertThat(client.send("DELETE", SHOPS + "/shopify", null).status()).isEqualTo(404);
        assertThat(FlowHub.only(client.get(SHOPS).body().path("items"), "shop", "shopify")
                        .path("state")
                        .asText())
                .isEqualTo("not-connected");
        assertThat(client.send("POST", SHOPS, Map.of("shop", "shopify", "mode", "sandbox"))
                        .status())
                .isEqualTo(201);
    }

    private JsonNode expiring(Instant at) {
        Map<String, Object> request = new java.util.HashMap<>(shop("https://a-shop.example"));
        request.put("token_expires_at", at.toString());
        Answer answer = client.send("POST", SHOPS, request);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.body();
    }

    @Test
    void shouldLetAdminsAloneConnect() {
        for (String role : List.of("viewer", "operator", "designer")) {
            Client other = client.with(role);
            assertThat(other.send("POST", SUPPLIERS, Map.of("supplier", "supplier-csv"))
                            .status())
                    .as(role)
                    .isEqualTo(403);
            assertThat(other.send("DELETE", SUPPLIERS + "/supplier-csv", null).status())
                    .isEqualTo(403);
        }
        assertThat(client.send("POST", SUPPLIERS, Map.of("supplier", "supplier-csv"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldShowACredentialNowhere() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.caravan");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        Level before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        List<String> said = new ArrayList<>();
        try {
            Answer connected = connect(WRONG);
            assertThat(connected.status()).as(connected.text()).isBetween(200, 201);
            said.add(connected.toString());
            said.add(client.get("/api/v1/products/search?supplier=aliexpress&q=mug")
                    .toString());
            for (String misplaced : List.of(
                    "{\"supplier\": \"" + CANARY + "\"}",
                    "{\"supplier\": \"aliexpress\", \"mode\": \"" + CANARY + "\"}",
                    "{\"supplier\": \"aliexpress\", \"" + CANARY + "\": 1}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": \"" + CANARY + "\"}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": [\"" + CANARY + "\"]}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"" + CANARY + "\": \"x\"}}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"appSecret\": {\"a\": \"" + CANARY + "\"}}}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"appSecret\": \"" + CANARY.repeat(400) + "\"}}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"appSecret\": \"" + CANARY + "\\n\"}}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"appSecret\": " + CANARY + "}}",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"appSecret\": \"" + CANARY + "\"",
                    "{\"supplier\": \"aliexpress\", \"credentials\": {\"wrong\": \"" + CANARY + "\"}}",
                    "{\"supplier\": \"aliexpress\", \"settings\": {\"storeUrl\": \"" + CANARY + "\"}}",
                    "{\"supplier\": \"aliexpress\", \"token_expires_at\": \"" + CANARY + "\"}")) {
                Answer refused = client.send("POST", SUPPLIERS, misplaced);
                assertThat(refused.status()).as(misplaced).isIn(400, 422);
                said.add(refused.toString());
            }
            for (String misplaced : List.of(
                    "{\"secrets\": \"" + CANARY + "\"}",
                    "{\"secrets\": {\"appSecret\": \"" + CANARY.repeat(400) + "\"}}")) {
                said.add(client.send("POST", "/api/v1/connections/aliexpress/reconnect", misplaced)
                        .toString());
            }
            for (String path : List.of(SUPPLIERS, "/api/v1/connections", "/api/v1/suppliers", "/api/v1/dead-letters")) {
                said.add(client.get(path).toString());
            }
            said.addAll(management());
            said.addAll(database());
            synchronized (log) {
                List.copyOf(log.list).forEach(event -> {
                    said.add(event.getFormattedMessage());
                    if (event.getThrowableProxy() != null) {
                        said.add(ch.qos.logback.classic.spi.ThrowableProxyUtil.asString(event.getThrowableProxy()));
                    }
                });
            }
        } finally {
            root.detachAppender(log);
            ours.setLevel(before);
        }
        assertThat(said).hasSizeGreaterThan(500);
        assertThat(said).noneMatch(text -> text.contains(CANARY));
        assertThat(said).as("the search means what it says").anyMatch(text -> text.contains("aliexpress"));
    }

    /** Every attribute of every MBean, as far as it can be read. */
    private static List<String> management() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> values = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                try {
                    Object value = attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
                    values.add(name + " " + (value instanceof Object[] many ? Arrays.deepToString(many) : value));
                } catch (Exception | Error notReadable) {
                    values.add(name + " " + notReadable);
                }
            }
        }
        return values;
    }

    /** Every column of every row, bytes as text too. */
    private List<String> database() {
        List<String> values = new ArrayList<>();
        List<String> tables = hub.sql()
                .sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class)
                .list();
        assertThat(tables).contains("connection", "api_request", "audit");
        for (String table : tables) {
            hub.sql()
                    .sql("select * from \"" + table + "\"")
                    .query((row, n) -> {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            Object value = row.getObject(i);
                            String text = value instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                                    : value instanceof java.sql.Clob ? row.getString(i) : String.valueOf(value);
                            values.add(table + " " + text);
                        }
                        return n;
                    })
                    .list();
        }
        return values;
    }

    @Test
    void shouldShowConnectionsWithoutTheirCredentialsAndKnowOnlyThose() {
        String list = client.get("/api/v1/connections").text();
        assertThat(list).contains("\"vendor\":\"etsy\"", "accessToken").doesNotContain("sandbox-");
        assertThat(client.send("POST", "/api/v1/connections/nobody/reconnect", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(client.with("operator")
                        .send("POST", "/api/v1/connections/etsy/reconnect", Map.of())
                        .status())
                .isEqualTo(403);
    }

    private Answer connect(Map<String, String> credentials) {
        return client.send("POST", SUPPLIERS, Map.of("supplier", "aliexpress", "credentials", credentials));
    }

    private JsonNode account(String supplier) {
        return client.get(SUPPLIERS)
                .body()
                .path("items")
                .valueStream()
                .filter(one -> one.path("supplier").asText().equals(supplier))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
