package io.caravan.hub.connectors.egress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text from queries, forms and multipart bodies as the JSON value that a schema describes. */
final class WireValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern NAME = Pattern.compile("(?<![a-z])name=\"([^\"]*)\"");

    private WireValues() {}

    /** Null when the bytes are not of the content type; a body of another type than JSON, form or multipart is a text. */
    static @Nullable JsonNode body(String contentType, byte[] bytes, JsonNode schema, UnaryOperator<JsonNode> deref) {
        if (contentType.contains("json")) {
            try {
                return VendorContract.json(bytes);
            } catch (JsonProcessingException e) {
                return null;
            }
        }
        if (contentType.startsWith("application/x-www-form-urlencoded")) {
            return form(new String(bytes, StandardCharsets.UTF_8), schema, deref);
        }
        if (contentType.startsWith("multipart/form-data")) {
            return multipart(contentType, new String(bytes, StandardCharsets.ISO_8859_1), schema, deref);
        }
        return NODES.textNode(new String(bytes, StandardCharsets.UTF_8));
    }

    private static ObjectNode form(String text, JsonNode schema, UnaryOperator<JsonNode> deref) {
        ObjectNode form = NODES.objectNode();
        for (String pair : text.split("&")) {
            String[] sides = pair.split("=", 2);
            String name = URLDecoder.decode(sides[0], StandardCharsets.UTF_8).replaceFirst("\\[]$", "");
            String value = sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8);
            add(form, name, value, deref.apply(schema.path("properties").path(name)));
        }
        return form;
    }

    private static ObjectNode multipart(
            String contentType, String raw, JsonNode schema, UnaryOperator<JsonNode> deref) {
        ObjectNode form = NODES.objectNode();
        Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(contentType);
        String delimiter = boundary.find() ? boundary.group(1) : "no boundary";
        for (String piece : raw.split(Pattern.quote("--" + delimiter))) {
            int end = piece.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(end < 0 ? "" : piece.substring(0, end));
            if (name.find()) {
                String field = name.group(1).replaceFirst("\\[]$", "");
                JsonNode property = deref.apply(schema.path("properties").path(field));
                String value = piece.substring(0, end).contains("filename=")
                        ? "bytes"
                        : new String(
                                piece.substring(end + 4, piece.length() - 2).getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8);
                add(form, field, value, property);
            }
        }
        return form;
    }

    private static void add(ObjectNode form, String name, String value, JsonNode property) {
        JsonNode typed = typed(value, property);
        if (form.get(name) instanceof ArrayNode many && typed instanceof ArrayNode more) {
            many.addAll(more);
        } else {
            form.set(name, typed);
        }
    }

    /** The value under the schema's type; a text that does not fit its type stays a text, for the validator to refuse. */
    static JsonNode typed(String value, JsonNode schema) {
        String type = schema.path("type").isArray()
                ? schema.path("type").path(0).asText()
                : schema.path("type").asText();
        switch (type) {
            case "integer":
                return value.matches("-?[0-9]{1,18}") ? NODES.numberNode(Long.parseLong(value)) : NODES.textNode(value);
            case "number":
                return value.matches("-?[0-9]+([.][0-9]+)?")
                        ? NODES.numberNode(new BigDecimal(value))
                        : NODES.textNode(value);
            case "boolean":
                return value.matches("true|false")
                        ? NODES.booleanNode(Boolean.parseBoolean(value))
                        : NODES.textNode(value);
            case "array":
                ArrayNode array = NODES.arrayNode();
                for (String one : value.split(",")) {
                    array.add(typed(one, schema.path("items")));
                }
                return array;
            default:
                return NODES.textNode(value);
        }
    }
}
