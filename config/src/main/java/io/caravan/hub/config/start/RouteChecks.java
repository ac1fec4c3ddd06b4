package io.caravan.hub.config.start;

import io.caravan.hub.config.lint.LoadedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Channel;
import org.apache.camel.Endpoint;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.processor.errorhandler.RedeliveryErrorHandler;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** The routes as they were built: what a failure does, and how messages come in. */
final class RouteChecks {

    /** What camel-kafka 4.17 must be set to so that it neither loses nor is told where to send (RELIABILITY P03-P05, P25). */
    private static final Map<String, String> CONSUMER = Map.of(
            "autoCommitEnable", "false",
            "allowManualCommit", "true",
            "breakOnFirstError", "true",
            "batching", "false",
            "autoOffsetReset", "earliest",
            // else a poll that fails skips a record of each partition
            "pollOnError", "RETRY");

    /** Not done before the broker has it, and not doubled by the client's own retries. */
    private static final Map<String, String> PRODUCER =
            Map.of("useIterator", "false", "requestRequiredAcks", "all", "enableIdempotence", "true");

    private static final List<String> SECRETS = List.of("api-key", "x-api-key", "authorization", "access-token");

    static final List<Check> CHECKS = List.of(
            Check.always("effects are not repeated", RouteChecks::repeated),
            Check.always("failures leave Kamelets", live -> kamelets(live.camel())),
            Check.always("callers see no stack trace", live -> shown(live.camel())),
            Check.always("exchanges are not pooled", live -> pooled(live.camel())),
            Check.always("secrets are masked", live -> unmasked(live.camel())),
            Check.always("kafka endpoints", live -> kafka(live.camel())));

    private RouteChecks() {}

    private static List<String> repeated(Live live) {
        Set<String> effects = live.model().get().routes().stream()
                .filter(route -> route.is(LoadedRoute.Kind.ROUTE) && route.hasEffect())
                .map(LoadedRoute::id)
                .collect(Collectors.toSet());
        return live.camel().getRoutes().stream()
                .filter(route -> effects.contains(route.getRouteId()) && repeats(route.navigate()))
                .map(route -> "route " + route.getRouteId()
                        + " would do its effect again after a failure: name routeConfigurationId work")
                .toList();
    }

    private static boolean repeats(Navigate<Processor> at) {
        if (at instanceof Channel channel
                && channel.getErrorHandler() instanceof RedeliveryErrorHandler handler
                && redelivers(handler)) {
            return true;
        }
        if (!at.hasNext()) {
            return false;
        }
        return at.next().stream().anyMatch(next -> next instanceof Navigate<?> deeper && repeats(processors(deeper)));
    }

    @SuppressWarnings("unchecked") // processors lead to processors
    private static Navigate<Processor> processors(Navigate<?> any) {
        return (Navigate<Processor>) any;
    }

    private static boolean redelivers(RedeliveryErrorHandler handler) {
        try {
            return handler.determineIfRedeliveryIsEnabled();
        } catch (Exception e) {
            return true;
        }
    }

    private static List<String> kamelets(CamelContext camel) {
        boolean caught =
                camel.hasComponent("kamelet") instanceof KameletComponent kamelets && !kamelets.isNoErrorHandler();
        return caught
                ? List.of("camel.component.kamelet.no-error-handler is off: the caller's policy would read the same"
                        + " answer again instead of asking the vendor again")
                : List.of();
    }

    private static List<String> shown(CamelContext camel) {
        return camel.getEndpoints().stream()
                .filter(endpoint -> endpoint instanceof PlatformHttpEndpoint http && !http.isMuteException())
                .map(endpoint -> "endpoint " + endpoint.getEndpointBaseUri()
                        + " shows stack traces: set camel.component.platform-http.mute-exception=true")
                .toList();
    }

    /** CAMEL-24133: a pooled exchange that a time-out gave up is written to when somebody else has it. */
    private static List<String> pooled(CamelContext camel) {
        return camel.getCamelContextExtension().getExchangeFactory().isPooled()
                ? List.of(
                        "exchanges are pooled: one could reach another's message; leave camel.main.exchange-factory away")
                : List.of();
    }

    /** Camel 4.17 does not know these by itself. */
    private static List<String> unmasked(CamelContext camel) {
        String masked = ","
                + String.valueOf(camel.getCamelContextExtension().getAdditionalSensitiveKeywords())
                        .toLowerCase(Locale.ROOT)
                + ",";
        return SECRETS.stream()
                .filter(secret -> !masked.contains("," + secret + ","))
                .map(secret -> secret + " would stand in logs and in JMX:"
                        + " add it to camel.main.additional-sensitive-keywords")
                .toList();
    }

    /** By name, because the component is there with the profile kafka alone. */
    private static List<String> kafka(CamelContext camel) {
        List<String> faults = new ArrayList<>();
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint.getEndpointUri().startsWith("kafka:")) {
                boolean reads =
                        camel.getRoutes().stream().map(Route::getEndpoint).anyMatch(endpoint::equals);
                differences(camel, endpoint, reads)
                        .forEach((option, wanted) -> faults.add(
                                "endpoint " + endpoint.getEndpointBaseUri().replaceAll("[?].*", "") + ": set " + option
                                        + " to " + wanted));
            }
        }
        return faults;
    }

    static boolean hasPlainBroker(CamelContext camel) {
        return camel.getEndpoints().stream()
                .filter(endpoint -> endpoint.getEndpointUri().startsWith("kafka:"))
                .map(endpoint -> get(camel, endpoint, "configuration"))
                .anyMatch(settings ->
                        String.valueOf(get(camel, settings, "securityProtocol")).endsWith("PLAINTEXT"));
    }

    private static Map<String, String> differences(CamelContext camel, Endpoint endpoint, boolean reads) {
        Map<String, String> wrong = new TreeMap<>();
        Object settings = get(camel, endpoint, "configuration");
        (reads ? CONSUMER : PRODUCER).forEach((option, wanted) -> {
            if (!wanted.equals(String.valueOf(get(camel, settings, option)))) {
                wrong.put(option, wanted);
            }
        });
        if (reads && get(camel, settings, "groupId") == null) {
            wrong.put("groupId", "a name of its own");
        }
        if (get(camel, endpoint, "kafkaManualCommitFactory") != null) {
            wrong.put("kafkaManualCommitFactory", "nothing");
        }
        String filter = String.valueOf(get(camel, settings, "headerFilterStrategy"));
        if (filter.contains("KafkaHeaderFilterStrategy") || filter.equals("null")) {
            wrong.put("headerFilterStrategy", "an allow-list");
        }
        return wrong;
    }

    private static @Nullable Object get(CamelContext camel, @Nullable Object bean, String property) {
        return bean == null
                ? null
                : PluginHelper.getBeanIntrospection(camel).getOrElseProperty(bean, property, null, true);
    }
}
