package io.caravan.hub.config.lint;

import java.util.List;
import java.util.stream.Stream;

/**
 * A route, the route inside a Kamelet, or a route configuration, as Camel has loaded it.
 *
 * @param file where it stands, as Camel names it
 * @param policies route configurations that Camel has put onto it
 * @param errorHandler the kind of its error handler, with its settings; empty settings when it has Camel's default
 * @param from where it begins; nowhere for a route configuration
 * @param steps in reading order, without those of route configurations
 * @param handlers its {@code onException}, those of its route configurations too
 */
public record LoadedRoute(
        Kind kind,
        String file,
        String id,
        List<String> policies,
        Step errorHandler,
        Step from,
        List<Step> steps,
        List<Step> handlers) {

    /** What can hold steps. */
    public enum Kind {
        ROUTE,
        KAMELET,
        POLICY
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Work that must be neither lost nor done twice: it comes from the delivery engine or changes something at a vendor. */
    public boolean isDurable() {
        return from.sendsTo("work") || hasEffect();
    }

    public boolean hasEffect() {
        return steps.stream().anyMatch(step -> step.sendsTo("effect"));
    }

    /** Where it begins and every step. */
    public Stream<Step> all() {
        return Stream.concat(Stream.of(from), steps.stream());
    }

    /** Whether a failure makes Camel do steps again. */
    boolean repeats() {
        return handlers.stream().anyMatch(LoadedRoute::repeats) || repeats(errorHandler);
    }

    private static boolean repeats(Step handler) {
        String most = handler.setting("redeliveryPolicy.maximumRedeliveries")
                + handler.setting("redeliveryPolicyType.maximumRedeliveries");
        return !most.isEmpty() && !most.equals("0")
                || handler.settings().containsKey("retryWhile")
                || handler.settings().containsKey("redeliveryPolicyRef");
    }
}
