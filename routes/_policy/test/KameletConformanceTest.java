package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.policy.ConnectorFiles.Found;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds for every Kamelet and every vendor's folder, also for those that come later. */
class KameletConformanceTest {

    /** Vendors that nobody can call, so that nothing stands in for them. */
    private static final Map<String, String> WITHOUT_SANDBOX = Map.of(
            "curated", "a file of the configuration, no service",
            "http", "whatever an engineer connects; its tests have a server of their own",
            "supplier-csv", "files of the configuration, no service",
            "media", "pictures lie with whoever a supplier pays; its tests have a server of their own");

    private static final Set<String> POLICY = Set.of(
            "onException",
            "errorHandler",
            "redeliveryPolicy",
            "doTry",
            "circuitBreaker",
            "throttle",
            "delay",
            "wireTap");

    /** Kamelets that may have steps of a policy: which, and why. */
    private static final Map<String, Set<String>> MAY_HAVE = Map.of(
            // paces its questions about a run that takes minutes, and aborts one that nobody waits for any more
            "tiktok-run-action", Set.of("doTry", "delay"),
            // reads a page of paid rows again, since the route's own retry would begin with another run
            "tiktok-items-action", Set.of("doTry", "delay"),
            // tells a start whose outcome nobody knows from one that did not happen
            "tiktok-run-sync-action", Set.of("doTry"),
            // the same, with a call that Apify itself ends after five minutes as its first try
            "tiktok-signals-action", Set.of("doTry"),
            // paces its questions about pictures and large products, which are made in the background
            "shopify-steps-action", Set.of("delay"));

    private static final List<String> HEADERS_NAME_THE_ADDRESS =
            List.of("cjdropshipping-request-action", "http-effect-action", "http-request-action");

    private static final List<String> SECRET_NAMES = List.of("token", "secret", "password", "apikey", "keystring");

    private static final Map<String, List<String>> NEEDED = Map.of(
            "reversible", List.of("create", "lookup", "confirm", "cancel"),
            "idempotent", List.of("create"),
            "repeatable", List.of("create"),
            "once", List.of("create"));

