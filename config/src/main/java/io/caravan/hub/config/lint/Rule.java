package io.caravan.hub.config.lint;

import io.caravan.hub.config.lint.LoadedRoute.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One rule.
 *
 * @param id the number of the pitfall that it keeps away, and a name
 * @param what what happens to one who breaks it, one sentence
 * @param instead what to do, one sentence
 */
public record Rule(String id, String what, String instead, Check check) {

    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    /** Says where a rule is broken. */
    @FunctionalInterface
    public interface Check {
        Stream<Place> in(LoadedModel model);
    }

    /** A file and what it is in it. */
    public record Place(String file, String where) {}

    public Stream<Finding> findings(LoadedModel model) {
        return check.in(model).map(place -> new Finding(id, place.file(), place.where(), what, instead));
    }

    /** @param bad holds for a step, or the beginning of a route, that breaks the rule; in routes, Kamelets and policies */
    static Rule step(String id, String what, String instead, Predicate<Step> bad) {
        return step(id, what, instead, ALL, (route, step) -> bad.test(step));
    }

    public static Rule step(
            String id, String what, String instead, Set<Kind> kinds, BiPredicate<LoadedRoute, Step> bad) {
        return new Rule(
                id,
                what,
                instead,
                model -> model.routes().stream()
                        .filter(route -> kinds.contains(route.kind()))
                        .flatMap(route -> route.all()
                                .filter(step -> bad.test(route, step))
                                .map(step -> place(route, step))));
    }

    /** @param bad holds for a route as a whole that breaks the rule */
    public static Rule route(String id, String what, String instead, Set<Kind> kinds, Predicate<LoadedRoute> bad) {
        return new Rule(
                id,
                what,
                instead,
                model -> model.routes().stream()
                        .filter(route -> kinds.contains(route.kind()) && bad.test(route))
                        .map(Rule::place));
    }

    static Rule bean(String id, String what, String instead, Predicate<LoadedModel.Declared> bad) {
        return new Rule(
                id,
                what,
                instead,
                model -> model.beans().stream().filter(bad).map(bean -> new Place(bean.file(), "bean " + bean.name())));
    }

    /** @param bad is told the whole model too */
    public static Rule whole(
            String id, String what, String instead, Set<Kind> kinds, BiPredicate<LoadedModel, LoadedRoute> bad) {
        return new Rule(
                id,
                what,
                instead,
                model -> model.routes().stream()
                        .filter(route -> kinds.contains(route.kind()) && bad.test(model, route))
                        .map(Rule::place));
    }

    static Place place(LoadedRoute route) {
        String kind = route.is(Kind.POLICY) ? "route configuration" : route.is(Kind.KAMELET) ? "Kamelet" : "route";
        return new Place(route.file(), kind + " " + route.id());
    }

    static Place place(LoadedRoute route, Step step) {
        return new Place(route.file(), place(route).where() + ", " + step);
    }
}
