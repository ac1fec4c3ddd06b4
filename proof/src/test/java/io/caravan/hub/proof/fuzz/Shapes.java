package io.caravan.hub.proof.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs: a seed with a few things changed where its form has them, or bytes as they come. */
final class Shapes {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int LONG = 5_000;

    /** What parsers stumble over, in JSON. */
    private static final List<String> ODD_JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.5",
            "1e999999999",
            "1e-999999999",
            "-0.0",
            "9223372036854775807",
            "-9223372036854775808",
            "9".repeat(400),
            "253402300800",
            "1e19",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"\":null}",
            "[".repeat(900) + "]".repeat(900));

    /** The same in text, and what stands in texts of vendors. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "0",
            "-1",
            "NaN",
            "null",
            "1e999999999",
            "1e-999999999",
            "9".repeat(30),
            "99999999999999999999999999999999999.99",
            "1,234.56",
            "$1.99",
            "1.5-2.75",
            "ZZZ",
            "XXX",
            "JPY",
            "\u0000",
            "\ud800",
            "\u202e\u0000\ufeff",
            "x".repeat(LONG),
            "😀".repeat(300),
            "../../etc/passwd",
            "https://[::1",
            "http://a b/",
            "//",
            "javascript:alert(1)",
            "<script>x</script>",
            "<a href=\"",
            "&#x110000;&nbsp;&",
            "2026-13-45T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "Fri, 31 Dec 9999999 23:59:59 GMT",
            "{\"a\":[1",
            "[\"a\",{}]",
            "{}",
            "%s%n{0}",
            "${body}",
            "((((((((((a",
            "\"",
            "'",
            ",",
            ";",
            "\n",
            "\r\n\r\n",
            "\t",
            "- ",
            ": ",
            "&a [*a]",
            "!!java.net.URL [\"http://127.0.0.1\"]",
            "|",
            "=");

    private static final List<Integer> STATUSES =
            List.of(200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503);
    private static final List<String> HEADERS = List.of(
            "Retry-After",
            "retry-after-ms",
            "Date",
            "Content-Type",
            "X-RateLimit-Remaining",
            "x-ratelimit-reset",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests",
            "x-remaining-today",
            "X-WP-TotalPages",
            "X-Shopify-API-Version",
            "X-Message-Id",
            "Link",
            "Location");

    private Shapes() {}

    static byte[] input(Target target, Choices c) {
        if (target.seeds().isEmpty() || c.once(8)) {
            return c.bytes(LONG);
        }
        byte[] seed = c.one(target.seeds());
        return switch (target.form()) {
            case JSON -> json(seed, target, c);
            case ANSWER -> answers(seed, target, c);
            case TEXT -> text(seed, target, c);
            case BYTES -> bytes(seed, c);
        };
    }

    private static byte[] answers(byte[] seed, Target target, Choices c) {
        List<Answer> answers = new ArrayList<>(Answer.all(seed));
        if (c.once(3)) {
            answers.addAll(Answer.all(c.one(target.seeds())));
        }
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            int status = c.once(4) ? c.one(STATUSES) : answer.status();
            Map<String, String> headers = new LinkedHashMap<>(answer.headers());
            if (c.once(4)) {
                headers.put(c.one(HEADERS), latin(c.once(3) ? c.text(20) : c.one(ODD)));
            }
            byte[] body = answer.body();
            if (!c.once(6)) {
                body = parsed(body) == null ? text(body, target, c) : json(body, target, c);
            }
            answers.set(i, new Answer(status, headers, body));
        }
        return Answer.bytes(answers);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                .replaceAll("[\r\n]", " ");
    }

    private static byte[] json(byte[] seed, Target target, Choices c) {
        JsonNode tree = parsed(seed);
        if (tree == null || c.once(12)) {
            return text(seed, target, c);
        }
        ArrayNode root = JSON.createArrayNode().add(tree);
        for (int i = c.below(5); i >= 0; i--) {
            change(root, c);
        }
        try {
            return JSON.writeValueAsBytes(root.size() == 1 ? root.get(0) : root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One node of the tree. */
    private static void change(ArrayNode root, Choices c) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode in = c.one(containers);
        JsonNode value = odd(containers, c);
        if (in instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = c.one(names);
            switch (c.below(8)) {
                case 1 -> object.remove(name);
                case 2 -> object.set(c.one(ODD), value);
                case 3 -> object.set(name, JSON.createArrayNode().add(object.get(name)));
                case 4 -> object.put(name, String.valueOf(object.get(name)));
                default -> object.set(name, value);
            }
        } else if (in instanceof ArrayNode array && !array.isEmpty()) {
            int at = c.below(array.size());
            switch (c.below(6)) {
                case 1 -> array.remove(at);
                case 2 -> array.add(array.get(at).deepCopy());
                case 3 -> array.insert(at, value);
                default -> array.set(at, value);
            }
        } else if (in instanceof ArrayNode array) {
            array.add(value);
        }
    }

    private static JsonNode odd(List<JsonNode> known, Choices c) {
        return switch (c.below(5)) {
            case 1, 2 -> JsonNodeFactory.instance.rawValueNode(new RawValue(c.one(ODD_JSON)));
            case 3 -> c.one(known).deepCopy();
            case 4 -> JsonNodeFactory.instance.textNode(c.text(40));
            default -> JsonNodeFactory.instance.textNode(c.one(ODD));
        };
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> collect(child, into));
        }
    }

    private static @Nullable JsonNode parsed(byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            return tree != null && tree.isContainerNode() ? tree : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] text(byte[] seed, Target target, Choices c) {
        StringBuilder text = new StringBuilder(Target.utf8(seed));
        for (int i = c.below(5); i >= 0; i--) {
            int at = c.below(text.length() + 1);
            int end = Math.min(text.length(), at + c.below(c.once(4) ? text.length() + 1 : 12));
            switch (c.below(6)) {
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> {
                    String other = Target.utf8(c.one(target.seeds()));
                    int from = c.below(other.length() + 1);
                    text.replace(at, end, other.substring(from, Math.min(other.length(), from + c.below(200))));
                }
                case 4 -> text.replace(at, end, c.text(20));
                default -> text.replace(at, end, c.one(ODD));
            }
        }
        return Target.utf8(text.toString());
    }

    private static byte[] bytes(byte[] seed, Choices c) {
        byte[] bytes = seed.clone();
        for (int i = c.below(6); i >= 0 && bytes.length > 0; i--) {
            int at = c.below(bytes.length);
            switch (c.below(5)) {
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 ->
                    Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + c.below(8)), (byte) (c.once(2) ? 0xff : 0));
                case 3 -> {
                    byte[] other = c.bytes(8);
                    System.arraycopy(other, 0, bytes, at, Math.min(other.length, bytes.length - at));
                }
                default -> bytes[at] = (byte) c.below(256);
            }
        }
        return bytes;
    }
}
