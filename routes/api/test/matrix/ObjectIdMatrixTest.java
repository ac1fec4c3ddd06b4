package io.caravan.hub.routes.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.api.matrix.Endpoints.Door;
import io.caravan.hub.routes.api.matrix.MatrixHub.Answer;
import io.caravan.hub.routes.policy.FlowHub;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An admin of the second account names objects of the first wherever the contract has room for an id. */
class ObjectIdMatrixTest {

    /** What each id of the contract names; {@code -} is nothing of an account. A name that is not here fails the build. */
    private static final Map<String, String> IDS = Map.of(
            "id", "*",
            "trend_id", "trends",
            "idea_id", "ideas",
            "image_id", "images",
            "origin_id", "imports/batches",
            // a supplier's own
            "product_id", "-");

    private static final Set<String> NAMES = Set.of("vendor", "supplier", "shop");

    /** Rows that the hub itself touches now and then. */
    private static final Set<String> RESTLESS = Set.of("api_key", "account", "source_run");

    private final MatrixHub hub = MatrixHub.shared();
    private final Map<String, Set<String>> theirs = hub.ids("admin");
    private final Set<String> secrets = new TreeSet<>(hub.things.values());
    private final List<String> wrong = new ArrayList<>();
    private int cases;

    ObjectIdMatrixTest() {
        theirs.values().forEach(secrets::addAll);
    }

    @Test
    void shouldKnowWhatEachIdOfTheContractNames() {
        Set<String> unlisted = new TreeSet<>();
        operations((path, verb, operation) -> {
            for (Parameter parameter : parameters(operation)) {
                boolean id = parameter.getIn().equals("path")
                        ? !NAMES.contains(parameter.getName())
                        : isId(parameter.getName());
                if (id && !parameter.getIn().equals("header") && !IDS.containsKey(parameter.getName())) {
                    unlisted.add(parameter.getName() + " of " + verb + " " + path);
                }
            }
            body(operation).forEach((name, schema) -> {
                if (isId(name) && !IDS.containsKey(name)) {
                    unlisted.add(name + " of " + verb + " " + path);
                }
            });
        });
        assertThat(unlisted).isEmpty();
    }

