package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLintTest {

    private static final String POLICY = "- routeConfiguration:\n    id: \"work\"\n";

    @Test
    void shouldHoldForEveryRouteFile() {
        List<RouteFile> files = RouteFile.all();
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(RouteLint.check(files, operations())).isEmpty();
    }

    @Test
    void shouldPassAGoodRoute() {
        assertThat(lint("- to:\n            id: \"a\"\n            uri: \"outbox:trend.scored\""))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
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
            - to:\\n            id: "a"\\n            uri: "direct"\\n            parameters: {name: "nowhere"} | no route is called
            - to:\\n            id: "a"\\n            uri: "direct"                                          | no route is called
            - to:\\n            id: "a"\\n            uri: "seda"\\n            parameters: {name: "x"}     | loses work on a kill
            - toD:\\n            id: "a"\\n            uri: "direct"\\n            parameters: {name: "x-${header.to}"} | one checked variable
            - to:\\n            id: "a"\\n            uri: "https"\\n            parameters: {httpUri: "x"} | by their Kamelets alone
            - to:\\n            id: "a"\\n            uri: "effect"\\n            parameters: {effect: "etsy.listing"} | the effect's key
            - to:\\n            id: "a"\\n            uri: "work"\\n            parameters: {type: "idea.create"} | keeps order
            - bean:\\n            id: "a"\\n            ref: "x"\\n            method: "y('z')"               | from annotations
            - bean:\\n            id: "a"\\n            ref: "x"\\n            method: "y"                    | is one bean call
            - circuitBreaker:\\n            id: "a"                                                         | no breaker around durable work
            - circuitBreaker:\\n            id: "a"                                                         | without a fallback
            - circuitBreaker:\\n            id: "a"\\n            resilience4jConfiguration:\\n              timeoutEnabled: "true" | only at the socket
            - circuitBreaker:\\n            id: "a"\\n            resilience4jConfiguration:\\n              recordException: ["x"] | swallows every other
            - to:\\n            id: "a"\\n            uri: "effect:etsy.listing"                             | the effect's key
            - to:\\n            id: "a"\\n            uri: "work:idea.create"                                | keeps order
            - toD:\\n            id: "a"\\n            uri: "effect"\\n            parameters: {effect: "${variable.shop}.product", key: "x"} | the effect's key
            - toD:\\n            id: "a"\\n            uri: "effect"\\n            parameters: {effect: "${body[shop]}.product"} | one checked variable
            - split:\\n            id: "a"\\n            parallelProcessing: "true"                          | belongs to one thread
            - setHeader:\\n            id: "a"                                                             | headers travel
            - setBody:\\n            id: "a"\\n            simple:\\n              expression: "${header.x}"    | headers travel
            - setBody:\\n            id: "a"\\n            groovy:\\n              expression: "1"             | no script
            - log:\\n            id: "a"\\n            message: "${body}"                                    | bodies are not logged
            """)
    void shouldBiteOnABadStep(String step, String finding) {
        assertThat(lint(step.replace("\\n", "\n"))).anyMatch(found -> found.contains(finding));
    }

    @Test
    void shouldBiteOnABadRoute() {
        String steps = "        - to:\n            id: \"a\"\n            uri: \"outbox:x\"\n".repeat(13);
        String bad =
                "- route:\n    description: \"late id\"\n    id: \"other-name\"\n    errorHandler: {}\n    from:\n      uri: \"direct:third\"\n      steps:\n"
                        + steps;
        List<String> found = RouteLint.check(List.of(file("trends", bad), file("trends", bad)), Set.of());
        assertThat(String.join("\n", found))
                .contains("come first")
                .contains("begins with its flow")
                .contains("no routeConfigurationId")
                .contains("breaks route diagrams")
                .contains("13 steps")
                .contains("named like its route")
                .contains("used twice");
    }

    @Test
    void shouldBiteOnAPolicyThatRepeatsForEver() {
        String policy =
                "- routeConfiguration:\n    id: \"poll\"\n    onException:\n      - onException:\n          id: \"again\"\n"
                        + "          redeliveryPolicy:\n            maximumRedeliveries: \"2\"\n";
        assertThat(RouteLint.check(List.of(file("_policy", policy)), Set.of()))
                .anyMatch(found -> found.contains("when to stop"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            work | quartz:trends/x                                            | policy tick
            work | quartz, parameters: {groupName: trends, triggerName: x}    | policy tick
            tick | work:trend.x                                               | policy work
            tick | work, parameters: {type: trend.x}                          | policy work
            work | seda, parameters: {name: x}                                | loses work on a kill
            work | direct:y                                                   | named like its route
            work | direct, parameters: {name: y}                              | named like its route
            work | direct                                                     | named like its route
            """)
    void shouldBiteOnABeginningThatDoesNotFit(String policy, String from, String finding) {
        assertThat(route(policy, from, "")).anyMatch(found -> found.contains(finding));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uri: "effect:etsy.listing", parameters: {key: k}
            uri: effect, parameters: {effect: etsy.listing, key: k}
            """)
    void shouldBiteOnAnEffectWhosePolicyCouldRepeatIt(String effect) {
        assertThat(route("tick", "direct, parameters: {name: trends-x}", "{to: {id: a, " + effect + "}}"))
                .anyMatch(found -> found.contains("durable work alone"));
    }

    @Test
    void shouldPassAGoodBeginningInEitherForm() {
        String step = "{to: {id: a, uri: outbox, parameters: {topic: x}}}";
        assertThat(route("work", "direct, parameters: {name: trends-x}", step)).isEmpty();
        assertThat(route("work", "\"direct:trends-x\"", step)).isEmpty();
    }

    private static List<String> route(String policy, String from, String step) {
        String route = "- route: {id: trends-x, description: d, routeConfigurationId: " + policy + ", from: {uri: "
                + from + ", steps: [" + step + "]}}\n";
        String policies = "- routeConfiguration: {id: work}\n- routeConfiguration: {id: tick}\n";
        return RouteLint.check(List.of(file("_policy", policies), file("trends", route)), Set.of());
    }

    private static Set<String> operations() {
        try {
            String contract = Files.readString(RouteFile.folder().resolve("api/hub-v1.openapi.yaml"));
            return Pattern.compile("operationId: (\\w+)")
                    .matcher(contract)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lint(String step) {
        String route =
                "- route:\n    id: \"trends-x\"\n    description: \"d\"\n    routeConfigurationId: \"work\"\n    from:\n"
                        + "      uri: \"work:x\"\n      steps:\n        " + step + "\n";
        return new ArrayList<>(RouteLint.check(List.of(file("_policy", POLICY), file("trends", route)), Set.of()));
    }

    private static RouteFile file(String flow, String text) {
        return RouteFile.parse(Path.of("routes", flow, "x.camel.yaml"), text);
    }
}
