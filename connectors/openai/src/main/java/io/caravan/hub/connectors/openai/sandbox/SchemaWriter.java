package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Walks a schema and writes a value that fits it, with texts about the keyword. */
final class SchemaWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 12;

    private final JsonNode root;
    private final Merch merch;

    SchemaWriter(JsonNode root, Merch merch) {
        this.root = root;
        this.merch = merch;
    }

    JsonNode write() {
        return value(root, "answer", 0, 0);
    }

    private JsonNode value(JsonNode given, String property, int index, int depth) {
        JsonNode schema = given;
        if (schema.path("$ref").asText().startsWith("#")) {
            schema = root.at(schema.path("$ref").asText().substring(1));
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            JsonNode values = schema.path("enum");
            return values.get(Math.floorMod(merch.seed() + index, values.size()));
        }
        if (schema.path("anyOf").isArray() && !schema.path("anyOf").isEmpty()) {
            return value(schema.path("anyOf").get(0), property, index, depth + 1);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, property, depth);
            case "integer" -> NODES.numberNode((long) number(schema, index));
            case "number" -> NODES.numberNode(number(schema, index));
            case "boolean" -> NODES.booleanNode(!property.matches("(?i).*(refus|unsafe|banned|infring|flag|risk).*"));
            case "null" -> NODES.nullNode();
            default -> NODES.textNode(text(schema, property, index));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        if (depth < DEEPEST) {
            schema.path("properties")
                    .properties()
                    .forEach(one -> object.set(one.getKey(), value(one.getValue(), one.getKey(), 0, depth + 1)));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String property, int depth) {
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        int wanted = property.contains("tag") ? 13 : 3;
        int count = depth >= DEEPEST ? least : Math.max(least, Math.min(most, wanted));
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            array.add(value(schema.path("items"), property, i, depth + 1));
        }
        return array;
    }

    private String text(JsonNode schema, String property, int index) {
        String format = schema.path("format").asText();
        String text = switch (format) {
            case "date-time" -> "2026-01-01T00:00:00Z";
            case "date" -> "2026-01-01";
            case "email" -> "someone@example.com";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> property.matches("(?i).*(tag|keyword)s") ? merch.item(property, index) : merch.text(property);
        };
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        if (text.length() > most) {
            text = text.substring(0, most).strip();
        }
        StringBuilder padded = new StringBuilder(text);
        while (padded.length() < schema.path("minLength").asInt(0)) {
            padded.append(" ").append(merch.text("keyword"));
        }
        return padded.length() > most ? padded.substring(0, most) : padded.toString();
    }

    private double number(JsonNode schema, int index) {
        double least = schema.has("minimum") ? schema.path("minimum").asDouble() : 0;
        double most = schema.has("maximum") ? schema.path("maximum").asDouble() : least + 100;
        return Math.floor(least + Math.floorMod(merch.seed() + index, 1_000) / 1_000.0 * (most - least));
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (!one.asText().equals("null")) {
                    return one.asText();
                }
            }
            return "null";
        }
        return type.isMissingNode() && schema.has("properties") ? "object" : type.asText("string");
    }
}