    @Test
    void shouldFindNothingOfAnotherAccountByPathQueryBodyOrCursor() {
        hub.settled("default");
        Map<String, String> before = rows("default");
        operations((path, verb, operation) -> {
            if ("public".equals(operation.getExtensions().get("x-hub-role"))) {
                return;
            }
            byPath(path, verb, operation);
            byQuery(path, verb, operation);
            byBody(path, verb, operation);
            byCursor(path, verb, operation);
        });
        System.out.println("object id matrix: " + cases + " cases, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(300);
        assertThat(rows("default")).as("the first account's rows").isEqualTo(before);
    }

    private void byPath(String path, String verb, Operation operation) {
        if (!path.contains("/{id}")) {
            return;
        }
        for (String id : new LinkedHashSet<>(hub.things.values())) {
            Object body = MatrixHub.example(operation);
            refused(verb, path.replace("{id}", id), body);
        }
    }

    private void byQuery(String path, String verb, Operation operation) {
        for (Parameter parameter : parameters(operation)) {
            if (!parameter.getIn().equals("query") || !isId(parameter.getName())) {
                continue;
            }
            for (String id : hub.things.values()) {
                shows(verb, filled(path) + "?" + parameter.getName() + "=" + id, id);
            }
        }
        // an id that is smuggled in: no operation may take notice of a parameter that it does not have
        for (String smuggled : List.of("account", "tenant_id", "id", "key", "account_id")) {
            if (verb.equals("GET") && !path.contains("{")) {
                shows(verb, path + "?" + smuggled + "=default", "default");
            }
        }
    }

    private void byBody(String path, String verb, Operation operation) {
        for (String name : body(operation).keySet()) {
            String kind = IDS.get(name);
            if (!isId(name) || "-".equals(kind)) {
                continue;
            }
            for (String id : hub.things.values()) {
                ObjectNode body = MatrixHub.JSON.valueToTree(MatrixHub.example(operation));
                body.put(name, id);
                refused(verb, filled(path), body);
            }
        }
    }

    private void byCursor(String path, String verb, Operation operation) {
        if (parameters(operation).stream().noneMatch(one -> one.getName().equals("cursor"))) {
            return;
        }
        Set<String> cursors = new LinkedHashSet<>();
        if (verb.equals("GET")) {
            String next = hub.send(Door.API, verb, filled(path) + "?limit=1", hub.bearer("admin"), (Object) null)
                    .body()
                    .path("next")
                    .asText();
            if (!next.isEmpty() && !next.equals("null")) {
                cursors.add(next);
            }
        }
        for (String id : hub.things.values()) {
            for (String key : List.of("0", "9223372036854775807", "50", "1")) {
                cursors.add(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString((key + "|" + id).getBytes(StandardCharsets.UTF_8)));
            }
        }
        for (String cursor : cursors) {
            String asked = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            Object body = MatrixHub.example(operation);
            Answer answer = send(verb, filled(path) + "?limit=200&cursor=" + cursor, body);
            check(answer.status() < 500, verb + " " + path + " at " + asked + " -> " + answer.status());
            silent(verb + " " + path + " at " + asked, answer, cursor);
        }
    }

    /** 404 and not a word more. */
    private void refused(String verb, String address, @Nullable Object body) {
        Answer answer = send(verb, address, body);
        String what = verb + " " + address + " " + body + " -> " + answer.status() + " " + answer.text();
        check(answer.status() == 404 && answer.body().path("code").asText().equals("not-found"), what);
        silent(what, answer, address + body);
    }

    /** Nothing, or a refusal. */
    private void shows(String verb, String address, String asked) {
        Answer answer = send(verb, address, null);
        String what = verb + " " + address + " -> " + answer.status() + " " + answer.text();
        check(answer.status() < 500, what);
        silent(what, answer, asked);
    }

    private void silent(String what, Answer answer, String asked) {
        secrets.stream()
                .filter(id -> !asked.contains(id) && !id.equals("admin"))
                .filter(answer.text()::contains)
                .forEach(id -> check(false, "shows " + id + ": " + what));
    }

    private Answer send(String verb, String address, @Nullable Object body) {
        cases++;
        Map<String, String> headers = new LinkedHashMap<>(hub.bearer("other"));
        headers.put("Idempotency-Key", MatrixHub.newKey());
        return hub.send(Door.API, verb, address, headers, body);
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }

    /**
     * The way round the contract: a dead letter of one's own, its payload edited to name what is another account's, and
     * replayed. So each type of work is given every id of the first account in the name of the second.
     */
    @Test
    void shouldDoNoWorkOnAnotherAccountsObjectsThatAnEditedPayloadNames() {
        hub.settled("default");
        Map<String, String> before = rows("default");
        Set<String> types = new TreeSet<>();
        for (Route route : hub.hub.camel().getRoutes()) {
            String uri = route.getEndpoint().getEndpointUri();
            if (uri.startsWith("work://")) {
                types.add(uri.substring("work://".length()).replaceAll("\\?.*", ""));
            }
        }
        assertThat(types)
                .contains("idea.create", "listing.publish", "import.fetch")
                .hasSizeGreaterThan(20);
        AccountId third = new AccountId("third");
        for (String type : types) {
            Map<String, Object> payload = new TreeMap<>();
            hub.things.forEach(
                    (kind, id) -> payload.put(kind.replaceAll(".*/", "").replaceAll("s$", "") + "_id", id));
            payload.put("import_id", hub.thing("/api/v1/imports/{id}"));
            payload.put("id", hub.thing("/api/v1/ideas/{id}"));
            payload.put("generation", 1);
            payload.put("account", "default");
            payload.put("reason", "edited");
            hub.hub.bean(DeliveryEngine.class).work().insert(NewWork.of(third, type, "matrix-" + type, payload));
        }
        await("each was tried")
                .atMost(FlowHub.PATIENCE)
                .untilAsserted(() -> assertThat(hub.hub
                                .sql()
                                .sql(
                                        "select type from work where tenant_id = 'third' and state = 'WAITING' and attempts = 0")
                                .query(String.class)
                                .list())
                        .isEmpty());
        System.out.println("object id matrix: " + types.size() + " types of work with an edited payload");
        assertThat(rows("default")).as("the first account's rows").isEqualTo(before);
        String seen = String.join("\n", rows("third").values());
        assertThat(seen).as("the judge sees what the third account got").contains("edited");
        for (String told : told()) {
            assertThat(seen).as("of the first account").doesNotContain(told);
        }
    }

    /** What is known of the first account's objects beside their ids. */
    private List<String> told() {
        Map<String, String> key = hub.bearer("admin");
        List<String> told = new ArrayList<>();
        for (String field : List.of("trends keyword", "images sha256", "listings url", "imports url")) {
            String kind = field.split(" ")[0];
            String path = "/api/v1/" + kind + "/" + hub.things.get(kind);
            String value = hub.send(Door.API, "GET", path, key, (Object) null)
                    .body()
                    .path(field.split(" ")[1])
                    .asText();
            assertThat(value).as(field).isNotBlank().isNotEqualTo("null");
            told.add(value);
        }
        return told;
    }

    /** Each row of the account in the tables of the flows. */
    private Map<String, String> rows(String account) {
        Map<String, String> all = new TreeMap<>();
        List<String> tables = hub.hub
                .sql()
                .sql("select table_name from information_schema.columns where table_schema = 'public' and column_name ="
                        + " 'account'")
                .query(String.class)
                .list();
        assertThat(tables).contains("trend", "idea", "image", "listing", "import_job");
        for (String table : tables) {
            if (!RESTLESS.contains(table)) {
                all.put(
                        table,
                        String.join(
                                "\n",
                                hub
                                        .hub
                                        .sql()
                                        .sql("select * from " + table + " where account = ?")
                                        .param(account)
                                        .query((row, n) -> {
                                            StringBuilder text = new StringBuilder();
                                            for (int i = 1;
                                                    i <= row.getMetaData().getColumnCount();
                                                    i++) {
                                                text.append(row.getString(i)).append('|');
                                            }
                                            return text.toString();
                                        })
                                        .list()
                                        .stream()
                                        .sorted()
                                        .toList()));
            }
        }
        return all;
    }

    private interface Each {
        void accept(String path, String verb, Operation operation);
    }

    private static void operations(Each each) {
        MatrixHub.contract()
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((verb, operation) -> each.accept(path, verb.name(), operation)));
    }

    private static boolean isId(String name) {
        return name.equals("id") || name.endsWith("_id") || name.endsWith("_ids");
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    /** The members of the body, those of members too. */
    private static Map<String, Schema<?>> body(Operation operation) {
        Map<String, Schema<?>> all = new LinkedHashMap<>();
        MediaType json = MatrixHub.json(operation);
        if (json != null) {
            collect(json.getSchema(), all);
        }
        return all;
    }

    @SuppressWarnings("rawtypes")
    private static void collect(@Nullable Schema<?> schema, Map<String, Schema<?>> all) {
        if (schema == null) {
            return;
        }
        collect(schema.getItems(), all);
        if (schema.getProperties() != null) {
            for (Map.Entry<String, Schema> property : schema.getProperties().entrySet()) {
                all.put(property.getKey(), property.getValue());
                collect(property.getValue(), all);
            }
        }
    }

    private static String filled(String path) {
        return path.replace("{shop}", "shopify")
                .replace("{supplier}", "aliexpress")
                .replace("{vendor}", "etsy");
    }
}
