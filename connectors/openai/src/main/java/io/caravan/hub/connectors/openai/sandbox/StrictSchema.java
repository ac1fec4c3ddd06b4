package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the vendor refuses in a schema of a strict response format, in its words. */
final class StrictSchema {

    private static final Set<String> UNSUPPORTED =
            Set.of("allOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else", "patternProperties");

    private final String name;

    StrictSchema(String name) {
        this.name = name;
    }

    void check(JsonNode schema) {
        if (!schema.path("type").asText().equals("object") || schema.has("anyOf")) {
            throw invalid(
                    "()",
                    "schema must be a JSON Schema of 'type: \"object\"', got 'type: \""
                            + schema.path("type").asText("None") + "\"'.");
        }
        walk(schema, "");
    }

    private void walk(JsonNode schema, String context) {
        for (String keyword : UNSUPPORTED) {
            if (schema.has(keyword)) {
                throw invalid(context, "'" + keyword + "' is not permitted.");
            }
        }
        if (schema.has("properties") || schema.path("type").asText().equals("object")) {
            object(schema, context);
        }
        if (schema.has("items")) {
            walk(schema.path("items"), context + ", 'items'");
        } else if (schema.path("type").asText().equals("array")) {
            throw invalid(context, "array schema missing items.");
        }
        for (String holder : List.of("anyOf")) {
            int i = 0;
            for (JsonNode part : schema.path(holder)) {
                walk(part, context + ", '" + holder + "', '" + i++ + "'");
            }
        }
        schema.path("$defs")
                .properties()
                .forEach(def -> walk(def.getValue(), context + ", '$defs', '" + def.getKey() + "'"));
    }

    private void object(JsonNode schema, String context) {
        JsonNode closed = schema.path("additionalProperties");
        if (!closed.isBoolean() || closed.asBoolean()) {
            throw invalid(context, "'additionalProperties' is required to be supplied and to be false.");
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(one -> required.add(one.asText()));
        schema.path("properties").properties().forEach(property -> {
            if (!required.remove(property.getKey())) {
                throw invalid(
                        context,
                        "'required' is required to be supplied and to be an array including every key in properties."
                                + " Missing '" + property.getKey() + "'.");
            }
            walk(property.getValue(), context + ", 'properties', '" + property.getKey() + "'");
        });
        if (!required.isEmpty()) {
            throw invalid(
                    context,
                    "'required' is required to be supplied and to be an array including every key in properties."
                            + " Extra required key '" + required.iterator().next() + "' supplied.");
        }
    }

    private Refused invalid(String context, String what) {
        String shown = context.startsWith("(") ? context : "(" + context.replaceFirst("^, ", "") + ")";
        return Refused.bad(
                null,
                "response_format",
                "Invalid schema for response_format '" + name + "': In context=" + shown + ", " + what);
    }
}
