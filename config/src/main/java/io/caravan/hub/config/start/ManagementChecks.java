package io.caravan.hub.config.start;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jspecify.annotations.Nullable;

/** The operators' port: where it listens, what it offers, and that Jolokia only reads. */
final class ManagementChecks {

    private static final Set<String> OFFERED = Set.of("health", "info", "prometheus", "hawtio", "jolokia");
    /** Operations of Camel with the power of a route's author. */
    private static final List<String> POWERS = List.of(
            "sendBody", "sendStringBody", "requestBody", "evaluateExpression", "stop()", "removeRoute", "setTracing");

    static final List<Check> CHECKS = List.of(
            Check.inProduction(
                    "management address",
                    live -> !isLoopback(live.management().getAddress())
                            && !live.hub().management().exposed(),
                    "the management port listens beyond loopback: set MANAGEMENT_SERVER_ADDRESS=127.0.0.1,"
                            + " or HUB_MANAGEMENT_EXPOSED=true when a firewall stands before it"),
            Check.inProduction("management endpoints", ManagementChecks::offered),
            Check.inProduction("Jolokia reads", ManagementChecks::writes),
            Check.inProduction(
                    "no database console",
                    live -> live.isSet("spring.h2.console.enabled"),
                    "spring.h2.console.enabled is on"));

    private ManagementChecks() {}

    private static List<String> offered(Live live) {
        return live.endpoints().stream()
                .filter(endpoint -> !OFFERED.contains(endpoint))
                .map(endpoint -> "the management port offers " + endpoint
                        + ": take it out of management.endpoints.web.exposure.include")
                .toList();
    }

    private static List<String> writes(Live live) {
        if (!live.endpoints().contains("jolokia")) {
            return List.of();
        }
        if (live.restrictors().isEmpty()) {
            return List.of("Jolokia has no policy: it would write attributes and run operations");
        }
        List<String> faults = new ArrayList<>();
        for (Restrictor restrictor : live.restrictors()) {
            if (restrictor.isAttributeWriteAllowed(context(), "Tracing")) {
                faults.add("Jolokia may write attributes: keep the bean jolokiaPolicy");
            }
            POWERS.stream()
                    .filter(operation -> restrictor.isOperationAllowed(context(), operation))
                    .forEach(operation -> faults.add("Jolokia may run " + operation + ": keep the bean jolokiaPolicy"));
        }
        return faults;
    }

    private static ObjectName context() {
        try {
            return new ObjectName("org.apache.camel:context=caravan,type=context,name=\"caravan\"");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
