package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A save in Kaoto changes nothing that was not meant. Write as you like, then bring the files into Kaoto's form with
 * {@code ./mvnw -pl routes -am verify -Dtest=KaotoFormTest -Dkaoto.write=true -DfailIfNoTests=false
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class KaotoFormTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Pattern REMARK = Pattern.compile("^\\s*#|^[^'\"]*\\s#", Pattern.MULTILINE);
    private static final Set<String> NAMED_BY_KAOTO = Set.of("route", "routeConfiguration", "rest");

    static Stream<Path> files() throws IOException {
        return Stream.of(
                        under("routes", ".camel.yaml"),
                        under("docs", ".camel.yaml"),
                        under("connectors", ".kamelet.yaml")
                                .filter(file -> file.toString().contains("/src/main/resources/kamelets/")))
                .flatMap(all -> all)
                .sorted();
    }

    private static Stream<Path> under(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            List<Path> found = all.map(ROOT::relativize)
                    .filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            return found.stream();
        }
    }

    @Test
    void shouldLookAtRoutesAndKamelets() throws IOException {
        assertThat(files()).anyMatch(file -> file.startsWith("routes/_policy"));
        assertThat(files()).anyMatch(file -> file.startsWith("connectors/etsy"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSurviveASaveInKaotoUnchanged(Path file) throws IOException {
        String text = Files.readString(ROOT.resolve(file));
        JsonNode root = YAML.readTree(text);
        String saved = KaotoForm.of(StepForm.spelledOut(root));
        if (Boolean.getBoolean("kaoto.write") && !REMARK.matcher(text).find()) {
            Files.writeString(ROOT.resolve(file), saved);
            return;
        }
        assertThat(text)
                .as(
                        "%s: Kaoto would drop its remarks (use description) or write it otherwise; see -Dkaoto.write above",
                        file)
                .isEqualTo(saved);
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldNotGetARandomIdFromKaoto(Path file) throws IOException {
        JsonNode root = YAML.readTree(ROOT.resolve(file).toFile());
        if (root.isArray()) {
            for (JsonNode entity : root) {
                String kind = entity.fieldNames().next();
                assertThat(kind).as("a route without a name").isNotEqualTo("from");
                if (NAMED_BY_KAOTO.contains(kind)) {
                    assertThat(entity.get(kind).path("id").asText()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void shouldWriteARouteFileAsKaotoDid() throws IOException {
        assertThat(KaotoForm.of(YAML.readTree(BEFORE))).isEqualTo(SAVED_BY_KAOTO);
        assertThat(KaotoForm.of(YAML.readTree(SAVED_BY_KAOTO))).isEqualTo(SAVED_BY_KAOTO);
    }

    @Test
    void shouldWriteAKameletAsKaotoDid() throws IOException {
        assertThat(KaotoForm.of(YAML.readTree("""
                        kind: "Kamelet"
                        apiVersion: "camel.apache.org/v1"
                        spec:
                          definition: {type: "object", title: "X"}
                          template:
                            from: {id: start, uri: "kamelet:source", steps: [{to: {uri: "log:x", id: say}}]}
                            beans: [{type: "#class:a.B", name: "b"}]
                        metadata: {labels: {}, name: "x-y-action"}
                        """))).isEqualTo("""
                        apiVersion: camel.apache.org/v1
                        kind: Kamelet
                        metadata:
                          labels: {}
                          name: x-y-action
                        spec:
                          definition:
                            title: X
                            type: object
                          template:
                            beans:
                              - name: b
                                type: "#class:a.B"
                            from:
                              steps:
                                - to:
                                    id: say
                                    uri: log:x
                              id: start
                              uri: kamelet:source
                        """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            on                | "on"
            50                | "50"
            0x1f              | "0x1f"
            1e3               | "1e3"
            1:30              | "1:30"
            2026-01-02        | "2026-01-02"
            4.17.0            | 4.17.0
            30s               | 30s
            ~                 | "~"
            ``                | ""
            work:idea.create  | work:idea.create
            a: b              | "a: b"
            ends with:        | "ends with:"
            a #b              | "a #b"
            a#b               | a#b
            ${body} == 'x'    | ${body} == 'x'
            {{hub.a}}         | "{{hub.a}}"
            *                 | "*"
            - a               | "- a"
            say "x": so       | 'say "x": so'
            a\\b              | a\\b
            """)
    void shouldQuoteOnlyWhatWouldReadOtherwise(String text, String written) {
        assertThat(KaotoForm.of(YAML.createObjectNode().put("kind", text))).isEqualTo("kind: " + written + "\n");
    }

    @Test
    void shouldRefuseATextOfSeveralLines() {
        assertThatThrownBy(() -> KaotoForm.of(YAML.createObjectNode().put("message", "one\ntwo")))
                .hasMessageContaining("several lines");
    }

    private static final String BEFORE = """
            # a remark
            - routeConfiguration:
                onException:
                  - onException:
                      exception: ["java.lang.Exception"]
                      handled: {constant: {expression: "true"}}
                      id: "example-failed"
                      redeliveryPolicy: {maximumRedeliveries: "0", logExhausted: "false"}
                      steps: []
                id: 'example'
            - route:
                routeConfigurationId: "example"
                id: "example-fold"
                from:
                  uri: "direct:example-fold"
                  id: "start"
                  steps:
                    - filter:
                        id: "only-late"
                        simple: {expression: "${body} == 'late'"}
                        steps:
                          - log: {message: "a \\"quoted\\" word", id: "say", loggingLevel: "off"}
                    - to:
                        parameters:
                          onDead: "{{hub.example.dead}}"
                          key: "${body[trend_id]}"
                          dueIn: "1:30"
                          aggregate: "a: b"
                        uri: "work:example.do"
                        id: "insert"
                        description: "Both \\"kinds\\" of quotes aren't rare; a text of this length is broken at its last blank before the edge # so"
                description: "Eighty characters are the edge, and this description is longer than that, so it is broken in two"
            - restConfiguration: {component: "platform-http", bindingMode: "off"}
            """;

    private static final String SAVED_BY_KAOTO = """
            - restConfiguration:
                bindingMode: "off"
                component: platform-http
            - routeConfiguration:
                id: example
                onException:
                  - onException:
                      id: example-failed
                      steps: []
                      exception:
                        - java.lang.Exception
                      handled:
                        constant:
                          expression: "true"
                      redeliveryPolicy:
                        logExhausted: "false"
                        maximumRedeliveries: "0"
            - route:
                id: example-fold
                description: Eighty characters are the edge, and this description is longer than
                  that, so it is broken in two
                from:
                  id: start
                  uri: direct:example-fold
                  steps:
                    - filter:
                        id: only-late
                        steps:
                          - log:
                              id: say
                              loggingLevel: "off"
                              message: a "quoted" word
                        simple:
                          expression: ${body} == 'late'
                    - to:
                        id: insert
                        description: "Both \\"kinds\\" of quotes aren't rare; a text of this length is
                          broken at its last blank before the edge # so"
                        uri: work:example.do
                        parameters:
                          aggregate: "a: b"
                          dueIn: "1:30"
                          key: ${body[trend_id]}
                          onDead: "{{hub.example.dead}}"
                routeConfigurationId: example
            """;
}