    @TestFactory
    List<DynamicTest> shouldKeepTheContract() {
        List<Found> all = ConnectorFiles.kamelets();
        assertThat(all).hasSizeGreaterThan(30);
        return all.stream()
                .map(kamelet -> DynamicTest.dynamicTest(kamelet.toString(), () -> check(kamelet)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> shouldDescribeTheVendorAndStandInForIt() {
        return ConnectorFiles.vendors().stream()
                .map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> check(folder)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> shouldHaveTheKameletsThatAnEffectsShapeNeeds() {
        Set<String> kamelets = ConnectorFiles.byName().keySet();
        return ConnectorFiles.effects().stream()
                .map(effect -> DynamicTest.dynamicTest(effect.toString(), () -> {
                    String name = effect.root().path("effect").asText();
                    assertThat(name).isEqualTo(effect.stem()).startsWith(effect.vendor() + ".");
                    String stem = name.replace('.', '-');
                    NEEDED.getOrDefault(effect.root().path("shape").asText(), List.of("a known shape"))
                            .forEach(verb -> assertThat(kamelets).contains(stem + "-" + verb + "-action"));
                }))
                .toList();
    }

    @Test
    void shouldKnowEveryEffectOfAKameletThatChangesSomething() {
        List<String> effects =
                ConnectorFiles.effects().stream().map(Found::stem).toList();
        List<String> unknown = ConnectorFiles.kamelets().stream()
                .map(Found::stem)
                .filter(name -> name.matches(".*-(create|confirm|cancel)-action"))
                .map(name -> name.replaceAll("-(create|confirm|cancel)-action$", ""))
                .filter(name -> effects.stream()
                        .noneMatch(effect -> effect.replace('.', '-').equals(name)))
                .toList();
        assertThat(unknown).as("their traits are missing in effects/").isEmpty();
    }

    /** See docs/decisions/0011: elsewhere a header of a message could choose the address. */
    @Test
    void shouldLetHeadersNameAnAddressWhereAllOthersWereDroppedBefore() {
        assertThat(ConnectorFiles.kamelets().stream()
                        .filter(kamelet -> kamelet.text().contains("skipControlHeaders"))
                        .map(Found::stem))
                .containsExactlyInAnyOrderElementsOf(HEADERS_NAME_THE_ADDRESS);
        for (String kamelet : HEADERS_NAME_THE_ADDRESS) {
            JsonNode root = java.util.Objects.requireNonNull(
                            ConnectorFiles.byName().get(kamelet))
                    .root();
            assertThat(root.at("/spec/template/from/steps/0/removeHeaders/pattern")
                            .asText())
                    .as(kamelet)
                    .isEqualTo("*");
        }
    }

    @Test
    void shouldNotKeepExceptionsThatNobodyNeeds() {
        MAY_HAVE.forEach((name, steps) -> assertThat(ConnectorFiles.byName().get(name))
                .as(name)
                .isNotNull()
                .satisfies(kamelet -> assertThat(kamelet.text())
                        .contains(steps.stream().map(step -> "- " + step + ":").toList())));
        assertThat(ConnectorFiles.vendors())
                .extracting(folder -> String.valueOf(folder.getFileName()))
                .containsAll(WITHOUT_SANDBOX.keySet());
    }

    private static void check(Found kamelet) {
        JsonNode root = kamelet.root();
        String name = root.at("/metadata/name").asText();
        String type = root.path("metadata")
                .path("labels")
                .path("camel.apache.org/kamelet.type")
                .asText();
        assertThat(name).isEqualTo(kamelet.stem());
        assertThat(type).isIn("source", "action", "sink");
        assertThat(name).matches(kamelet.vendor() + "(-[a-z0-9]+)+-" + type);
        JsonNode definition = root.at("/spec/definition");
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).hasSizeGreaterThan(20);
        definition.path("properties").properties().forEach(property -> check(property.getKey(), property.getValue()));
        definition
                .path("required")
                .forEach(required -> assertThat(definition.path("properties").has(required.asText()))
                        .as("required " + required + " is declared")
                        .isTrue());
        List<String> faults = new ArrayList<>();
        steps(kamelet, root.at("/spec/template/from/steps"), faults);
        assertThat(faults).isEmpty();
        assertThat(root.at("/spec/template/from/uri").asText()).isEqualTo("kamelet:source");
    }

    private static void check(String name, JsonNode property) {
        assertThat(name).matches("[a-z][A-Za-z0-9]*");
        assertThat(property.path("title").asText()).as(name + " title").isNotBlank();
        assertThat(property.path("description").asText())
                .as(name + " description")
                .isNotBlank();
        assertThat(property.path("type").asText()).as(name + " type").isNotBlank();
        assertThat(property.has("default") || property.has("example"))
                .as(name + " has a default or an example")
                .isTrue();
        if (SECRET_NAMES.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::endsWith)) {
            assertThat(property.path("format").asText())
                    .as(name + " is a secret")
                    .isEqualTo("password");
        }
    }

    private static void steps(Found kamelet, JsonNode list, List<String> faults) {
        list.forEach(entry -> entry.properties().forEach(step -> {
            JsonNode node = step.getValue();
            if (node.path("id").asText().isBlank()) {
                faults.add(step.getKey() + " has no id");
            }
            if (POLICY.contains(step.getKey())
                    && !MAY_HAVE.getOrDefault(kamelet.stem(), Set.of()).contains(step.getKey())) {
                faults.add(step.getKey() + " belongs to the caller's policy");
            }
            if (node.path("uri").asText().matches("\\$\\{.*|https?:.*") && !calls(node)) {
                faults.add(node.path("id").asText() + " must see the vendor's errors: throwExceptionOnFailure=false");
            }
            for (String below : List.of("steps", "when", "otherwise", "doCatch", "doFinally")) {
                JsonNode inner = node.path(below);
                if (below.equals("steps")) {
                    steps(kamelet, inner, faults);
                } else if (inner.isArray()) {
                    inner.forEach(one -> steps(kamelet, one.path("steps"), faults));
                } else {
                    steps(kamelet, inner.path("steps"), faults);
                }
            }
        }));
    }

    private static boolean calls(JsonNode step) {
        return step.at("/parameters/throwExceptionOnFailure").asText().equals("false")
                || step.path("uri").asText().contains("throwExceptionOnFailure=false");
    }

    private static void check(Path folder) throws Exception {
        String vendor = String.valueOf(folder.getFileName());
        assertThat(Files.readString(folder.resolve("README.md"))).hasSizeGreaterThan(300);
        assertThat(Files.readString(folder.resolve("BEHAVIOR.md"))).contains("Why this matters");
        Path service =
                folder.resolve("src/main/resources/META-INF/services/io.caravan.hub.connectors.sandbox.VendorSandbox");
        assertThat(Files.exists(service)).as("a sandbox of " + vendor).isEqualTo(!WITHOUT_SANDBOX.containsKey(vendor));
        if (Files.exists(service)) {
            assertThat(Files.readString(folder.resolve("README.md")))
                    .as("the vendor's own page")
                    .contains("https://");
            String[] words = Files.readString(service).strip().split("\\.");
            assertThat(words[words.length - 2]).isEqualTo("sandbox");
            assertThat(words[words.length - 3]).isEqualTo(vendor.replace("-", ""));
        }
    }
}
