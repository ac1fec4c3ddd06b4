package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.KAMELET;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.POLICY;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What falls over, or passes a message on that nobody worked on. */
final class FallingRules {

    private static final String BREAKER = "resilience4jConfiguration.";
    private static final String FAULT_TOLERANCE = "faultToleranceConfiguration.";
    private static final Pattern CLOSED_TARGET =
            Pattern.compile("(direct|kamelet):([a-z-]+-)?\\$\\{variable\\.[a-zA-Z]+}(-[a-z]+)*(\\?.*)?"
                    + "|effect:\\$\\{variable\\.[a-zA-Z]+}\\.[a-z]+(\\?.*)?");
    private static final Set<String> DYNAMIC = Set.of("recipientList", "routingSlip", "dynamicRouter");

    static final List<Rule> RULES = List.of(
            Rule.step(
                    "P07-breaker-passes",
                    "An open breaker without a fallback passes the message on as if the call had been made.",
                    "Give it onFallback, or set throwExceptionWhenHalfOpenOrOpenState to true.",
                    EnumSet.of(ROUTE, KAMELET),
                    (route, step) -> step.kind().equals("circuitBreaker")
                            && !step.settings().containsKey("onFallback")
                            && !step.is(BREAKER + "throwExceptionWhenHalfOpenOrOpenState", "true")),
            Rule.step(
                    "P07-breaker-in-work",
                    "A breaker around durable work hides the failure from the delivery engine.",
                    "Leave it away: the vendor's gate keeps items back while the vendor is down.",
                    EnumSet.of(ROUTE),
                    (route, step) -> route.isDurable() && step.kind().equals("circuitBreaker")),
            Rule.step(
                    "P08-breaker-swallows",
                    "With recorded or ignored exceptions a breaker turns every other exception into a success.",
                    "Leave recordException and ignoreException away.",
                    step -> step.settings().keySet().stream()
                            .anyMatch(name -> name.startsWith(BREAKER + "recordException")
                                    || name.startsWith(BREAKER + "ignoreException"))),
            Rule.step(
                    "P09-breaker-time-out",
                    "After the breaker's time-out the call goes on unseen and takes effect later.",
                    "Bound the call at the socket with responseTimeout.",
                    step -> step.is(BREAKER + "timeoutEnabled", "true")
                            || step.is(FAULT_TOLERANCE + "timeoutEnabled", "true")),
            Rule.step(
                    "P09-breaker-hidden",
                    "What a breaker's configuration elsewhere says cannot be seen here.",
                    "Write the configuration at the breaker.",
                    step -> step.kind().equals("circuitBreaker")
                            && !(step.setting("configuration")
                                            + step.setting(BREAKER + "config")
                                            + step.setting(BREAKER + "circuitBreaker"))
                                    .isEmpty()),
            Rule.step(
                    "P47-throttle",
                    "A limit in memory is doubled by a second node and forgotten on a restart.",
                    "Write the vendor's limit into limits.yaml, which all nodes share.",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> step.kind().equals("throttle")),
            Rule.step(
                    "P50-open-address",
                    "An address from a message is a way to everywhere, and an endpoint in memory for each value.",
                    "Use direct:, kamelet: or effect: with one variable that a step has checked.",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> step.kind().equals("toD")
                            && step.to().text().contains("${")
                            && !CLOSED_TARGET.matcher(step.to().text()).matches()),
            Rule.step(
                    "P50-recipients",
                    "A list of addresses from a message is a way to everywhere.",
                    "Choose between fixed steps with choice.",
                    step -> DYNAMIC.contains(step.kind())),
            Rule.step(
                    "P51-poll-waits",
                    "Without a time-out the step waits until something comes, or for ever.",
                    "Set timeout in milliseconds.",
                    step -> (step.kind().equals("poll") || step.kind().equals("pollEnrich"))
                            && !step.setting("timeout").matches("[0-9]+")),
            new Rule(
                    "P53-foreign-kamelet",
                    "A Kamelet that is not ours takes its target from headers, opens pools of its own or wants a newer Camel.",
                    "Use one of ours: http-request-action and http-effect reach any system.",
                    model -> model.routes().stream()
                            .flatMap(route -> route.steps().stream()
                                    .filter(step -> isForeign(model, step))
                                    .map(step -> Rule.place(route, step)))));

    private FallingRules() {}

    private static boolean isForeign(LoadedModel model, Step step) {
        if (!step.sendsTo("kamelet")) {
            return false;
        }
        String name = step.to().path().replaceFirst("/.*", "");
        return !name.contains("{") && !model.kamelets().test(name);
    }
}
