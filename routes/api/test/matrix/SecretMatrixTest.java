package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Credentials of every kind, used in flows that go well and in flows that fail, and then looked for everywhere. */
class SecretMatrixTest {

    private final MatrixHub hub = MatrixHub.shared();

    @Test
    void shouldShowACredentialNowhere() throws Exception {
        Map<String, String> canaries = new LinkedHashMap<>(hub.secrets.all());
        int number = 0;
        for (String key : hub.keySecrets()) {
            canaries.put("API key " + number++, key);
        }
        assertThat(canaries).hasSizeGreaterThanOrEqualTo(30);
        Logger ours = (Logger) LoggerFactory.getLogger("io.caravan");
        Level before = ours.getLevel();
        ours.setLevel(Level.TRACE);
        try {
            fail();
        } finally {
            ours.setLevel(before);
        }
        Map<String, List<String>> places = new LinkedHashMap<>();
        places.put("answers of the API", answers());
        places.put("management port", management());
        places.put("JMX", beans());
        places.put("database", database());
        places.put("files", files());
        places.put("log, refusals", hub.heard());

        List<String> found = new ArrayList<>();
        canaries.forEach((what, secret) -> places.forEach((place, texts) -> {
            for (String form :
                    List.of(secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))) {
                texts.stream()
                        .filter(text -> text.contains(form))
                        .findFirst()
                        .ifPresent(text -> found.add(what + " in " + place + ": " + around(text, form)));
            }
        }));
        System.out.println("secret matrix: " + canaries.size() + " secrets in " + places.size() + " places, "
                + places.values().stream().mapToInt(List::size).sum() + " texts, " + found.size() + " found");
        assertThat(found).isEmpty();
        places.forEach((place, texts) -> assertThat(texts)
                .as("the search reads the " + place)
                .anyMatch(text -> text.contains("aliexpress") || text.contains("caravan")));
    }

    private static String around(String text, String form) {
        int at = text.indexOf(form);
        return text.substring(Math.max(0, at - 150), Math.min(text.length(), at + form.length() + 50));
    }

    /** The fourth account's credentials are wrong everywhere, and some come again over the API. */
    private void fail() {
        ask("POST", "/api/v1/trends/refresh", Map.of());
        await("trends of the fourth account")
                .atMost(FlowHub.PATIENCE)
                .until(() -> !ask("GET", "/api/v1/trends?limit=1", null)
                        .body()
                        .path("items")
                        .isEmpty());
        String trend = ask("GET", "/api/v1/trends?limit=1", null)
                .body()
                .at("/items/0/id")
                .asText();
        ask("POST", "/api/v1/ideas", Map.of("trend_id", trend));
        for (String source : List.of("aliexpress", "cjdropshipping")) {
            ask("GET", "/api/v1/products/search?q=mug&supplier=" + source, null);
            ask("POST", "/api/v1/imports", Map.of("supplier", source, "product_id", "1005000000000101"));
        }
        for (String kind : List.of("supplier", "shop")) {
            for (JsonNode one :
                    ask("GET", "/api/v1/" + kind + "s/accounts", null).body().path("items")) {
                String vendor = one.path(kind).asText();
                Map<String, String> secrets = hub.secrets.of(vendor);
                for (Object given : List.of(secrets, Map.of("wrong", secrets), secrets.toString())) {
                    ask(
                            "POST",
                            "/api/v1/" + kind + "s/accounts",
                            Map.of(
                                    kind,
                                    vendor,
                                    "credentials",
                                    given,
                                    "settings",
                                    Map.of("storeUrl", "https://store.example.com")));
                }
                ask("POST", "/api/v1/connections/" + vendor + "/reconnect", Map.of("secrets", secrets));
            }
        }
        for (String key : hub.keySecrets()) {
            hub.send(Door.API, "GET", "/api/v1/trends?q=" + "nothing", Map.of("Authorization", key), (Object) null);
            hub.send(Door.API, "GET", "/api/v1/trends", Map.of("Authorization", "Bearer x" + key), (Object) null);
            hub.send(Door.MANAGEMENT, "GET", "/observe/info", Map.of("Authorization", "Basic " + key), (Object) null);
        }
        await("the vendors refused the fourth account")
                .atMost(FlowHub.PATIENCE)
                .untilAsserted(() -> assertThat(hub.hub
                                .sql()
                                .sql("select distinct vendor from work where tenant_id = 'fourth' and state = 'PARKED'")
                                .query(String.class)
                                .list())
                        .contains("openai"));
    }

    private Answer ask(String verb, String path, @Nullable Object body) {
        Map<String, String> headers = new LinkedHashMap<>(hub.bearer("fourth"));
        headers.put("Idempotency-Key", MatrixHub.newKey());
        return hub.send(Door.API, verb, path, headers, body);
    }

    /** Every list of the contract and every dead letter, to both accounts. */
    private List<String> answers() {
        List<String> texts = new ArrayList<>();
        for (String key : List.of("admin", "fourth")) {
            MatrixHub.contract().getPaths().forEach((path, item) -> {
                if (item.getGet() != null && !path.contains("{")) {
                    Answer list = hub.send(Door.API, "GET", path, hub.bearer(key), (Object) null);
                    texts.add(list.text() + list.headers());
                    for (JsonNode one : list.body().path("items")) {
                        texts.add(hub.send(
                                        Door.API,
                                        "GET",
                                        path.replace("/history", "") + "/"
                                                + one.path("id").asText(),
                                        hub.bearer(key),
                                        (Object) null)
                                .text());
                    }
                }
            });
        }
        return texts;
    }

    private List<String> management() {
        List<String> texts = new ArrayList<>();
        for (String path : List.of(
                "/observe/metrics",
                "/observe/info",
                "/observe/health",
                "/actuator/hawtio/",
                "/actuator/jolokia/list")) {
            texts.add(hub.send(Door.MANAGEMENT, "GET", path, hub.basic("admin"), (Object) null)
                    .text());
        }
        for (String pattern : List.of("org.apache.camel:*", "com.zaxxer.hikari:*", "java.lang:*", "*:*")) {
            texts.add(hub.send(
                            Door.MANAGEMENT,
                            "POST",
                            "/actuator/jolokia",
                            hub.basic("admin"),
                            Map.of("type", "read", "mbean", pattern))
                    .text());
        }
        return texts;
    }

    /** Every attribute of every MBean, as far as it can be read. */
    private static List<String> beans() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> values = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                // the arguments and properties of the tests' own process hold what the tests gave it
                if (attribute.isReadable() && !name.toString().equals("java.lang:type=Runtime")) {
                    try {
                        Object value = server.getAttribute(name, attribute.getName());
                        values.add(name + " " + (value instanceof Object[] many ? Arrays.deepToString(many) : value));
                    } catch (Exception | Error notReadable) {
                        values.add(name + " " + notReadable);
                    }
                }
            }
        }
        return values;
    }

    /** The database as it would be carried away, and bytes as text. */
    private List<String> database() {
        List<String> values = new ArrayList<>(
                hub.hub.sql().sql("script nopasswords").query(String.class).list());
        for (String table : List.of("inbox", "api_request", "connection", "work", "dead", "effect")) {
            hub.hub
                    .sql()
                    .sql("select * from " + table)
                    .query((row, n) -> {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            Object value = row.getObject(i);
                            values.add(
                                    value instanceof byte[] bytes
                                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                                            : String.valueOf(row.getString(i)));
                        }
                        return n;
                    })
                    .list();
        }
        return values;
    }

    /** All that lies in the hub's folder; the two key files are for the owner's eyes. */
    private List<String> files() {
        try (Stream<Path> all = Files.walk(hub.hub.data())) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".key"))
                    .map(file -> {
                        try {
                            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
