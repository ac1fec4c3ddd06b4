package io.caravan.hub.config.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What is wrong with JSON, in words that name the place and repeat nothing of the content but names. */
final class JsonFaults {

    private JsonFaults() {}

    static Problem malformed(JsonProcessingException e) {
        Map<String, Object> place = place(e);
        String where = place.isEmpty() ? "" : " at line " + place.get("line") + ", column " + place.get("column");
        return Problem.of(
                400, "malformed-json", "the body is not JSON that is accepted here: " + reason(e) + where, place, null);
    }

    /** For errors of binding: unknown field, wrong type; others are {@link #malformed}. */
    static Problem of(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return invalid(
                    unknown,
                    "unknown-field",
                    "is not a field of this object; known are " + unknown.getKnownPropertyIds());
        }
        if (e instanceof MismatchedInputException wrong) {
            Class<?> wanted = wrong.getTargetType();
            return invalid(
                    wrong,
                    "invalid-field",
                    "has the wrong type" + (wanted == null ? "" : ", wanted is " + plain(wanted)));
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            Throwable cause = mapping.getCause();
            String reason = cause instanceof IllegalArgumentException ? cause.getMessage() : "cannot be used";
            return invalid(mapping, "invalid-field", String.valueOf(reason));
        }
        return malformed(e);
    }

    private static Problem invalid(JsonMappingException e, String code, String what) {
        String field = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        field = field.startsWith(".") ? field.substring(1) : field;
        Map<String, Object> details = place(e);
        details.put("field", field);
        return Problem.of(400, code, (field.isEmpty() ? "the body" : field) + " " + what, details, null);
    }

    private static Map<String, Object> place(JsonProcessingException e) {
        Map<String, Object> place = new LinkedHashMap<>();
        JsonLocation location = e.getLocation();
        if (location != null && location.getLineNr() > 0) {
            place.put("line", location.getLineNr());
            place.put("column", location.getColumnNr());
        }
        return place;
    }

    private static String reason(JsonProcessingException e) {
        String first =
                String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        if (first.startsWith("Unrecognized token")) {
            // a credential without its quotes
            return "a word that is neither quoted nor true, false or null";
        }
        return first.length() > 200 ? first.substring(0, 200) : first;
    }

    private static String plain(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class) {
            return "a number";
        }
        return type == boolean.class || type == Boolean.class ? "true or false" : "an object or list";
    }
}
