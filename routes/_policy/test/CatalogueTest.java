package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.policy.ConnectorFiles.Found;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one file names, another has: Kamelets and their parameters, work and who does it, topics and who listens. */
class CatalogueTest {

    /** Work that Java sends: where. */
    private static final Map<String, String> SENT_BY_JAVA = Map.of(
            "mail.event", "bean mailWebhook, out of the inbox",
            "event.publish", "the outbox, under the profile kafka",
            "event.refused", "bean events, for a record that it cannot read");

    private static final String SUBSCRIBERS = "hub.delivery.subscribers[";

    private final List<RouteFile> files = RouteFile.all();
    private final List<JsonNode> endpoints = endpoints(files);

    @Test
    void shouldCallKameletsThatThereAreWithParametersThatTheyHave() {
        List<JsonNode> calls = new ArrayList<>(endpoints);
        ConnectorFiles.kamelets().forEach(kamelet -> collect(kamelet.root().at("/spec/template"), calls));
        Map<String, Found> kamelets = ConnectorFiles.byName();
        List<String> faults = new ArrayList<>();
        int seen = 0;
        for (JsonNode call : calls) {
            String uri = StepForm.uri(call);
            if (!uri.startsWith("kamelet:") || uri.matches("kamelet:(source|sink)") || uri.contains("${")) {
                continue;
            }
            seen++;
            Found kamelet = kamelets.get(uri.substring("kamelet:".length()));
            if (kamelet == null) {
                faults.add("there is no " + uri);
                continue;
            }
            JsonNode definition = kamelet.root().at("/spec/definition");
            call.path("parameters").fieldNames().forEachRemaining(name -> {
                if (!definition.path("properties").has(name) && !name.equals("templateId")) {
                    faults.add(uri + " has no parameter " + name);
                }
            });
            definition.path("required").forEach(name -> {
                boolean given = call.path("parameters").has(name.asText())
                        || definition.path("properties").path(name.asText()).has("default");
                if (!given) {
                    faults.add(uri + " is called without " + name.asText());
                }
            });
        }
        assertThat(seen).isGreaterThan(4);
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldDoAllWorkThatIsSentAndSendAllWorkThatIsDone() throws IOException {
        Set<String> done = files.stream()
                .flatMap(file -> file.routes().stream())
                .map(route -> StepForm.uri(route.path("from")))
                .filter(uri -> uri.startsWith("work:"))
                .map(uri -> uri.substring("work:".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> sent = new TreeSet<>(SENT_BY_JAVA.keySet());
        sent.addAll(targets("work:"));
        files.forEach(file -> file.root().findValuesAsText("onDead").forEach(sent::add));
        subscribers().values().forEach(sent::addAll);
        assertThat(done).isEqualTo(sent);
    }

    @Test
    void shouldListEveryTopicWithItsSubscribers() throws IOException {
        assertThat(subscribers().keySet()).isEqualTo(targets("outbox:"));
    }

    @Test
    void shouldKnowTheTraitsOfEveryEffect() {
        Set<String> known = ConnectorFiles.effects().stream().map(Found::stem).collect(Collectors.toSet());
        assertThat(targets("effect:"))
                .isNotEmpty()
                .allSatisfy(effect ->
                        assertThat(meant(effect)).as(effect).isNotEmpty().isSubsetOf(known));
    }

    /** The effect itself, or for {@code ${variable.shop}.product} that of each shop. */
    private static Set<String> meant(String effect) {
        return effect.startsWith("${variable.shop}")
                ? ConnectorFiles.shops().stream()
                        .map(Found::stem)
                        .map(shop -> effect.replace("${variable.shop}", shop))
                        .collect(Collectors.toSet())
                : Set.of(effect);
    }

    @Test
    void shouldHaveTheKameletsThatEverySupplierSaysItHas() {
        Map<String, Found> kamelets = ConnectorFiles.byName();
        for (Found supplier : ConnectorFiles.suppliers()) {
            for (String capability : List.of("product", "search", "freight")) {
                boolean has = kamelets.containsKey(supplier.stem() + "-" + capability + "-action");
                assertThat(supplier.root().path("capabilities").path(capability).asBoolean())
                        .as("%s of %s", capability, supplier.stem())
                        .isEqualTo(has);
            }
        }
    }

    @Test
    void shouldDeclareEveryPropertyThatARouteNames() throws IOException {
        Properties declared = properties();
        Set<String> derived = Set.of("hub.routes.path", "hub.config.path", "hub.data.path", "hub.kafka.topics");
        List<String> missing = files.stream()
                .flatMap(file -> java.util.regex.Pattern.compile("\\{\\{([^}:?]+)}}")
                        .matcher(file.text())
                        .results())
                .map(found -> found.group(1))
                .distinct()
                .filter(name -> !declared.containsKey(name) && !derived.contains(name))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void shouldDescribeEveryFlowInItsReadme() throws IOException {
        try (Stream<Path> folders = Files.list(RouteFile.folder())) {
            List<Path> flows = folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.endsWith("target"))
                    .toList();
            assertThat(flows)
                    .allSatisfy(flow -> assertThat(flow.resolve("README.md")).exists());
        }
    }

    private Set<String> targets(String scheme) {
        return endpoints.stream()
                .map(StepForm::uri)
                .filter(uri -> uri.startsWith(scheme))
                .map(uri -> uri.substring(scheme.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every producer: what has an address and is not where a route begins. */
    private static List<JsonNode> endpoints(List<RouteFile> files) {
        List<JsonNode> found = new ArrayList<>();
        files.forEach(file -> file.routes().forEach(route -> collect(route.at("/from/steps"), found)));
        return found;
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isObject() && node.has("uri")) {
            into.add(node);
        }
        node.forEach(child -> collect(child, into));
    }

    private static Map<String, Set<String>> subscribers() throws IOException {
        Map<String, Set<String>> all = new TreeMap<>();
        properties().forEach((name, value) -> {
            String key = name.toString();
            if (key.startsWith(SUBSCRIBERS)) {
                all.put(
                        key.substring(SUBSCRIBERS.length(), key.length() - 1),
                        Stream.of(value.toString().split(","))
                                .map(String::strip)
                                .filter(type -> !type.isEmpty())
                                .collect(Collectors.toSet()));
            }
        });
        return all;
    }

    private static Properties properties() throws IOException {
        Path file =
                Path.of(System.getProperty("project.root"), "config/src/main/resources/config/application.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
