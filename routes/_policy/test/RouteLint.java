package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules that every route file keeps. Each finding names file, route, rule and what to do. */
final class RouteLint {

    /** The path of an address takes two lines of its own (docs/decisions/0008). */
    static final int MOST_LINES = 125;

    static final int MOST_STEPS = 12;
    static final int DEEPEST = 2;

    private static final Set<String> FORBIDDEN = Set.of(
            "threads",
            "wireTap",
            "saga",
            "idempotentConsumer",
            "resequence",
            "delay",
            "transacted",
            "script",
            "sample",
            "poll",
            "pollEnrich",
            "throttle",
            "kamelet");
    private static final Set<String> SWALLOWS = Set.of("doTry", "onException", "onFallback");
    private static final Set<String> SCRIPTS = Set.of("groovy", "js", "python", "java", "mvel", "ognl", "spel");
    private static final Set<String> MEMORY_QUEUES = Set.of("seda", "disruptor", "vm");
    private static final Pattern CLOSED_TARGET =
            Pattern.compile("(direct|kamelet):([a-z-]+-)?\\$\\{variable\\.[a-zA-Z]+}(-[a-z]+)*"
                    + "|effect:\\$\\{variable\\.[a-zA-Z]+}\\.[a-z]+");
    private static final Pattern ADDRESS = Pattern.compile("\"https?://");

    private RouteLint() {}

    /** @param operations names of the REST contract, which the routes behind it have to bear */
    static List<String> check(List<RouteFile> files, Set<String> operations) {
        List<String> findings = new ArrayList<>();
        Set<String> policies = ids(files, "routeConfiguration");
        Set<String> routes = ids(files, "route");
        Set<String> seen = new HashSet<>();
        for (RouteFile file : files) {
            if (file.text().lines().count() > MOST_LINES) {
                findings.add(file.path() + ": over " + MOST_LINES + " lines, cut it at a business noun");
            }
            if (ADDRESS.matcher(file.text()).find()) {
                findings.add(file.path() + ": holds an address, use a {{hub....}} property");
            }
            for (JsonNode policy : file.named("routeConfiguration")) {
                policy.path("onException").forEach(one -> retries(policy, one.path("onException"), findings));
            }
            for (JsonNode route : file.routes()) {
                String id = route.path("id").asText();
                if (!seen.add(id)) {
                    findings.add(id + ": this id is used twice");
                }
                new OneRoute(file, route, policies, routes, operations, findings).check();
            }
        }
        return findings;
    }

    /** Camel counts repetitions in a header, and Kamelets take all headers away: the count would never end. */
    private static void retries(JsonNode policy, JsonNode onException, List<String> findings) {
        boolean never =
                onException.at("/redeliveryPolicy/maximumRedeliveries").asText().equals("0");
        boolean counted = onException.has("retryWhile") && onException.has("onRedeliveryRef");
        if (!never && !counted) {
            findings.add(
                    policy.path("id").asText() + " " + onException.path("id").asText()
                            + ": says neither maximumRedeliveries 0 nor, by retryWhile and onRedeliveryRef, when to stop");
        }
    }

    static Set<String> ids(List<RouteFile> files, String kind) {
        return files.stream()
                .flatMap(file -> file.named(kind).stream())
                .map(node -> node.path("id").asText())
                .collect(Collectors.toSet());
    }

