package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.egress.Egress;
import io.caravan.hub.connectors.egress.EgressSettings;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.port.Connections;
import io.caravan.hub.model.port.ObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * A hub with nothing but delivery, egress and the vendors' Kamelets, all of them the product's own: one route for each
 * operation, which runs the effects that lead to it. Starts without Spring.
 */
final class ProofHub {

    /** Topic of what every flow tells at its end. */
    static final String DONE = "proof.done";

    private static final String MADE = "made";

    private ProofHub() {}

    /** @param concurrency items of one operation at once */
    static DefaultCamelContext context(List<Operation> operations, int concurrency, Path files, ObjectStore objects)
            throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("hub.config.path", files.toString());
        Egress.apply(
                context,
                new EgressSettings(
                        Duration.ofMillis(Times.CONNECT_MS),
                        Duration.ofMillis(Times.RESPONSE_MS),
                        Duration.ofMillis(Times.GRACE_MS),
                        Times.BODY,
                        256));
        KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
        kamelets.setNoErrorHandler(true);
        kamelets.setTemplateProperties(impatient());
        context.getRegistry().bind("objectStore", objects);
        context.getRegistry().bind("mailReceipts", new NoReceipts());
        context.addRoutes(routes(operations, concurrency));
        return context;
    }

    static DeliveryEngine engine(
            DataSource database,
            DefaultCamelContext context,
            Connections connections,
            UnaryOperator<DeliverySettings> change,
            Runnable halter) {
        DeliverySettings settings = DeliverySettings.defaults()
                .withNodeId("proof")
                .withPoll(Duration.ofMillis(100))
                .withSettleScale(Times.SETTLE)
                .withDrain(Duration.ofSeconds(5))
                .withBackoff(List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)));
        return new DeliveryEngine(
                database,
                context,
                connections,
                change.apply(settings),
                Limits.none(),
                new SimpleMeterRegistry(),
                halter);
    }

    /** Every Kamelet that can be told how long to wait. */
    private static Map<String, Properties> impatient() throws IOException {
        Map<String, Properties> all = new HashMap<>();
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:kamelets/*-action.kamelet.yaml")) {
            Properties properties = new Properties();
            String name = String.valueOf(file.getFilename());
            long wait = name.startsWith("openai-image") ? Times.PAINTING_MS : Times.RESPONSE_MS;
            properties.setProperty("responseTimeout", String.valueOf(wait));
            if (file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8).contains("responseTimeout:")) {
                all.put(name.replace(".kamelet.yaml", ""), properties);
            }
        }
        return all;
    }

    private static RouteBuilder routes(List<Operation> operations, int concurrency) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (Operation operation : operations) {
                    List<Flow.Stage> stages = Flow.of(operation).stages();
                    run(begun(operation.type()), stages).to("outbox:" + DONE + "?key=${variable.key}");
                    if (operation.shape() == Shape.REVERSIBLE) {
                        List<Flow.Stage> back = Flow.back(operation, stages);
                        run(begun(operation.backType()), back).to("outbox:" + DONE + "?key=${variable.key}");
                    }
                }
            }

            /** More attempts than usual: what is killed in each of its lives is not given up for that. */
            private ProcessorDefinition<?> begun(String type) {
                return from("work:" + type + "?maxAttempts=50&concurrency=" + concurrency)
                        .routeId(type)
                        .process(exchange -> begin(exchange));
            }
        };
    }

    private static ProcessorDefinition<?> run(ProcessorDefinition<?> from, List<Flow.Stage> stages) {
        ProcessorDefinition<?> route = from;
        for (Flow.Stage stage : stages) {
            route = route.process(exchange -> ask(exchange, stage))
                    .to("effect:" + stage.effect() + "?key=${variable.key}&until=" + stage.until())
                    .process(exchange -> made(exchange, stage));
        }
        return route;
    }

    private static void begin(Exchange exchange) {
        Map<?, ?> payload = exchange.getMessage().getBody(Map.class);
        if (payload.containsKey("bad")) {
            throw new IllegalArgumentException("a payload that no code can do anything with");
        }
        exchange.setVariable("key", String.valueOf(payload.get("key")));
        exchange.setVariable(MADE, new HashMap<String, VendorObject>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, VendorObject> before(Exchange exchange) {
        return (Map<String, VendorObject>) exchange.getVariable(MADE);
    }

    private static void ask(Exchange exchange, Flow.Stage stage) {
        exchange.getMessage()
                .setBody(stage.request().apply(exchange.getVariable("key", String.class), before(exchange)));
    }

    private static void made(Exchange exchange, Flow.Stage stage) {
        before(exchange).put(stage.effect(), exchange.getMessage().getBody(VendorObject.class));
    }
}
