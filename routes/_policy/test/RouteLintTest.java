package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLintTest {

    private static final String POLICY = "- routeConfiguration:\n    id: \"work\"\n";

    @Test
    void shouldHoldForEveryRouteFile() {
        List<RouteFile> files = RouteFile.all();
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(RouteLint.check(files)).isEmpty();
    }

    @Test
    void shouldPassAGoodRoute() {
        assertThat(lint("- to:\n            id: \"a\"\n            uri: \"outbox:trend.scored\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            - to:\\n            uri: "outbox:x"                                                              | give it an id
            - to:\\n            id: "a"\\n            uri: "seda:x"                                          | loses work on a kill
            - wireTap:\\n            id: "a"\\n            uri: "direct:x"                                   | belong to the delivery engine
            - threads:\\n            id: "a"                                                                | belong to the delivery engine
            - idempotentConsumer:\\n            id: "a"                                                     | belong to the delivery engine
            - doTry:\\n            id: "a"                                                                  | may not swallow
            - toD:\\n            id: "a"\\n            uri: "${body[url]}"                                   | one checked variable
            - toD:\\n            id: "a"\\n            uri: "direct:x-${header.to}"                          | one checked variable
            - to:\\n            id: "a"\\n            uri: "direct:nowhere"                                  | no route is called
            - to:\\n            id: "a"\\n            uri: "https://api.example.com/x"                       | by their Kamelets alone
            - bean:\\n            id: "a"\\n            ref: "x"\\n            method: "y('z')"               | from annotations
            - bean:\\n            id: "a"\\n            ref: "x"\\n            method: "y"                    | is one bean call
            - circuitBreaker:\\n            id: "a"                                                         | no breaker around durable work
            - circuitBreaker:\\n            id: "a"                                                         | without a fallback
            - circuitBreaker:\\n            id: "a"\\n            resilience4jConfiguration:\\n              timeoutEnabled: "true" | only at the socket
            - circuitBreaker:\\n            id: "a"\\n            resilience4jConfiguration:\\n              recordException: ["x"] | swallows every other
            - log:\\n            id: "a"\\n            message: "${body}"                                    | bodies are not logged
            """)
    void shouldBiteOnABadStep(String step, String finding) {
        assertThat(lint(step.replace("\\n", "\n"))).anyMatch(found -> found.contains(finding));
    }

    @Test
    void shouldBiteOnABadRoute() {
        String steps = "        - to:\n            id: \"a\"\n            uri: \"outbox:x\"\n".repeat(13);
        String bad = "- route:\n    description: \"late id\"\n    id: \"other-name\"\n    errorHandler: {}\n    from:\n      uri: \"direct:third\"\n      steps:\n"
                + steps;
        List<String> found = RouteLint.check(List.of(file("trends", bad), file("trends", bad)));
        assertThat(String.join("\n", found))
                .contains("come first")
                .contains("begins with its flow")
                .contains("no routeConfigurationId")
                .contains("breaks route diagrams")
                .contains("13 steps")
                .contains("named like its route")
                .contains("used twice");
    }

    private static List<String> lint(String step) {
        String route = "- route:\n    id: \"trends-x\"\n    description: \"d\"\n    routeConfigurationId: \"work\"\n    from:\n"
                + "      uri: \"work:x\"\n      steps:\n        " + step + "\n";
        return new ArrayList<>(RouteLint.check(List.of(file("_policy", POLICY), file("trends", route))));
    }

    private static RouteFile file(String flow, String text) {
        return RouteFile.parse(Path.of("routes", flow, "x.camel.yaml"), text);
    }
}