    private record OneRoute(
            RouteFile file,
            JsonNode route,
            Set<String> policies,
            Set<String> routes,
            Set<String> operations,
            List<String> findings) {

        void check() {
            List<RouteFile.Step> steps = RouteFile.steps(route);
            List<String> names = new ArrayList<>();
            route.fieldNames().forEachRemaining(names::add);
            rule(
                    names.size() > 1
                            && names.get(0).equals("id")
                            && names.get(1).equals("description"),
                    "id and description come first, before the story");
            boolean operation = file.flow().equals("api") && operations.contains(id());
            rule(
                    operation || id().startsWith(file.flow().replace("_", "") + "-"),
                    "the id begins with its flow's folder, or is an operation of the contract in api/");
            rule(
                    policies.contains(route.path("routeConfigurationId").asText()),
                    "names no routeConfigurationId of routes/_policy");
            rule(
                    !route.has("errorHandler"),
                    "error handling belongs into routes/_policy (a route's own breaks route diagrams)");
            rule(steps.size() <= MOST_STEPS, "has " + steps.size() + " steps, cut it at a business noun");
            rule(steps.stream().allMatch(step -> step.depth() <= DEEPEST), "is nested deeper than " + DEEPEST);
            rule(
                    !(steps.size() == 1 && steps.get(0).kind().equals("bean")),
                    "is one bean call: show its business steps");
            String from = StepForm.scheme(route.path("from"));
            rule(
                    !from.equals("direct") || StepForm.uri(route.path("from")).equals("direct:" + id()),
                    "a direct: endpoint is named like its route");
            rule(!MEMORY_QUEUES.contains(from), "loses work on a kill, use work:");
            boolean durable = from.equals("work")
                    || steps.stream().anyMatch(step -> step.scheme().equals("effect"));
            String policy = route.path("routeConfigurationId").asText();
            rule(!from.equals("quartz") || policy.equals("tick"), "a schedule has the policy tick");
            rule(!from.equals("work") || policy.equals("work"), "durable work has the policy work");
            rule(
                    policy.equals("work")
                            || steps.stream().noneMatch(step -> step.scheme().equals("effect")),
                    "an effect stands in durable work alone, whose policy never repeats it");
            for (RouteFile.Step step : steps) {
                check(step, durable);
            }
        }

        private void check(RouteFile.Step step, boolean durable) {
            String at = step.kind() + " " + step.id() + ": ";
            rule(!step.id().isEmpty(), at + "a step that nobody can name; give it an id");
            rule(
                    !FORBIDDEN.contains(step.kind()),
                    at + "not in a route; delays, limits and once-only belong to the delivery engine");
            rule(!(durable && SWALLOWS.contains(step.kind())), at + "a durable route may not swallow a failure");
            rule(
                    !step.kind().equals("toD")
                            || CLOSED_TARGET.matcher(step.uri()).matches(),
                    at + "toD only to direct:, kamelet: or effect: with one checked variable");
            rule(!MEMORY_QUEUES.contains(step.scheme()), at + "loses work on a kill, use work:");
            rule(
                    !step.scheme().equals("direct")
                            || step.uri().contains("$")
                            || routes.contains(step.uri().replaceFirst("direct:?", "")),
                    at + "no route is called " + step.uri());
            rule(
                    !step.scheme().equals("effect")
                            || step.node().path("parameters").has("key")
                                    != step.kind().equals("toD"),
                    at + "name the effect's key: the reference at the vendor follows from it (toD: the item's aggregate"
                            + " is the key, one in the address would make an endpoint for each)");
            rule(
                    !step.scheme().equals("work")
                            || step.node().path("parameters").has("aggregate"),
                    at + "name the aggregate: its lane keeps order");
            rule(
                    !step.node().path("parallelProcessing").asBoolean(false),
                    at + "a unit belongs to one thread; insert work instead");
            rule(
                    !step.node().toString().contains("${header.")
                            && !step.kind().equals("setHeader"),
                    at + "state of a route is a variable; headers travel");
            rule(
                    SCRIPTS.stream().noneMatch(language -> step.node().has(language)),
                    at + "no script in a route; name a bean");
            rule(!step.uri().startsWith("http"), at + "vendors are called by their Kamelets alone");
            rule(
                    !step.node().path("method").asText().contains("("),
                    at + "bean arguments come from annotations, not from text");
            if (step.kind().equals("circuitBreaker")) {
                JsonNode settings = step.node().path("resilience4jConfiguration");
                rule(!durable, at + "no breaker around durable work: the vendor's gate does that");
                rule(!settings.has("timeoutEnabled"), at + "time-outs only at the socket: the work would go on unseen");
                rule(
                        !settings.has("recordException") && !settings.has("ignoreException"),
                        at + "swallows every other exception");
                rule(
                        step.node().has("onFallback"),
                        at + "without a fallback an open breaker passes the message as a success");
            }
            rule(
                    !step.kind().equals("log")
                            || !step.node().path("message").asText().contains("${body}")
                            || file.flow().equals("ops"),
                    at + "bodies are not logged");
        }

        private String id() {
            return route.path("id").asText();
        }

        private void rule(boolean holds, String otherwise) {
            if (!holds) {
                findings.add(file.path().getFileName() + " " + id() + ": " + otherwise);
            }
        }
    }
}
