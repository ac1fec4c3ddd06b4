package io.caravan.hub.config.lint;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that Camel has loaded.
 *
 * @param beans type by name, of those that YAML declares
 * @param kamelets says whether a Kamelet of this name is one of ours
 */
public record LoadedModel(
        List<LoadedRoute> routes, List<Declared> beans, java.util.function.Predicate<String> kamelets) {

    /** A bean that a file declares. */
    public record Declared(String file, String name, String type, Map<String, String> settings) {}

    Stream<LoadedRoute> of(LoadedRoute.Kind kind) {
        return routes.stream().filter(route -> route.is(kind));
    }
}
