package io.caravan.hub.config.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.caravan.hub.config.lint.Finding;
import io.caravan.hub.config.lint.RouteLint;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A route of an engineer that breaks a rule, on a context that starts. */
@ExtendWith(OutputCaptureExtension.class)
class RouteGuardTest {

    /** The policy is misspelt, and the tick's clock is in memory. */
    private static final String BROKEN = """
            - route:
                id: intake-x
                routeConfigurationId: wrok
                from:
                  uri: timer
                  parameters: {timerName: x, period: "1"}
                  steps:
                    - setVariable: {id: mark, name: ran, constant: "yes"}
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    private void start(boolean refuses, String routes) throws Exception {
        new RouteGuard(refuses).watch(camel);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("intake.camel.yaml", routes));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void shouldRefuseToStartInProductionAndNameFileRouteRuleAndRemedyOfEachFinding() {
        assertThatThrownBy(() -> start(true, BROKEN))
                .hasStackTraceContaining("intake.camel.yaml, route intake-x: F01-policy.")
                .hasStackTraceContaining("P39-clock. A clock in memory")
                .hasStackTraceContaining("Use quartz:, and slot at the work that it inserts.")
                .hasRootCauseInstanceOf(VetoCamelContextStartException.class);
        assertThat(camel.getRoutes()).as("no route ran").isEmpty();
    }

    @Test
    void shouldWarnElsewhereAndStart(CapturedOutput log) throws Exception {
        start(false, BROKEN);

        assertThat(camel.isStarted()).isTrue();
        assertThat(log)
                .contains("A route would be refused in production: intake.camel.yaml, route intake-x: F01-policy");
    }

    @Test
    void shouldStartInProductionWithRoutesThatKeepTheRules() throws Exception {
        start(true, """
                - routeConfiguration:
                    id: side
                    errorHandler: {noErrorHandler: {}}
                - route:
                    id: intake-x
                    routeConfigurationId: side
                    from:
                      uri: direct:intake-x
                      steps:
                        - setVariable: {id: mark, name: ran, constant: "yes"}
                """);

        assertThat(camel.getRoutes()).hasSize(1);
    }

    @Test
    void shouldKnowKameletsOfTheHubAndNoOthers() throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("intake.camel.yaml", """
                - routeConfiguration:
                    id: side
                    errorHandler: {noErrorHandler: {}}
                - route:
                    id: intake-x
                    routeConfigurationId: side
                    from:
                      uri: direct:intake-x
                      steps:
                        - to: {id: ours, uri: "kamelet:http-request-action?system=store&path=/x"}
                        - to: {id: foreign, uri: "kamelet:kafka-sink?topic=x"}
                """));

        assertThat(RouteLint.check(camel))
                .extracting(Finding::rule, Finding::place)
                .containsExactly(tuple("P53-foreign-kamelet", "route intake-x, to foreign"));
    }
}
