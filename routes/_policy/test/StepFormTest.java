package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever edits a step in Kaoto's form changes what they edited and loses nothing, in every step of every file. */
class StepFormTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    /**
     * Steps that Kaoto's form would break, to be changed as text. Their query differs in its names from call to call,
     * which parameters cannot say, and a header cannot either: the egress room lets no header choose an address.
     */
    private static final Set<String> TEXT_ONLY = Set.of(
            "aliexpress-page-request-action.kamelet.yaml fetch-page",
            "woocommerce-request-action.kamelet.yaml call-woocommerce",
            "etsy-request-action.kamelet.yaml call-etsy",
            "printify-request-action.kamelet.yaml call-printify",
            "reddit-signals-action.kamelet.yaml fetch-page");

    static Stream<Path> files() throws IOException {
        return KaotoFormTest.files();
    }

    static Stream<Path> routes() throws IOException {
        return files().filter(file -> file.toString().endsWith(".camel.yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldChangeNothingButTheDescriptionThatIsEdited(Path file) throws IOException {
        String text = Files.readString(ROOT.resolve(file));
        int steps = StepForm.endpoints(YAML.readTree(text)).size();
        for (int i = 0; i < steps; i++) {
            JsonNode root = YAML.readTree(text);
            ObjectNode step = StepForm.endpoints(root).get(i);
            String name = file.getFileName() + " " + step.path("id").asText();
            assertThat(step.get("uri").asText().contains("?")).as(name).isEqualTo(TEXT_ONLY.contains(name));
            if (TEXT_ONLY.contains(name)) {
                continue;
            }
            JsonNode before = step.path("description");
            StepForm.edit(step, "description", "Edited");
            assertThat(KaotoForm.of(root)).contains("description: Edited");
            StepForm.edit(step, "description", before.textValue());
            assertThat(KaotoForm.of(root)).as(name).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNameThePathOfEveryAddress(Path file) throws IOException {
        assertThat(StepForm.endpoints(YAML.readTree(ROOT.resolve(file).toFile())))
                .allSatisfy(step -> {
                    String uri = StepForm.uri(step);
                    assertThat(uri).as("an address whose path got lost").matches("[a-z-]+:.+|\\$\\{.+");
                    assertThat(uri)
                            .as("find out what Kaoto's form does to such a step and add it to StepForm")
                            .matches("(direct|http|kafka|kamelet|platform-http|quartz|work|effect|outbox):.+|\\$\\{.+");
                });
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldLoadAsTheSameRouteAfterEveryDescriptionWasEdited(Path file) throws Exception {
        JsonNode root = YAML.readTree(ROOT.resolve(file).toFile());
        Map<String, String> before = uris(root);
        StepForm.endpoints(root).forEach(step -> StepForm.edit(step, "description", "Edited"));
        assertThat(uris(root)).isEqualTo(before).hasSameSizeAs(StepForm.endpoints(root));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldLoadWithOnlyTheParameterChangedThatWasEdited(Path file) throws Exception {
        JsonNode root = YAML.readTree(ROOT.resolve(file).toFile());
        Map<String, String> before = uris(root);
        for (int i = 0; i < before.size(); i++) {
            JsonNode copy = root.deepCopy();
            ObjectNode step = StepForm.endpoints(copy).get(i);
            String id = step.path("id").asText();
            String parameter = StepForm.names(StepForm.scheme(step)).get(0);
            StepForm.editParameter(step, parameter, "edited");
            Map<String, String> after = uris(copy);
            assertThat(after.get(id)).contains("edited").isNotEqualTo(before.get(id));
            after.put(id, Objects.requireNonNull(before.get(id)));
            assertThat(after).isEqualTo(before);
        }
    }

    /** Left: a step as a person may write it. Right: what Kaoto 2.7.1 wrote after an edit of its description. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {uri: "work:idea.create"}                    | {uri: "work", parameters: {}}
            {uri: "work", parameters: {type: t}}         | {uri: "work", parameters: {type: t}}
            {uri: "work:a/b?aggregate=c"}                | {uri: "work", parameters: {aggregate: c}}
            {uri: "effect:etsy.listing", parameters: {key: k}} | {uri: "effect", parameters: {key: k}}
            {uri: "outbox", parameters: {topic: t}}      | {uri: "outbox", parameters: {topic: t}}
            {uri: "direct:x-y"}                          | {uri: "direct", parameters: {name: x-y}}
            {uri: "direct:x-${variable.source}"}         | {uri: "direct", parameters: {name: "x-${variable.source}"}}
            {uri: "quartz:one/two"}                      | {uri: "quartz", parameters: {groupName: one, triggerName: two}}
            {uri: "quartz:two"}                          | {uri: "quartz", parameters: {triggerName: two}}
            {uri: "kamelet:x-action", parameters: {limit: "5"}} | {uri: "kamelet:x-action", parameters: {limit: "5", templateId: x-action}}
            {uri: "kamelet", parameters: {templateId: t}} | {uri: "kamelet", parameters: {templateId: t}}
            {uri: "kamelet:source"}                      | {uri: "kamelet:source", parameters: {}}
            {uri: "${variable.base}/a"}                  | {uri: "${variable.base}/a", parameters: {}}
            {uri: "${variable.base}/${variable.a:b}?x=a&y=b"} | {uri: "${variable.base}/${variable.a", parameters: {x: a, y: b}}
            """)
    void shouldTakeAnAddressApartAsKaotoDoes(String written, String saved) throws IOException {
        ObjectNode step = (ObjectNode) YAML.readTree(written);
        StepForm.edit(step, "description", "Edited");
        StepForm.edit(step, "description", null);
        assertThat(step).isEqualTo(YAML.readTree(saved));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            work:idea.create            | work    | type: idea.create
            effect:etsy.listing         | effect  | effect: etsy.listing
            outbox:trend.scored         | outbox  | topic: trend.scored
            direct:x-${variable.source} | direct  | name: "x-${variable.source}"
            quartz:one/two              | quartz  | groupName: one, triggerName: two
            kamelet:x-action            | kamelet | templateId: x-action
            """)
    void shouldMeanTheSameToCamelAndToTheTests(String uri, String scheme, String parameters) throws Exception {
        JsonNode written = YAML.readTree("{to: {uri: \"" + uri + "\"}}");
        JsonNode spelled = StepForm.spelledOut(written).get("to");
        assertThat(spelled).isEqualTo(YAML.readTree("{uri: " + scheme + ", parameters: {" + parameters + "}}"));
        assertThat(StepForm.uri(spelled)).isEqualTo(uri);
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            EndpointUriFactory factory =
                    Objects.requireNonNull(camel.getCamelContextExtension().getEndpointUriFactory(scheme));
            Map<String, Object> given = YAML.convertValue(
                    spelled.get("parameters"),
                    YAML.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
            assertThat(factory.buildUri(scheme, given, false)).isEqualTo(uri);
        }
    }

    @Test
    void shouldNotSpellOutWhatKaotoWouldBreak() throws IOException {
        JsonNode step = YAML.readTree("{toD: {uri: \"${variable.base}/x?y=z\", parameters: {}}}");
        assertThat(StepForm.spelledOut(step)).isEqualTo(step);
    }

    /** What Camel reads: the uri of every beginning and step that has one, by its id. */
    private static Map<String, String> uris(JsonNode root) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addInitialProperty("hub.routes.path", "routes");
            camel.getPropertiesComponent().addInitialProperty("hub.kafka.enabled", "true");
            camel.getPropertiesComponent().addInitialProperty("hub.kafka.topics", "t");
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromString("edited.camel.yaml", YAML.writeValueAsString(root)));
            Map<String, String> uris = new TreeMap<>();
            for (RouteDefinition route : camel.getRouteDefinitions()) {
                if (route.getInput().getId() != null) {
                    uris.put(route.getInput().getId(), route.getInput().getUri());
                }
                collect(route.getOutputs(), uris);
            }
            return uris;
        }
    }

    private static void collect(List<ProcessorDefinition<?>> steps, Map<String, String> uris) {
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDefinition.class)
                .forEach(to -> uris.put(to.getId(), to.getUri()));
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDynamicDefinition.class)
                .forEach(to -> uris.put(to.getId(), to.getUri()));
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, CircuitBreakerDefinition.class)
                .forEach(breaker -> collect(breaker.getOnFallback().getOutputs(), uris));
    }
}
