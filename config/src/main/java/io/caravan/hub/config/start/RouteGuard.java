package io.caravan.hub.config.start;

import io.caravan.hub.config.lint.Finding;
import io.caravan.hub.config.lint.RouteLint;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds every route that was loaded, those of an engineer too, to the rules of {@link RouteLint} before the first of them
 * starts. In production a finding refuses the start; else it is a warning, also when a saved file is loaded anew.
 */
final class RouteGuard extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(RouteGuard.class);

    private final boolean refuses;

    /** @param refuses whether a finding is more than a warning */
    RouteGuard(boolean refuses) {
        this.refuses = refuses;
    }

    void watch(CamelContext camel) {
        camel.addLifecycleStrategy(this);
        camel.getManagementStrategy().addEventNotifier(new Reloads());
    }

    /** @throws VetoCamelContextStartException naming file, route, rule and what to do for each finding */
    @Override
    public void onContextStarting(CamelContext camel) throws VetoCamelContextStartException {
        long began = System.nanoTime();
        List<Finding> findings = RouteLint.check(camel);
        LOG.debug("Routes held to {} rules in {} ms", RouteLint.RULES.size(), (System.nanoTime() - began) / 1_000_000);
        if (refuses && !findings.isEmpty()) {
            throw new VetoCamelContextStartException(
                    "The hub does not start with these routes (docs/route-rules.md):\n  - "
                            + findings.stream().map(Finding::toString).collect(Collectors.joining("\n  - ")),
                    camel);
        }
        warn(findings);
    }

    private static void warn(List<Finding> findings) {
        findings.forEach(finding -> LOG.warn("A route would be refused in production: {}", finding));
    }

    /** Under the profile dev. */
    private static final class Reloads extends SimpleEventNotifierSupport {

        Reloads() {
            setupIgnore(true);
            setIgnoreRouteEvents(false);
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.RouteReloadedEvent reloaded && reloaded.getIndex() == reloaded.getTotal()) {
                warn(RouteLint.check(reloaded.getRoute().getCamelContext()));
            }
        }

        @Override
        public boolean isEnabled(CamelEvent event) {
            return event instanceof CamelEvent.RouteReloadedEvent;
        }
    }
}
