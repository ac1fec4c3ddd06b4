package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A route file as data: its routes, and in each the steps in reading order with their depth. */
record RouteFile(Path path, String text, JsonNode root) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** One step. {@code kind} is the EIP's name ({@code to}, {@code bean}, {@code choice}). */
    record Step(String kind, JsonNode node, int depth) {

        String id() {
            return node.path("id").asText();
        }

        /** The whole address, also when its path stands among the parameters. */
        String uri() {
            return StepForm.uri(node);
        }

        String scheme() {
            return StepForm.scheme(node);
        }
    }

    static Path folder() {
        return Path.of(System.getProperty("project.root"), "routes");
    }

    static List<RouteFile> all() {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .map(RouteFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RouteFile read(Path path) {
        try {
            return parse(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is no YAML", e);
        }
    }

    static RouteFile parse(Path path, String text) {
        try {
            return new RouteFile(path, text, YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is no YAML", e);
        }
    }

    String flow() {
        return path.getName(path.getNameCount() - 2).toString();
    }

    List<JsonNode> routes() {
        return named("route");
    }

    List<JsonNode> named(String kind) {
        List<JsonNode> found = new ArrayList<>();
        root.forEach(entry -> {
            if (entry.has(kind)) {
                found.add(entry.get(kind));
            }
        });
        return found;
    }

    static List<Step> steps(JsonNode route) {
        List<Step> steps = new ArrayList<>();
        collect(route.path("from").path("steps"), 0, steps);
        return steps;
    }

    private static void collect(JsonNode list, int depth, List<Step> into) {
        list.forEach(entry -> entry.properties().forEach(step -> {
            into.add(new Step(step.getKey(), step.getValue(), depth));
            JsonNode node = step.getValue();
            collect(node.path("steps"), depth + 1, into);
            node.path("when").forEach(when -> collect(when.path("steps"), depth + 1, into));
            collect(node.path("otherwise").path("steps"), depth + 1, into);
            collect(node.path("onFallback").path("steps"), depth + 1, into);
            node.path("doCatch").forEach(caught -> collect(caught.path("steps"), depth + 1, into));
            collect(node.path("doFinally").path("steps"), depth + 1, into);
        }));
    }
}
