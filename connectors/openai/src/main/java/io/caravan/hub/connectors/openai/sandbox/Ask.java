package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Call;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A request's JSON body, checked the way the vendor checks: by name first. */
final class Ask {

    private final ObjectNode body;

    private Ask(ObjectNode body) {
        this.body = body;
    }

    static Ask of(Call call, Set<String> known) {
        JsonNode json = call.json().orElse(null);
        if (!(json instanceof ObjectNode body)) {
            throw Refused.bad(
                    null,
                    null,
                    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your"
                            + " HTTP library correctly.)");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw Refused.bad("unknown_parameter", name, "Unknown parameter: '" + name + "'.");
            }
        }
        return new Ask(body);
    }

    JsonNode get(String name) {
        return body.path(name);
    }

    boolean has(String name) {
        return !body.path(name).isMissingNode() && !body.path(name).isNull();
    }

    String required(String name) {
        if (!has(name)) {
            throw Refused.bad("missing_required_parameter", name, "Missing required parameter: '" + name + "'.");
        }
        if (!body.path(name).isTextual()) {
            throw Refused.bad("invalid_type", name, "Invalid type for '" + name + "': expected a string.");
        }
        return body.path(name).asText();
    }

    /** One of the values; the first when the request names none. */
    String oneOf(String name, List<String> values) {
        if (!has(name)) {
            return values.get(0);
        }
        String value = body.path(name).asText();
        if (!values.contains(value)) {
            String list = String.join(
                    ", ", values.stream().map(one -> "'" + one + "'").toList());
            throw Refused.bad(
                    "invalid_value", name, "Invalid value: '" + value + "'. Supported values are: " + list + ".");
        }
        return value;
    }

    /** A whole number within the bounds; {@code otherwise} when the request names none. */
    int within(String name, int otherwise, int min, int max) {
        if (!has(name)) {
            return otherwise;
        }
        if (!body.path(name).isIntegralNumber()) {
            throw Refused.bad("invalid_type", name, "Invalid type for '" + name + "': expected an integer.");
        }
        int value = body.path(name).asInt();
        if (value < min) {
            throw Refused.bad(
                    "integer_below_min_value",
                    name,
                    "Invalid '" + name + "': integer below minimum value. Expected a value >= " + min + ", but got "
                            + value + " instead.");
        }
        if (value > max) {
            throw Refused.bad(
                    "integer_above_max_value",
                    name,
                    "Invalid '" + name + "': integer above maximum value. Expected a value <= " + max + ", but got "
                            + value + " instead.");
        }
        return value;
    }
}
