package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.KAMELET;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.POLICY;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import io.caravan.hub.config.lint.LoadedRoute.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a flow hangs together: what is named must be there, or it fails at the first message. */
final class FlowRules {

    static final List<Rule> RULES = List.of(
            Rule.whole(
                    "F01-policy",
                    "Without a route configuration that exists nobody says what a failure means.",
                    "Name routeConfigurationId: work, poll, tick or api (routes/_policy), or one of your own.",
                    Set.of(ROUTE),
                    (model, route) -> {
                        Set<String> known = ids(model, POLICY);
                        return route.policies().isEmpty() || !known.containsAll(route.policies());
                    }),
            Rule.route(
                    "F02-work-policy",
                    "Another policy than work would repeat or swallow what the delivery engine decides.",
                    "Name routeConfigurationId: work.",
                    Set.of(ROUTE),
                    route -> route.from().sendsTo("work") && !route.policies().equals(List.of("work"))),
            Rule.route(
                    "F03-tick-policy",
                    "A tick that fails under another policy is repeated beside the next one.",
                    "Name routeConfigurationId: tick.",
                    Set.of(ROUTE),
                    route -> route.from().sendsTo("quartz") && !route.policies().equals(List.of("tick"))),
            new Rule(
                    "F04-direct-target",
                    "The first message fails: no route begins there.",
                    "Name a direct: endpoint that a route begins with.",
                    FlowRules::nowhere),
            Rule.step(
                    "F05-work-aggregate",
                    "Without an aggregate items of one thing overtake each other.",
                    "Name the option aggregate of work: its lane keeps order.",
                    EnumSet.of(ROUTE, KAMELET),
                    (route, step) -> step.sendsTo("work")
                            && !step.kind().equals("from")
                            && !step.to().has("aggregate")),
            Rule.route(
                    "F06-kamelet-policy",
                    "A Kamelet that retries or swallows multiplies with what the route does.",
                    "Leave failures to the caller's policy.",
                    Set.of(KAMELET),
                    route -> !route.handlers().isEmpty()
                            || !route.errorHandler().kind().equals("default")
                            || route.steps().stream()
                                    .anyMatch(step -> step.kind().equals("circuitBreaker"))));

    private FlowRules() {}

    private static Stream<Rule.Place> nowhere(LoadedModel model) {
        Set<String> begun = model.routes().stream()
                .filter(route -> route.from().sendsTo("direct"))
                .map(route -> name(route.from()))
                .collect(Collectors.toSet());
        return model.routes().stream()
                .flatMap(route -> route.steps().stream()
                        .filter(step -> step.sendsTo("direct")
                                && !step.to().path().contains("{")
                                && !begun.contains(name(step)))
                        .map(step -> Rule.place(route, step)));
    }

    private static String name(Step step) {
        return step.to().path();
    }

    private static Set<String> ids(LoadedModel model, Kind kind) {
        return model.of(kind).map(LoadedRoute::id).collect(Collectors.toSet());
    }
}
