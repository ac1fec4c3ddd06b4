package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.config.lint.LoadedRoute;
import io.caravan.hub.config.lint.LoadedRoute.Kind;
import io.caravan.hub.config.lint.Rule;
import io.caravan.hub.config.lint.Rule.Place;
import io.caravan.hub.config.lint.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the flows of this project read, beside what holds for whoever writes a route. */
final class HouseRules {

    /** The path of an address takes two lines of its own (docs/decisions/0008). */
    static final int MOST_LINES = 125;

    static final int MOST_STEPS = 12;
    static final int DEEPEST = 2;

    private static final Set<Kind> ROUTES = Set.of(Kind.ROUTE);
    private static final Set<String> UNUSUAL = Set.of("kamelet", "poll", "pollEnrich", "wireTap");
    private static final Pattern ADDRESS = Pattern.compile("[\"\\s]https?://");

    private HouseRules() {}

    /** @param operations names of the REST contract, which the routes behind it have to bear */
    static List<Rule> over(List<RouteFile> files, Set<String> operations) {
        return Stream.concat(ofFiles(files).stream(), ofRoutes(operations).stream())
                .toList();
    }

    private static List<Rule> ofFiles(List<RouteFile> files) {
        return List.of(
                text(
                        files,
                        "H01-lines",
                        "Nobody reads a file of more than " + MOST_LINES + " lines.",
                        "Cut it at a business noun.",
                        file -> file.text().lines().count() > MOST_LINES),
                text(
                        files,
                        "H02-address",
                        "An address in a flow cannot be another one in another place.",
                        "Use a {{hub....}} property.",
                        file -> ADDRESS.matcher(file.text()).find()),
                new Rule("H03-unique-id", "Two routes have the same id.", "Rename one.", model -> {
                    Set<String> seen = new HashSet<>();
                    return inRoutes(files, route -> !seen.add(id(route)));
                }),
                new Rule(
                        "H05-id-first",
                        "The reader meets the name after the story.",
                        "Write id and description first.",
                        model -> inRoutes(files, route -> !startsWithItsName(route))),
                new Rule(
                        "H06-own-handler",
                        "A route's own error handler breaks route diagrams and hides what a failure means.",
                        "Name a routeConfigurationId of routes/_policy.",
                        model -> inRoutes(files, route -> route.has("errorHandler"))));
    }

    private static List<Rule> ofRoutes(Set<String> operations) {
        return List.of(
                Rule.route(
                        "H04-id-of-flow",
                        "A route that is not called after its folder is not found.",
                        "Begin the id with the flow's folder; in api/ take an operation of the contract.",
                        ROUTES,
                        route -> !route.id().startsWith(flow(route) + "-")
                                && !(flow(route).equals("api") && operations.contains(route.id()))),
                Rule.route(
                        "H07-steps",
                        "Nobody reads more than " + MOST_STEPS + " steps in one go.",
                        "Cut it at a business noun.",
                        ROUTES,
                        route -> route.steps().stream().filter(Step::counts).count() > MOST_STEPS),
                Rule.step(
                        "H08-nesting",
                        "Nobody sees when a step runs that lies deeper than " + DEEPEST + ".",
                        "Make a route of it.",
                        ROUTES,
                        (route, step) -> step.counts() && step.depth() > DEEPEST),
                Rule.route(
                        "H09-one-bean",
                        "A route that is one call of a bean hides the flow in Java.",
                        "Show its business steps.",
                        ROUTES,
                        route -> route.steps().size() == 1
                                && route.steps().get(0).kind().equals("bean")),
                Rule.route(
                        "H10-direct-name",
                        "Two names for one thing.",
                        "Call a direct: endpoint like its route.",
                        ROUTES,
                        route -> route.from().sendsTo("direct")
                                && !route.from().to().path().equals(route.id())),
                Rule.step(
                        "H11-step-id",
                        "A step that nobody can name.",
                        "Give it an id.",
                        ROUTES,
                        (route, step) -> step.counts()
                                && !step.kind().equals("from")
                                && step.id().isEmpty()),
                Rule.step(
                        "H12-step-kind",
                        "The flows have one way to do this.",
                        "Call a Kamelet with to: kamelet; read in an item of work; tell with outbox:.",
                        ROUTES,
                        (route, step) -> UNUSUAL.contains(step.kind())),
                Rule.step(
                        "H13-effect-key",
                        "The reference at the vendor follows from the key, which is easily overlooked.",
                        "Name it; with toD the item's aggregate is the key, since one in the address makes an endpoint each.",
                        ROUTES,
                        (route, step) -> step.sendsTo("effect")
                                && step.to().option("key").isEmpty()
                                        != step.kind().equals("toD")));
    }

    private static Rule text(List<RouteFile> files, String id, String what, String instead, Predicate<RouteFile> bad) {
        return new Rule(
                id,
                what,
                instead,
                model -> files.stream()
                        .filter(bad)
                        .map(file -> new Place(file.path().toString(), "the file")));
    }

    private static Stream<Place> inRoutes(List<RouteFile> files, Predicate<JsonNode> bad) {
        List<Place> places = new ArrayList<>();
        for (RouteFile file : files) {
            file.routes().stream()
                    .filter(bad)
                    .forEach(route -> places.add(new Place(file.path().toString(), "route " + id(route))));
        }
        return places.stream();
    }

    private static boolean startsWithItsName(JsonNode route) {
        List<String> names = new ArrayList<>();
        route.fieldNames().forEachRemaining(names::add);
        return names.size() > 1 && names.get(0).equals("id") && names.get(1).equals("description");
    }

    private static String id(JsonNode route) {
        return route.path("id").asText();
    }

    private static String flow(LoadedRoute route) {
        Path file = Path.of(route.file().replaceFirst("^[a-z]+:", ""));
        return file.getName(file.getNameCount() - 2).toString().replace("_", "");
    }
}
