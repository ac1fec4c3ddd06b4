package io.caravan.hub.config.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.config.accounts.TwoAccounts.Answer;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two shops on one hub: each runs the whole flow, and neither finds anything of the other under any address. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoAccountsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STANDING =
            Set.of("trends", "ideas", "images", "listings", "jobs", "dead-letters", "connections");

    private TwoAccounts hub;
    private String first;
    private String second;

    @BeforeAll
    void start() throws Exception {
        hub = TwoAccounts.start();
        first = TwoAccounts.ADMIN_KEY;
        second = hub.post(first, "/api/v1/keys", Map.of("account", "second", "role", "admin", "name", "its owner"))
                .body()
                .path("key")
                .asText();
        for (String key : List.of(first, second)) {
            listing(key);
            hub.dies(key.equals(first) ? "default" : "second");
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> !items(key, "dead-letters").isEmpty());
        }
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    /** The main job, as a person at the API does it. */
    private void listing(String key) throws Exception {
        JsonNode job = hub.post(key, "/api/v1/trends/refresh", Map.of()).body();
        over(key, job.path("job_id").asText());
        for (JsonNode trend : items(key, "trends")) {
            JsonNode asked = hub.post(
                            key,
                            "/api/v1/ideas",
                            Map.of("trend_id", trend.path("id").asText()))
                    .body();
            over(key, asked.path("job_id").asText());
            approve(key);
            if (!items(key, "listings").isEmpty()) {
                await().atMost(Duration.ofSeconds(120))
                        .until(() -> items(key, "listings").stream()
                                .anyMatch(one -> one.path("state").asText().equals("live")));
                return;
            }
        }
        throw new AssertionError("no trend became a listing: " + items(key, "images"));
    }

    private void over(String key, String job) {
        await().atMost(Duration.ofSeconds(120))
                .until(() -> !Set.of("pending", "running")
                        .contains(hub.get(key, "/api/v1/jobs/" + job)
                                .body()
                                .path("status")
                                .asText()));
    }

    private void approve(String key) throws Exception {
        for (JsonNode image : items(key, "images")) {
            if (image.path("state").asText().equals("pending_review")) {
                hub.post(
                        key,
                        "/api/v1/images/" + image.path("id").asText() + "/review",
                        Map.of("decision", "approve", "reason", "good"));
            }
        }
    }

    private List<JsonNode> items(String key, String kind) throws Exception {
        return hub.get(key, "/api/v1/" + kind).items();
    }

    /** Everything that the account sees in the lists of the contract, by the list's last word. */
    private Map<String, Set<String>> idsOf(String key) throws Exception {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        for (var path : hub.contract().getPaths().entrySet()) {
            if (path.getValue().getGet() != null && !path.getKey().contains("{")) {
                for (JsonNode item : hub.get(key, path.getKey()).items()) {
                    if (item.hasNonNull("id")) {
                        ids.computeIfAbsent(kind(path.getKey()), any -> new LinkedHashSet<>())
                                .add(item.path("id").asText());
                    }
                }
            }
        }
        return ids;
    }

    private static String kind(String path) {
        String before = path.contains("/{") ? path.substring(0, path.indexOf("/{")) : path;
        return before.substring(before.lastIndexOf('/') + 1);
    }

    @Test
    void shouldRunTheWholeFlowForTheSecondAccountWithItsOwnCredentials() {
        assertThat(hub.asked("printify"))
                .anyMatch(request -> request.headers().toString().contains(TwoAccounts.TOKEN_OF_SECOND))
                .anyMatch(request -> !request.headers().toString().contains(TwoAccounts.TOKEN_OF_SECOND));
    }

    @Test
    void shouldRunSchedulesForEachActiveAccount() throws Exception {
        List<String> before = List.of(lastCycle(first), lastCycle(second));
        hub.tick("trends", "reddit");
        await().atMost(Duration.ofSeconds(120))
                .untilAsserted(() ->
                        assertThat(List.of(lastCycle(first), lastCycle(second))).doesNotContainAnyElementsOf(before));
    }

    private String lastCycle(String key) throws Exception {
        return items(key, "trends/sources").stream()
                .filter(source -> source.path("source").asText().equals("reddit"))
                .findFirst()
                .orElseThrow()
                .path("cycle_id")
                .asText();
    }

    @Test
    void shouldShowNoObjectOfOneAccountToTheOtherUnderAnyOperationOfTheContract() throws Exception {
        for (String owner : List.of(first, second)) {
            String stranger = owner.equals(first) ? second : first;
            Map<String, Set<String>> theirs = idsOf(owner);
            assertThat(theirs.keySet()).as("what the test needs").containsAll(STANDING);
            Set<String> all = new LinkedHashSet<>();
            theirs.values().forEach(all::addAll);
            int tried = 0;
            for (var path : hub.contract().getPaths().entrySet()) {
                for (var operation : path.getValue().readOperationsMap().entrySet()) {
                    tried += probe(stranger, path.getKey(), operation.getKey(), operation.getValue(), theirs, all);
                }
            }
            assertThat(tried).isGreaterThan(40);
            assertThat(idsOf(owner).get("dead-letters")).isEqualTo(theirs.get("dead-letters"));
            assertThat(idsOf(owner).get("listings")).isEqualTo(theirs.get("listings"));
            for (String id : Objects.requireNonNull(theirs.get("ideas"))) {
                assertThat(hub.get(owner, "/api/v1/ideas/" + id).status()).isEqualTo(200);
            }
        }
    }

    /** @return how many requests were sent */
    private int probe(
            String stranger,
            String path,
            PathItem.HttpMethod method,
            Operation operation,
            Map<String, Set<String>> theirs,
            Set<String> all)
            throws Exception {
        boolean named = path.contains("{id}");
        // an operation on a thing that the owner has none of is tried with everything it has
        Set<String> ids = named ? theirs.getOrDefault(kind(path), all) : Set.of("");
        int tried = 0;
        for (String id : ids) {
            String address = path.replace("{id}", id).replaceAll("\\{[a-z_]+}", "etsy");
            for (@Nullable JsonNode body : bodies(operation, theirs)) {
                Answer answer = hub.send(stranger, method.name(), address, body);
                String what = method + " " + address + " " + body + " -> " + answer.status() + " " + answer.text();
                boolean names = named || (body != null && namesTheirs(body, all));
                if ("public".equals(operation.getExtensions().get("x-hub-role"))) {
                    assertThat(answer.status()).as(what).isEqualTo(401);
                } else if (names) {
                    assertThat(answer.status()).as(what).isEqualTo(404);
                    assertThat(answer.body().path("code").asText()).as(what).isEqualTo("not-found");
                } else {
                    assertThat(answer.status()).as(what).isLessThan(500);
                    all.forEach(secret -> assertThat(answer.text()).as(what).doesNotContain(secret));
                }
                tried++;
            }
        }
        return tried;
    }

    private static boolean namesTheirs(JsonNode body, Set<String> all) {
        return all.stream().anyMatch(id -> body.toString().contains(id));
    }

    /** The contract's examples, once with each of the owner's ids in the place of an id. */
    private static List<@Nullable JsonNode> bodies(Operation operation, Map<String, Set<String>> theirs) {
        List<@Nullable JsonNode> bodies = new ArrayList<>();
        if (operation.getRequestBody() == null) {
            bodies.add(null);
            return bodies;
        }
        MediaType media = operation.getRequestBody().getContent().get("application/json");
        if (media == null) {
            // a file names addresses at suppliers and nothing of ours
            return bodies;
        }
        media.getExamples().values().forEach(example -> {
            JsonNode body = JSON.valueToTree(example.getValue());
            List<String> members = new ArrayList<>();
            body.fieldNames().forEachRemaining(name -> {
                if (name.endsWith("_id")) {
                    members.add(name);
                }
            });
            if (members.isEmpty()) {
                bodies.add(body);
            }
            for (String member : members) {
                String kind = member.substring(0, member.length() - "_id".length()) + "s";
                for (String id : theirs.getOrDefault(kind, Set.of("nothing-of-theirs"))) {
                    ObjectNode one = body.deepCopy();
                    members.forEach(each -> one.put(each, id));
                    bodies.add(one);
                }
            }
        });
        return bodies;
    }

    @Test
    void shouldLetTheOperatorAloneMakeAndSeeKeysOfAnotherAccount() throws Exception {
        String admin = hub.post(first, "/api/v1/keys", Map.of("role", "admin", "name", "no operator"))
                .body()
                .path("key")
                .asText();
        for (String key : List.of(second, admin)) {
            String other = key.equals(second) ? "default" : "second";
            assertThat(hub.post(key, "/api/v1/keys", Map.of("account", other, "role", "viewer", "name", "x"))
                            .status())
                    .isEqualTo(404);
            assertThat(hub.get(key, "/api/v1/keys?account=" + other).status()).isEqualTo(404);
            assertThat(hub.send(key, "DELETE", "/api/v1/keys/admin?account=" + other, null)
                            .status())
                    .isEqualTo(404);
        }
        List<JsonNode> keys = hub.get(first, "/api/v1/keys?account=second").items();
        assertThat(keys).isNotEmpty();
        assertThat(hub.get(second, "/api/v1/keys").items()).hasSameSizeAs(keys);
        assertThat(hub.get(first, "/api/v1/keys?account=nobody").status()).isEqualTo(404);
        assertThat(hub.post(first, "/api/v1/keys", Map.of("account", "nobody", "role", "viewer", "name", "x"))
                        .status())
                .isEqualTo(404);
        JsonNode made = hub.post(first, "/api/v1/keys", Map.of("account", "second", "role", "viewer", "name", "x"))
                .body();
        assertThat(hub.get(made.path("key").asText(), "/api/v1/trends").status())
                .isEqualTo(200);
        assertThat(hub.send(first, "DELETE", "/api/v1/keys/" + made.path("id").asText() + "?account=second", null)
                        .status())
                .isEqualTo(204);
        assertThat(hub.get(made.path("key").asText(), "/api/v1/trends").status())
                .isEqualTo(401);
    }
}
