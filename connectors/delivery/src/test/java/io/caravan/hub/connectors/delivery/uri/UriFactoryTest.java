package io.caravan.hub.connectors.delivery.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UriFactoryTest {

    private static EndpointUriFactory factory(DefaultCamelContext context, String scheme) {
        return Objects.requireNonNull(
                context.getCamelContextExtension().getEndpointUriFactory(scheme), "no factory of " + scheme);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            work,   type,   idea.create,  aggregate
            effect, effect, etsy.listing, until
            outbox, topic,  trend.scored, key
            """)
    void shouldPutTheParameterThatIsThePathIntoTheUri(String scheme, String path, String value, String option)
            throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            EndpointUriFactory factory = factory(context, scheme);

            assertThat(factory.isEnabled(scheme)).isTrue();
            assertThat(factory.buildUri(scheme, Map.of(path, value, option, "${body[a b]}"), false))
                    .isEqualTo(scheme + ":" + value + "?" + option + "=${body[a b]}");
            assertThat(factory.propertyNames()).contains(path, option, "lazyStartProducer");
            assertThatThrownBy(() -> factory.buildUri(scheme, Map.of(option, "x"), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path + " is required");
        }
    }

    @Test
    void shouldKnowEveryOptionOfWorkAndNothingElse() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(factory(context, "work").propertyNames())
                    .contains("aggregate", "trace", "job", "dueIn", "slot", "concurrency", "giveUp", "maxAttempts")
                    .contains("onDead", "type")
                    .doesNotContain("engine", "logger");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldRunARouteWrittenInParametersAsTheSameRouteWrittenInUris(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(settings -> settings, Limits.none());
            PluginHelper.getRoutesLoader(node.context())
                    .loadRoutes(ResourceHelper.fromString("parameters.camel.yaml", PARAMETERS));

            String id = node.engine().work().insert(Rig.work("cat.paint", "a"));
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);

            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT count(*) FROM effect WHERE business_key = 'cat and dog'"))
                    .isEqualTo(1);
            assertThat(rig.text("SELECT aggregate FROM lane WHERE next_type = 'cat.show'"))
                    .isEqualTo("of cat");
            assertThat(rig.text("SELECT topic FROM outbox")).isEqualTo("cat.painted");
            assertThat(uris(PARAMETERS)).isEqualTo(uris(URIS));
        }
    }

    private static List<String> uris(String yaml) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("x.camel.yaml", yaml));
            RouteDefinition route = context.getRouteDefinitions().get(0);
            FromDefinition from = route.getInput();
            return Stream.concat(
                            Stream.of(from.getUri()),
                            route.getOutputs().stream()
                                    .filter(ToDefinition.class::isInstance)
                                    .map(step -> ((ToDefinition) step).getUri()))
                    .toList();
        }
    }

    private static final String PARAMETERS = """
            - route:
                from:
                  uri: work
                  parameters:
                    concurrency: "2"
                    type: cat.paint
                  steps:
                    - to:
                        uri: work
                        parameters:
                          aggregate: of ${body[title]}
                          dueIn: 1h
                          type: cat.show
                    - to:
                        uri: effect
                        parameters:
                          effect: fake.thing
                          key: ${body[title]} and dog
                    - setBody:
                        simple: ${variable.request}
                    - to:
                        uri: outbox
                        parameters:
                          topic: cat.painted
            """;

    private static final String URIS = """
            - route:
                from:
                  uri: work:cat.paint
                  parameters:
                    concurrency: "2"
                  steps:
                    - to:
                        uri: work:cat.show
                        parameters:
                          aggregate: of ${body[title]}
                          dueIn: 1h
                    - to:
                        uri: effect:fake.thing
                        parameters:
                          key: ${body[title]} and dog
                    - setBody:
                        simple: ${variable.request}
                    - to:
                        uri: outbox:cat.painted
            """;
}
