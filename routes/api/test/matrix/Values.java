package io.caravan.hub.routes.api.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.curiousoddman.rgxgen.RgxGen;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON that a schema of the contract allows, another one each time, and half of it what the hub told before. */
final class Values {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEP = 6;
    private static final int USUAL = 40;
    private static final int LONGEST = 10_000;
    private static final int[] LETTERS =
            "abc XYZ-09_äß中\u0301😀'\"\\/<>&{}$#%;,=\u200b\u202e".codePoints().toArray();

    private final String path;
    private final Seen seen;
    private final Random random;

    /** @param path of the contract, for {@link Seen} */
    Values(String path, Seen seen, Random random) {
        this.path = path;
        this.seen = seen;
        this.random = random;
    }

    /** @param name of the field or parameter */
    JsonNode of(String name, Schema<?> schema) {
        return of(name, schema, 0);
    }

    private JsonNode of(String name, Schema<?> schema, int depth) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return MatrixHub.JSON.valueToTree(
                    schema.getEnum().get(random.nextInt(schema.getEnum().size())));
        }
        if (schema.getAllOf() != null) {
            ObjectNode whole = JSON.objectNode();
            schema.getAllOf().forEach(part -> whole.setAll((ObjectNode) object(name, part, depth)));
            return whole;
        }
        if (Boolean.TRUE.equals(schema.getNullable()) && random.nextInt(8) == 0) {
            return JSON.nullNode();
        }
        return switch (Objects.requireNonNullElse(schema.getType(), "object")) {
            case "string" -> JSON.textNode(text(name, schema));
            case "integer" ->
                JSON.numberNode(number(schema).setScale(0, RoundingMode.DOWN).longValueExact());
            case "number" -> JSON.numberNode(number(schema));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "array" -> array(name, schema, depth);
            default -> object(name, schema, depth);
        };
    }

    private JsonNode array(String name, Schema<?> schema, int depth) {
        int least = Objects.requireNonNullElse(schema.getMinItems(), 0);
        int most = Objects.requireNonNullElse(schema.getMaxItems(), 3);
        // the most that there may be at times, else few
        int size = depth > DEEP
                ? least
                : random.nextInt(10) == 0
                        ? Math.min(most, 100)
                        : least + random.nextInt(Math.max(1, Math.min(most, 3) - least + 1));
        boolean unique = Boolean.TRUE.equals(schema.getUniqueItems());
        Set<JsonNode> told = new LinkedHashSet<>();
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < size; i++) {
            JsonNode item = of(Seen.singular(name), schema.getItems(), depth + 1);
            if (told.add(item) || !unique) {
                array.add(item);
            }
        }
        return array;
    }

    private JsonNode object(String name, Schema<?> schema, int depth) {
        ObjectNode object = JSON.objectNode();
        List<String> required = Objects.requireNonNullElse(schema.getRequired(), List.of());
        Map<String, Schema<?>> properties = properties(schema);
        properties.forEach((field, property) -> {
            if (required.contains(field) || (depth <= DEEP && random.nextBoolean())) {
                object.set(field, of(field, property, depth + 1));
            }
        });
        if (schema.getAdditionalProperties() instanceof Schema<?> more && depth <= DEEP) {
            for (int i = random.nextInt(3); i > 0; i--) {
                String key = random.nextBoolean() ? seen.any(path, Seen.singular(name), random, any -> true) : null;
                object.set(key == null ? "k" + random.nextInt(100) : key, of("", more, depth + 1));
            }
        }
        int least = Objects.requireNonNullElse(schema.getMinProperties(), 0);
        properties.forEach((field, property) -> {
            if (object.size() < least && !object.has(field)) {
                object.set(field, of(field, property, depth + 1));
            }
        });
        return object;
    }

    @SuppressWarnings("rawtypes") // of the contract's model
    private static Map<String, Schema<?>> properties(Schema<?> schema) {
        Map<String, Schema<?>> all = new TreeMap<>();
        Map<String, Schema> told = schema.getProperties();
        if (told != null) {
            told.forEach(all::put);
        }
        return all;
    }

    private BigDecimal number(Schema<?> schema) {
        BigDecimal least = schema.getMinimum() == null ? BigDecimal.valueOf(-1_000) : schema.getMinimum();
        BigDecimal most = schema.getMaximum() == null ? BigDecimal.valueOf(1_000_000) : schema.getMaximum();
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default ->
                least.add(most.subtract(least).multiply(BigDecimal.valueOf(random.nextDouble())))
                        .setScale(random.nextInt(4), RoundingMode.DOWN)
                        .max(least);
        };
    }

    private String text(String name, Schema<?> schema) {
        int least = Objects.requireNonNullElse(schema.getMinLength(), 0);
        int most = Objects.requireNonNullElse(schema.getMaxLength(), LONGEST);
        String pattern = schema.getPattern();
        if (random.nextBoolean()) {
            String told = seen.any(path, name, random, value -> {
                int length = value.codePointCount(0, value.length());
                return length >= least && length <= most && fits(pattern, value);
            });
            if (told != null) {
                return told;
            }
        }
        if (pattern != null) {
            return like(pattern, least, most);
        }
        String format = Objects.requireNonNullElse(schema.getFormat(), "");
        if (format.equals("date-time")) {
            return Instant.ofEpochSecond(random.nextInt()).toString();
        }
        if (format.equals("date")) {
            return LocalDate.ofEpochDay(random.nextInt(40_000)).toString();
        }
        int few = Math.max(least, Math.min(most, USUAL));
        // as long as it may be at times; the contract counts code points
        int size = random.nextInt(8) == 0 ? Math.min(most, LONGEST) : least + random.nextInt(few - least + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.appendCodePoint(i == 0 ? 'v' : LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private static boolean fits(@Nullable String pattern, String value) {
        return pattern == null
                || java.util.regex.Pattern.compile(pattern).matcher(value).find();
    }

    /** The library knows no anchors, and repeats as often as it likes. */
    private String like(String pattern, int least, int most) {
        String plain = pattern.replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        RgxGen texts = RgxGen.parse(plain);
        for (int i = 0; i < 100; i++) {
            String text = texts.generate(random);
            if (text.length() > most && plain.endsWith("+")) {
                text = text.substring(0, 1 + random.nextInt(most));
            }
            if (text.length() >= least && text.length() <= most) {
                return text;
            }
        }
        throw new AssertionError("nothing like " + pattern + " of " + least + " to " + most);
    }
}
