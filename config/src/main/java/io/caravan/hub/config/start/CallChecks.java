package io.caravan.hub.config.start;

import io.caravan.hub.config.lint.LoadedRoute;
import io.caravan.hub.connectors.egress.Egress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;

/** The way out: components, the endpoints that exist, and those that Kamelets will make with each call. */
final class CallChecks {

    /** Nobody is called: an endpoint is made to be looked at. */
    private static final String PROBE = "http://self-check.invalid/";

    static final List<Check> CHECKS = List.of(
            Check.always("http components", live -> components(live.camel())),
            Check.always("http endpoints", live -> endpoints(live.camel())),
            Check.always("http calls of Kamelets", CallChecks::calls));

    private CallChecks() {}

    private static List<String> components(CamelContext camel) {
        List<String> faults = new ArrayList<>();
        for (String scheme : List.of("http", "https")) {
            if (camel.hasComponent(scheme) instanceof HttpComponent http) {
                Egress.faults(http).forEach(fault -> faults.add(scheme + ": " + fault));
            } else {
                faults.add(scheme + ": the component is not there");
            }
        }
        return faults;
    }

    private static List<String> endpoints(CamelContext camel) {
        List<String> faults = new ArrayList<>();
        for (Endpoint endpoint : camel.getEndpoints()) {
            if (endpoint instanceof HttpEndpoint http) {
                String name = http.getEndpointBaseUri().replaceAll("[?].*", "");
                Egress.faults(http).forEach(fault -> faults.add("endpoint " + name + ": " + fault));
            }
        }
        return faults;
    }

    /** An address that begins with an expression makes an endpoint for each call; one with the same options is made here. */
    private static List<String> calls(Live live) {
        CamelContext camel = live.camel();
        Set<String> faults = new LinkedHashSet<>();
        live.model().get().routes().stream()
                .filter(route -> route.is(LoadedRoute.Kind.KAMELET))
                .forEach(kamelet -> kamelet.steps().stream()
                        .filter(step -> step.to().text().startsWith("${"))
                        .forEach(step -> probe(camel, step.to().options())
                                .forEach(fault ->
                                        faults.add("Kamelet " + kamelet.id() + ", step " + step.id() + ": " + fault))));
        return List.copyOf(faults);
    }

    private static List<String> probe(CamelContext camel, Map<String, String> options) {
        String query = options.entrySet().stream()
                .filter(option -> !option.getValue().contains("{"))
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("&"));
        Endpoint endpoint = camel.getCamelContextExtension().getPrototypeEndpoint(PROBE + "?" + query);
        return endpoint instanceof HttpEndpoint http ? Egress.faults(http) : List.of("makes no HTTP endpoint");
    }
}
