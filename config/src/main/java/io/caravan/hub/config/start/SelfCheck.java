package io.caravan.hub.config.start;

import io.caravan.hub.config.settings.HubProperties;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * What the hub refuses to start with. Some things are refused always; others, fine on a laptop, under the profile
 * {@code prod}. Looks at the live objects where there are any, not at the properties that should have made them: a filter
 * that is never consulted is not a filter.
 */
public final class SelfCheck {

    static final List<Check> CHECKS = Stream.of(
                    CallChecks.CHECKS,
                    RouteChecks.CHECKS,
                    DatabaseChecks.CHECKS,
                    ManagementChecks.CHECKS,
                    ProductionChecks.CHECKS)
            .flatMap(List::stream)
            .toList();

    private final Function<CamelContext, Live> live;

    SelfCheck(Function<CamelContext, Live> live) {
        this.live = live;
    }

    /** @throws IllegalStateException listing all that is wrong, with what to do about each */
    void run(CamelContext camel) {
        List<String> faults = faults(camel);
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The hub does not start like this:\n  - " + String.join("\n  - ", faults));
        }
    }

    /** What is wrong now, each with what to do. */
    List<String> faults(CamelContext camel) {
        Live now = live.apply(camel);
        boolean production = now.environment().acceptsProfiles(Profiles.of("prod"));
        return CHECKS.stream()
                .filter(check -> production || check.everywhere())
                .flatMap(check -> check.faults().apply(now).stream())
                .distinct()
                .toList();
    }

    /** What of it can be told from settings alone, without a start; empty outside production. */
    public static List<String> ofSettings(Environment environment, HubProperties hub) {
        if (!environment.acceptsProfiles(Profiles.of("prod"))) {
            return List.of();
        }
        ManagementServerProperties management =
                Binder.get(environment).bindOrCreate("management.server", ManagementServerProperties.class);
        CamelContext none = new DefaultCamelContext();
        Live settings = new Live(
                none, environment, hub, management, () -> "live", null, Live.modelOf(none), List.of(), List.of());
        return Stream.of(ManagementChecks.CHECKS, ProductionChecks.CHECKS, DatabaseChecks.CHECKS)
                .flatMap(List::stream)
                .flatMap(check -> check.faults().apply(settings).stream())
                .toList();
    }
}
