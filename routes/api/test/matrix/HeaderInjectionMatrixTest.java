package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.junit.jupiter.api.Test;

/**
 * Every header that any component of Camel reads, by every way in. What the vendors are asked, what the database holds and
 * what is answered must be as if the headers had not been there.
 */
class HeaderInjectionMatrixTest {

    private static final int BATCH = 60;

    private static final List<String> VALUES = List.of(
            "{{" + MatrixHub.CANARY_NAME + "}}", "${properties:" + MatrixHub.CANARY_NAME + "}", "#bean:masterKey");

    private static final List<Function<String, String>> SPELLINGS =
            List.of(name -> name, name -> name.toLowerCase(Locale.ROOT), name -> name.toUpperCase(Locale.ROOT));

    /** What HTTP itself, the key and the contract use: another value is another request, not an injection. */
    private static final Set<String> OF_HTTP = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-key",
            "if-match",
            "transfer-encoding",
            "upgrade");

    private final MatrixHub hub = MatrixHub.shared();
    private final List<VendorSandbox> vendors = SandboxServer.found();
    private final Set<String> names = names();
    private final List<String> wrong = new ArrayList<>();
    private int cases;

    /** @param sent what each vendor was asked since, without clocks and signatures */
    private record Effect(int status, String body, Set<String> sent) {}

    private interface Way {
        Answer send(Map<String, String> injected);
    }

    private static Set<String> names() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        Set<String> names = new TreeSet<>();
        for (String component : catalog.findComponentNames()) {
            catalog.componentModel(component).getEndpointHeaders().forEach(header -> names.add(header.getName()));
        }
        return names;
    }

    @Test
    void shouldHearNoHeaderOfTheCatalogueByAnyWay() {
        assertThat(names).hasSizeGreaterThan(2_000).contains("CamelHttpUri", "kafka.OVERRIDE_TOPIC");
        assertThat(names).anyMatch(name -> !name.startsWith("Camel"));
        Map<String, Long> rows = rows();
        Set<Path> files = files();
        Map<String, String> viewer = hub.bearer("viewer");
        Map<String, String> admin = hub.bearer("admin");
        String search = "/api/v1/products/search?supplier=aliexpress&q=mug";
        String preview = "{\"source_url\":\"https://www.aliexpress.com/item/1005000000000103.html\"}";

        tried("a search by header", true, injected -> get(search, viewer, injected));
        tried("a preview by header", true, injected -> {
            Map<String, String> headers = new LinkedHashMap<>(injected);
            headers.putAll(admin);
            return hub.send(Door.API, "POST", "/api/v1/products/preview", headers, preview);
        });
        tried("a list by header", true, injected -> get("/api/v1/trends?limit=1", viewer, injected));
        tried("a search by query", false, injected -> get(search + "&" + form(injected), viewer, Map.of()));
        tried("a list by query", false, injected -> get("/api/v1/trends?" + form(injected), viewer, Map.of()));
        tried("a preview by form", false, injected -> {
            Map<String, String> headers = new LinkedHashMap<>(admin);
            headers.put("Content-Type", "application/x-www-form-urlencoded");
            return hub.send(Door.API, "POST", "/api/v1/products/preview", headers, form(injected));
        });
        tried("a preview by JSON", false, injected -> {
            ObjectNode body = object(preview);
            injected.forEach(body::put);
            return hub.send(Door.API, "POST", "/api/v1/products/preview", admin, body);
        });
        tried("an edit of a dead letter", false, injected -> {
            ObjectNode body = MatrixHub.JSON.createObjectNode().put("reason", "matrix");
            injected.forEach(body.putObject("payload").putArray("sources").addObject()::put);
            String address = "/api/v1/dead-letters/" + hub.things.get("dead-letters");
            return hub.send(Door.API, "PATCH", address, admin, body);
        });
        assertThat(rows()).as("rows of each table").isEqualTo(rows);
        webhooks();

        System.out.println(
                "header injection matrix: " + names.size() + " names, " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(files()).as("files").isEqualTo(files);
        assertThat(hub.heard())
                .as("the property that each value asks for")
                .noneMatch(text -> text.contains(MatrixHub.CANARY));
    }

    private void webhooks() {
        String low = "{\"supplier\":\"aliexpress\",\"product_id\":\"1005000000000104\",\"score\":1}";
        String event = "[{\"event\":\"open\",\"sg_event_id\":\"%s\",\"timestamp\":1777885200}]";
        tried("a scored product by header", true, injected -> scored(low, injected));
        tried("a scored product by JSON", false, injected -> {
            ObjectNode body = object(low);
            injected.forEach(body::put);
            return scored(body.toString(), Map.of());
        });
        tried("an event of a mail by header", true, injected -> mailed(event.formatted(MatrixHub.newKey()), injected));
        tried("an event of a mail by JSON", false, injected -> {
            ObjectNode one = MatrixHub.JSON.createObjectNode();
            injected.forEach(one::put);
            one.put("event", "open").put("sg_event_id", MatrixHub.newKey()).put("timestamp", 1777885200);
            return mailed("[" + one + "]", Map.of());
        });
        tried("an event of a mail by form", false, injected -> {
            Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
            return mailed(form(injected), type);
        });
        await("the events of mails are worked off")
                .atMost(FlowHub.PATIENCE)
                .untilAsserted(() -> assertThat(
                                hub.hub.count(
                                        "select count(*) from work where type = 'mail.event' and state = 'WAITING' and attempts = 0"))
                        .isZero());
    }

    /** Every text of the contract, with each value in its place. */
    @Test
    void shouldTakeEveryTextOfARequestAtItsWord() {
        int tried = 0;
        List<String> values = new ArrayList<>(VALUES);
        values.addAll(List.of(
                "${bean:masterKey}",
                "${env:PATH}",
                "{{env:PATH}}",
                "#class:java.lang.ProcessBuilder",
                "${body.class.classLoader}",
                "RAW({{" + MatrixHub.CANARY_NAME + "}})",
                "%7B%7B" + MatrixHub.CANARY_NAME + "%7D%7D"));
        for (var path : MatrixHub.contract().getPaths().entrySet()) {
            for (var verb : path.getValue().readOperationsMap().entrySet()) {
                for (String value : values) {
                    tried += texts(path.getKey(), verb.getKey().name(), verb.getValue(), value);
                }
            }
        }
        System.out.println("header injection matrix: " + tried + " texts of the contract");
        assertThat(tried).isGreaterThan(500);
        String all = String.join("\n", hub.heard()) + sentSince(Map.of());
        assertThat(all).doesNotContain(MatrixHub.CANARY).doesNotContain(String.valueOf(System.getenv("PATH")));
    }

    private int texts(String path, String verb, Operation operation, String value) {
        if (operation.getOperationId().startsWith("receive")) {
            return 0;
        }
        int tried = 0;
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        List<String> addresses = new ArrayList<>();
        if (path.contains("{")) {
            addresses.add(path.replaceAll("\\{[^}]*}", encoded));
        }
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : parameters) {
            if (parameter.getIn().equals("query")) {
                addresses.add(path.replaceAll("\\{[^}]*}", "etsy") + "?" + parameter.getName() + "=" + encoded);
            }
        }
        Map<String, String> headers = new LinkedHashMap<>(hub.bearer("third"));
        headers.put("Idempotency-Key", MatrixHub.newKey());
        for (String address : addresses) {
            Answer answer = hub.send(Door.API, verb, address, headers, (Object) null);
            assertThat(answer.status()).as(verb + " " + address + answer.text()).isLessThan(500);
            tried++;
        }
        MediaType json = MatrixHub.json(operation);
        Object example = MatrixHub.example(operation);
        if (json != null && example != null) {
            for (ObjectNode body : bodies(json.getSchema(), example, value)) {
                headers.put("Idempotency-Key", MatrixHub.newKey());
                Answer answer = hub.send(Door.API, verb, path.replaceAll("\\{[^}]*}", "etsy"), headers, body);
                assertThat(answer.status())
                        .as(verb + " " + path + body + answer.text())
                        .isLessThan(500);
                tried++;
            }
        }
        return tried;
    }

    /** The example, once with the value for each text that it may have. */
    @SuppressWarnings("rawtypes")
    private static List<ObjectNode> bodies(Schema<?> schema, Object example, String value) {
        List<ObjectNode> bodies = new ArrayList<>();
        if (schema.getProperties() == null) {
            return bodies;
        }
        for (Map.Entry<String, Schema> property : schema.getProperties().entrySet()) {
            ObjectNode body = MatrixHub.JSON.valueToTree(example);
            String type = String.valueOf(property.getValue().getType());
            switch (type) {
                case "string" -> bodies.add(body.put(property.getKey(), value));
                case "array" -> {
                    body.putArray(property.getKey()).add(value);
                    bodies.add(body);
                }
                case "object" -> {
                    body.putObject(property.getKey()).put("appKey", value).put(value, value);
                    bodies.add(body);
                }
                default -> {
                    // numbers and switches have no text
                }
            }
        }
        return bodies;
    }

    /**
     * Sends each name in each spelling and with each value, and holds each answer against that to none. Which value goes
     * with which spelling goes round in the short form; the long form has them all.
     */
    private void tried(String what, boolean byHeader, Way way) {
        Effect clean = clean(way);
        Effect control = byHeader ? clean : null;
        for (int round = 0; round < (Boolean.getBoolean("hub.proof") ? VALUES.size() : 1); round++) {
            for (int spelling = 0; spelling < SPELLINGS.size(); spelling++) {
                Function<String, String> spell = SPELLINGS.get(spelling);
                String value = VALUES.get((round + spelling) % VALUES.size());
                List<String> spelled = names.stream()
                        .filter(name -> !byHeader || isSendable(name))
                        .map(spell)
                        .distinct()
                        .toList();
                for (int from = 0; from < spelled.size(); from += BATCH) {
                    List<String> batch = spelled.subList(from, Math.min(from + BATCH, spelled.size()));
                    Effect effect = effect(way, all(batch, value));
                    if (control == null) {
                        // a way that is refused as a whole: how, and without a call to anybody
                        control = new Effect(effect.status(), effect.body(), Set.of());
                    }
                    // a second time: an answer that came late on a busy machine is no influence
                    if (!same(effect, control) && !same(effect(way, all(batch, value)), control)) {
                        culprits(what, way, control, batch, value);
                    }
                    cases += batch.size();
                }
            }
        }
    }

    private static Map<String, String> all(List<String> batch, String value) {
        Map<String, String> injected = new LinkedHashMap<>();
        batch.forEach(name -> injected.put(name, value));
        return injected;
    }

    /** Three times: what is asked once is in a cache afterwards. */
    private Effect clean(Way way) {
        Set<String> sent = new TreeSet<>();
        Effect last = effect(way, Map.of());
        sent.addAll(last.sent());
        for (int i = 0; i < 2; i++) {
            last = effect(way, Map.of());
            sent.addAll(last.sent());
        }
        return new Effect(last.status(), last.body(), sent);
    }

    private static boolean same(Effect effect, Effect control) {
        // a refusal may repeat the name that it refuses; what matters is that nothing was done
        boolean refused = effect.status() == 400 || effect.status() == 415;
        return effect.status() == control.status()
                && control.sent().containsAll(effect.sent())
                && (refused || effect.body().equals(control.body()))
                && !effect.body().contains(MatrixHub.CANARY);
    }

    /** Which of them it was; after three ways that went wrong nobody needs to know more. */
    private void culprits(String what, Way way, Effect control, List<String> batch, String value) {
        if (wrong.size() >= 6) {
            return;
        }
        int before = wrong.size();
        for (String name : batch) {
            Effect effect = effect(way, Map.of(name, value));
            if (!same(effect, control) && wrong.size() < before + 2) {
                wrong.add(what + ": " + name + "=" + value + " -> " + effect + " instead of " + control);
            }
        }
        if (wrong.size() == before) {
            wrong.add(what + ": " + batch + "=" + value + " together -> " + effect(way, all(batch, value))
                    + " instead of " + control);
        }
    }

    private Effect effect(Way way, Map<String, String> injected) {
        Map<String, Integer> marks = marks();
        Answer answer = way.send(injected);
        JsonNode body = answer.body();
        if (body instanceof ObjectNode object) {
            // the payload of a dead letter is what was given as it is
            object.remove(List.of(
                    "payload", "request_id", "id", "at", "created_at", "event_id", "decided_at", "observed_at"));
        }
        return new Effect(answer.status(), body.toString(), sentSince(marks));
    }

    private Map<String, Integer> marks() {
        Map<String, Integer> marks = new LinkedHashMap<>();
        vendors.forEach(vendor -> marks.put(
                vendor.vendor(), hub.hub.sandbox().requests(vendor.vendor()).size()));
        return marks;
    }

    private Set<String> sentSince(Map<String, Integer> marks) {
        Set<String> sent = new TreeSet<>();
        for (VendorSandbox vendor : vendors) {
            List<ReceivedRequest> all = hub.hub.sandbox().requests(vendor.vendor());
            all.subList(marks.getOrDefault(vendor.vendor(), 0), all.size())
                    .forEach(request -> sent.add(vendor.vendor() + " " + normal(request)));
        }
        return sent;
    }

    private static String normal(ReceivedRequest request) {
        Map<String, List<String>> query = new TreeMap<>(request.query());
        query.keySet().removeAll(Set.of("timestamp", "sign"));
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String body = request.body().replaceAll("(timestamp|sign)=[^&]*", "$1=");
        return request.method() + " " + request.path() + " " + query + " " + headers + " " + body;
    }

    private Answer get(String address, Map<String, String> key, Map<String, String> injected) {
        Map<String, String> headers = new LinkedHashMap<>(injected);
        headers.putAll(key);
        return hub.send(Door.API, "GET", address, headers, (Object) null);
    }

    private Answer scored(String body, Map<String, String> injected) {
        byte[] raw = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>(injected);
        headers.putAll(hub.webhooks.scorer(Webhooks.Secret.CURRENT, MatrixHub.newKey(), Instant.now(), raw));
        return hub.send(Door.API, "POST", "/api/v1/webhooks/product-scored", headers, raw);
    }

    private Answer mailed(String body, Map<String, String> injected) {
        byte[] raw = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>(injected);
        headers.putAll(hub.webhooks.sendgrid(Webhooks.Secret.CURRENT, Instant.now(), raw));
        return hub.send(Door.API, "POST", "/api/v1/webhooks/sendgrid", headers, raw);
    }

    private static boolean isSendable(String name) {
        return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") && !OF_HTTP.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String form(Map<String, String> injected) {
        StringBuilder form = new StringBuilder("x=y");
        injected.forEach((name, value) -> form.append('&')
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) MatrixHub.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        hub
                .hub
                .sql()
                .sql(
                        "select table_name from information_schema.tables where table_schema = 'public' and table_name not like"
                                + " 'qrtz%'")
                .query(String.class)
                .list()
                // what is used up of a supplier's limits, and what a person did to a dead letter
                .stream()
                .filter(table ->
                        !Set.of("quota", "quota_hold", "audit", "product_cache").contains(table))
                .forEach(table -> rows.put(table, hub.hub.count("select count(*) from " + table)));
        return rows;
    }

    /** All files below the hub's folder but the database's own. */
    private Set<Path> files() {
        try (Stream<Path> all = Files.walk(hub.hub.data())) {
            return new LinkedHashSet<>(all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().contains(".db"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
