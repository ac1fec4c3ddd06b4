package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The types of what may be sent, and the check of variables against them. Written down in {@code inputs.txt}. */
final class Inputs {

    private static final Map<String, Map<String, String>> OBJECTS = new HashMap<>();
    private static final Map<String, Set<String>> ENUMS = new HashMap<>();

    static {
        read();
    }

    private Inputs() {}

    /**
     * @param type as written in the query
     * @throws Refusal naming the path, as the vendor does
     */
    static void check(String variable, String type, JsonNode value) {
        fits("$" + variable, type, value);
    }

    private static void fits(String path, String type, JsonNode value) {
        boolean needed = type.endsWith("!");
        String bare = needed ? type.substring(0, type.length() - 1) : type;
        if (value.isNull() || value.isMissingNode()) {
            if (needed) {
                throw invalid(path, "Expected value to not be null");
            }
            return;
        }
        if (bare.startsWith("[")) {
            if (!value.isArray()) {
                throw invalid(path, "Expected a list");
            }
            if (value.size() > 250) {
                // 250 is the longest list of any input, but for a product's variants
                if (!bare.contains("ProductVariantSetInput")) {
                    throw new Refusal(
                            "MAX_INPUT_SIZE_EXCEEDED",
                            "The input array size of " + value.size() + " is greater than the maximum allowed of 250.");
                }
            }
            for (int i = 0; i < value.size(); i++) {
                fits(path + "." + i, bare.substring(1, bare.length() - 1), value.get(i));
            }
        } else if (OBJECTS.containsKey(bare)) {
            object(path, bare, value);
        } else if (ENUMS.containsKey(bare)) {
            if (!value.isTextual() || !Objects.requireNonNull(ENUMS.get(bare)).contains(value.asText())) {
                throw invalid(path, "Expected \"" + value.asText() + "\" to be one of: " + ENUMS.get(bare));
            }
        } else if (!scalar(bare, value)) {
            throw invalid(path, "Could not coerce value " + value + " to " + bare);
        }
    }

    private static void object(String path, String type, JsonNode value) {
        Map<String, String> fields = Objects.requireNonNull(OBJECTS.get(type));
        if (!value.isObject()) {
            throw invalid(path, "Expected " + value + " to be a " + type);
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!fields.containsKey(name)) {
                throw invalid(path + "." + name, "Field is not defined on " + type);
            }
        });
        fields.forEach((name, fieldType) -> fits(path + "." + name, fieldType, value.path(name)));
    }

    private static boolean scalar(String type, JsonNode value) {
        return switch (type) {
            case "String" -> value.isTextual();
            case "ID" -> value.isTextual() && value.asText().startsWith("gid://shopify/");
            case "Boolean" -> value.isBoolean();
            case "Int" -> value.isInt();
            case "Float" -> value.isNumber();
            // worse than documented: numbers are taken by the vendor, with what a float does to a price
            case "Money", "Decimal" -> value.isTextual() && value.asText().matches("-?[0-9]+([.][0-9]+)?");
            case "UnsignedInt64" -> value.isTextual() && value.asText().matches("[0-9]+");
            default -> throw new Refusal("BAD_REQUEST", type + " isn't a defined input type");
        };
    }

    private static Refusal invalid(String path, String why) {
        return new Refusal("INVALID_VARIABLE", "Variable " + path + " was provided invalid value (" + why + ")");
    }

    private static void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Inputs.class.getResourceAsStream("inputs.txt")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.trim().split("\\s+");
                if (words[0].equals("enum")) {
                    ENUMS.put(words[1], Set.copyOf(Arrays.asList(words).subList(2, words.length)));
                } else if (words[0].equals("input")) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    for (int i = 2; i < words.length; i++) {
                        int colon = words[i].indexOf(':');
                        fields.put(words[i].substring(0, colon), words[i].substring(colon + 1));
                    }
                    OBJECTS.put(words[1], fields);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("inputs.txt cannot be read", e);
        }
    }
}
