package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a step, and what the form of that step in Kaoto makes of it. The form takes an address apart,
 * {@code direct:x} into {@code uri: direct} and {@code name: x}, as soon as anything in it is edited, even the
 * description; of a component that Kaoto's catalogue lacks it only keeps the scheme. Source: Kaoto 2.7.1,
 * {@code CamelComponentSchemaService} and {@code CamelUriHelper}, read 2026-11-20; the examples of {@link StepFormTest}
 * were written by Kaoto itself.
 */
final class StepForm {

    /** A component's parameters that make up the path of its uri, with a slash between them; the required ones. */
    private record Path(List<String> names, Set<String> required) {}

    private static final Map<String, Path> KNOWN_TO_KAOTO = Map.of(
            "direct", new Path(List.of("name"), Set.of("name")),
            "kafka", new Path(List.of("topic"), Set.of("topic")),
            "http", new Path(List.of("httpUri"), Set.of("httpUri")),
            "platform-http", new Path(List.of("path"), Set.of("path")),
            "kamelet", new Path(List.of("templateId", "routeId"), Set.of("templateId")),
            "quartz", new Path(List.of("groupName", "triggerName"), Set.of("triggerName")));

    /** Our own components, which no catalogue of Kaoto's has. */
    static final Map<String, String> OURS = Map.of("work", "type", "effect", "effect", "outbox", "topic");

    /** The two ends of a Kamelet are Kamelets of Kaoto's catalogue; it leaves their uri as it is. */
    private static final Set<String> ENDS = Set.of("kamelet:source", "kamelet:sink");

    private static final Set<String> ENDPOINTS = Set.of("from", "to", "toD", "poll");

    private StepForm() {}

    /** The whole address, {@code work:idea.create}, however the step is written; what is missing is left out. */
    static String uri(JsonNode step) {
        String uri = step.isTextual() ? step.asText() : step.path("uri").asText();
        List<String> values = names(uri).stream()
                .map(name -> step.path("parameters").path(name).asText())
                .filter(value -> !value.isEmpty())
                .toList();
        return values.isEmpty() ? uri : uri + ":" + String.join("/", values);
    }

    /** {@code work}, however the step is written. */
    static String scheme(JsonNode step) {
        return before(uri(step), ":");
    }

    /** The names of the parameters that are part of the address; none where the uri says it all. */
    static List<String> names(String scheme) {
        if (OURS.containsKey(scheme)) {
            return List.of(OURS.get(scheme));
        }
        Path path = KNOWN_TO_KAOTO.get(scheme);
        return path == null ? List.of() : path.names();
    }

    /** Every step and beginning of a route or Kamelet that has a uri, in reading order. */
    static List<ObjectNode> endpoints(JsonNode root) {
        List<ObjectNode> found = new ArrayList<>();
        root.properties().forEach(entry -> {
            if (ENDPOINTS.contains(entry.getKey())
                    && entry.getValue() instanceof ObjectNode step
                    && step.path("uri").isTextual()) {
                found.add(step);
            }
        });
        root.forEach(child -> found.addAll(endpoints(child)));
        return found;
    }

    /** Written so that {@link #edit} finds nothing to take apart; a uri of another kind stays as it is. */
    static <T extends JsonNode> T spelledOut(T root) {
        T copy = root.deepCopy();
        endpoints(copy).forEach(step -> {
            String uri = step.get("uri").asText();
            String scheme = before(uri, ":");
            if (names(scheme).isEmpty() && uri.contains("?")) {
                return;
            }
            ObjectNode parameters = step.withObject("/parameters");
            if (OURS.containsKey(scheme) && !scheme.equals(uri)) {
                parameters.put(OURS.get(scheme), before(uri.substring(scheme.length() + 1), "?"));
            }
            if (!names(scheme).isEmpty() && !ENDS.contains(uri)) {
                takeApart(step);
                step.put("uri", scheme);
            }
        });
        return copy;
    }

    /** What Kaoto makes of a step when one field of its form gets another value; null takes the field away. */
    static void edit(ObjectNode step, String field, @Nullable String value) {
        takeApart(step);
        if (value == null) {
            step.remove(field);
        } else {
            step.put(field, value);
        }
    }

    /** The same with a field of the endpoint's own, which the form shows for the components that Kaoto knows. */
    static void editParameter(ObjectNode step, String parameter, String value) {
        takeApart(step);
        step.withObject("/parameters").put(parameter, value);
    }

    private static void takeApart(ObjectNode step) {
        ObjectNode parameters = step.withObject("/parameters");
        String uri = step.get("uri").asText();
        String address = before(uri, "?");
        if (address.length() < uri.length()) {
            for (String pair : uri.substring(address.length() + 1).split("&")) {
                String name = before(pair, "=");
                parameters.put(name, pair.substring(Math.min(name.length() + 1, pair.length())));
            }
        }
        String scheme = before(address, ":");
        Path path = KNOWN_TO_KAOTO.get(scheme);
        if (path != null && !scheme.equals(address) && !ENDS.contains(address)) {
            putPath(parameters, path, address.substring(scheme.length() + 1));
        }
        step.put("uri", scheme.equals("kamelet") ? address : scheme);
    }

    private static void putPath(ObjectNode parameters, Path path, String text) {
        List<String> names = new ArrayList<>(path.names());
        String[] values = text.split("/", names.size());
        if (values.length < names.size()) {
            names.retainAll(path.required());
        }
        for (int i = 0; i < values.length; i++) {
            parameters.put(names.get(i), values[i]);
        }
    }

    private static String before(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }
}
