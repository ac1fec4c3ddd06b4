package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers exactly what was selected. What the sandbox knows of an object is a Map; a value that depends on arguments is a
 * {@link Function} of them. A field that the sandbox does not have is refused as the vendor refuses an undefined one.
 */
final class Projection {

    private final JsonNode variables;

    Projection(JsonNode variables) {
        this.variables = variables;
    }

    /** @param resolve what a root field gives, by its name and arguments */
    Map<String, Object> root(
            List<Selection> fields,
            java.util.function.BiFunction<Selection, Map<String, Object>, @Nullable Object> resolve) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (Selection field : fields) {
            if (included(field)) {
                data.put(field.alias(), value(field, resolve.apply(field, arguments(field.arguments()))));
            }
        }
        return data;
    }

    Map<String, Object> arguments(Map<String, Object> written) {
        Map<String, Object> values = new HashMap<>();
        written.forEach((name, value) -> {
            Object resolved = resolved(value);
            if (resolved != null) {
                values.put(name, resolved);
            }
        });
        return values;
    }

    private @Nullable Object resolved(@Nullable Object written) {
        if (written instanceof GraphqlText.Variable variable) {
            JsonNode value = variables.path(variable.name());
            return switch (value.getNodeType()) {
                case MISSING, NULL -> null;
                case STRING -> value.asText();
                case BOOLEAN -> value.asBoolean();
                case NUMBER -> value.isIntegralNumber() ? (Object) value.asLong() : value;
                default -> value;
            };
        }
        return written;
    }

    private boolean included(Selection field) {
        Map<String, Object> include = field.directives().get("include");
        return include == null || Boolean.TRUE.equals(resolved(include.get("if")));
    }

    private @Nullable Object value(Selection field, @Nullable Object value) {
        if (value instanceof Function<?, ?> function) {
            @SuppressWarnings("unchecked")
            Function<Map<String, Object>, Object> typed = (Function<Map<String, Object>, Object>) function;
            return value(field, typed.apply(arguments(field.arguments())));
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(value(field, one)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            if (field.children().isEmpty()) {
                throw new Refusal(
                        "selectionMismatch",
                        "Field must have selections (field '" + field.name() + "' returns an object)");
            }
            return object(field.children(), map);
        }
        return value;
    }

    private Map<String, Object> object(List<Selection> fields, Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Selection field : fields) {
            if (!included(field)) {
                continue;
            }
            if (field.name().isEmpty()) {
                if (field.onType().equals(map.get("__typename"))) {
                    out.putAll(object(field.children(), map));
                }
            } else if (!map.containsKey(field.name())) {
                throw new Refusal("undefinedField", "Field '" + field.name() + "' doesn't exist on this type");
            } else {
                out.put(field.alias(), value(field, map.get(field.name())));
            }
        }
        return out;
    }
}
