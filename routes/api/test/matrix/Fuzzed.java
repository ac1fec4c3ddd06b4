package io.caravan.hub.routes.api.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to an operation of the contract.
 *
 * @param template path of the contract
 * @param parts name to what stands in the path, encoded
 * @param query {@code name=value}, encoded
 * @param body null for none
 */
record Fuzzed(
        String method,
        String template,
        Map<String, String> parts,
        List<String> query,
        Map<String, String> headers,
        byte @Nullable [] body) {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "0",
            "-1",
            "99999999999999999999",
            "1e400",
            "NaN",
            "null",
            "true",
            "[]",
            "..",
            "'",
            "\u202eabc",
            "a".repeat(64),
            "a".repeat(65),
            "a".repeat(2_000),
            "${body}",
            "{{" + MatrixHub.CANARY_NAME + "}}",
            "\t",
            "\u0000",
            "ä",
            "💥",
            "MXw",
            "OTk5OTk5OTk5OTk5OTk5OTk5OTl8YQ");
    /** As they stand in an address. */
    private static final List<String> RAW =
            List.of("%00", "%2e%2e%2f", "%2F", "%5c", ";x=1", "%c0%af", "%ff", "%0d%0aX:%201", "*", "+", "%7B%7B", "");

    private static final List<String> ODD_JSON = List.of(
            "null",
            "true",
            "-1",
            "0.1",
            "1e999",
            "1e-999",
            "99999999999999999999999",
            "9223372036854775807",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"{{" + MatrixHub.CANARY_NAME + "}}\"",
            "\"${header.x}\"",
            "[]",
            "{}",
            "[[[[[[]]]]]]",
            "[null]",
            "{\"a\":{\"a\":{\"a\":1}}}",
            "{\"$ref\":\"#\"}",
            "\"" + "x".repeat(70_000) + "\"");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/csv",
            "*/*",
            "/");
    private static final String CSV = "text/csv";

    /**
     * What the contract allows.
     *
     * @param example whether the body is the contract's own example, as it stands there
     */
    static Fuzzed valid(
            String method, String template, Operation operation, Seen seen, Random random, boolean example) {
        Values values = new Values(template, seen, random);
        Map<String, String> parts = new LinkedHashMap<>();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (Parameter parameter : Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())) {
            String name = parameter.getName();
            boolean wanted = Boolean.TRUE.equals(parameter.getRequired()) || random.nextInt(3) == 0;
            if (parameter.getIn().equals("path")) {
                parts.put(name, encoded(text(values.of(name, parameter.getSchema()))));
            } else if (name.equals("cursor")) {
                // one that the list itself gave, and nothing else
                String next = wanted ? seen.any(template, name, random, any -> true) : null;
                if (next != null) {
                    query.add(name + "=" + encoded(next));
                }
            } else if (name.equals("Idempotency-Key")) {
                if (wanted) {
                    headers.put(name, MatrixHub.newKey());
                }
            } else if (parameter.getIn().equals("query") && wanted) {
                query.add(name + "=" + encoded(text(values.of(name, parameter.getSchema()))));
            } else if (parameter.getIn().equals("header") && random.nextInt(3) == 0) {
                String told = String.valueOf(parameter.getExample());
                headers.put(
                        name, printable(random.nextBoolean() ? told : text(values.of(name, parameter.getSchema()))));
            }
        }
        return new Fuzzed(method, template, parts, query, headers, body(operation, values, headers, random, example));
    }

    private static byte @Nullable [] body(
            Operation operation, Values values, Map<String, String> headers, Random random, boolean example) {
        if (operation.getRequestBody() == null
                || (!example
                        && !Boolean.TRUE.equals(operation.getRequestBody().getRequired())
                        && random.nextInt(4) == 0)) {
            return null;
        }
        MediaType json = MatrixHub.json(operation);
        if (json == null) {
            headers.put("Content-Type", CSV);
            return csv(values, random);
        }
        if (example) {
            return bytes(MatrixHub.JSON.valueToTree(MatrixHub.example(operation)));
        }
        // the contract's examples reach further into the hub than words that no vendor has
        JsonNode any = values.of("", json.getSchema());
        if (random.nextBoolean()
                && MatrixHub.JSON.valueToTree(MatrixHub.example(operation)) instanceof ObjectNode both) {
            any.properties().forEach(member -> {
                if (random.nextInt(4) == 0) {
                    both.set(member.getKey(), member.getValue());
                }
            });
            any = both;
        }
        return bytes(any);
    }

    /** A file of products: its columns in any order, cells that hold and cells that do not. */
    private static byte[] csv(Values values, Random random) {
        List<String> columns = new ArrayList<>(List.of("source_url", "markup_percent", "tags", "shop"));
        java.util.Collections.shuffle(columns, random);
        while (columns.size() > 1 && random.nextBoolean()) {
            columns.remove(columns.get(0).equals("source_url") ? 1 : 0);
        }
        StringBuilder file = new StringBuilder(String.join(",", columns)).append("\r\n");
        io.swagger.v3.oas.models.media.StringSchema text = new io.swagger.v3.oas.models.media.StringSchema();
        text.maxLength(60);
        for (int row = 1 + random.nextInt(5); row > 0; row--) {
            file.append(columns.stream()
                            .map(column -> column.equals("markup_percent") && random.nextBoolean()
                                    ? String.valueOf(random.nextInt(200))
                                    : text(values.of(column, text)))
                            .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same with one to three things that nobody allowed. */
    Fuzzed mutated(Random random) {
        Fuzzed now = this;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            now = now.once(random);
        }
        return now;
    }

    private Fuzzed once(Random random) {
        String odd = ODD.get(random.nextInt(ODD.size()));
        String raw = random.nextBoolean() ? encoded(odd) : RAW.get(random.nextInt(RAW.size()));
        byte[] sent = body == null ? new byte[0] : body;
        switch (random.nextInt(body == null ? 6 : 16)) {
            case 0, 1:
                return inPath(raw, random);
            case 2, 3:
                return inQuery(raw, random);
            case 4:
                return header("Idempotency-Key", random.nextInt(4) == 0 ? "" : printable(odd));
            case 5:
                return body == null
                        ? with(bytes(json(odd))).header("Content-Type", "application/json")
                        : header("Content-Type", TYPES.get(random.nextInt(TYPES.size())));
            case 6:
                return with(Arrays.copyOf(sent, random.nextInt(sent.length + 1)));
            case 7:
                byte[] flipped = sent.clone();
                if (flipped.length > 0) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
                }
                return with(flipped);
            case 8:
                // the first member twice
                return with(new String(sent, StandardCharsets.UTF_8)
                        .replaceFirst("\\{(\"[^\"]+\":)", "{$1" + (random.nextBoolean() ? "1" : "null") + ",$1")
                        .getBytes(StandardCharsets.UTF_8));
            case 9:
                return with(("[".repeat(random.nextInt(2_000)) + new String(sent, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
            case 10:
                return with((ODD_JSON.get(random.nextInt(ODD_JSON.size()))).getBytes(StandardCharsets.UTF_8));
            default:
                return changed(sent, random);
        }
    }

    private Fuzzed inPath(String raw, Random random) {
        if (parts.isEmpty()) {
            return inQuery(raw, random);
        }
        Map<String, String> more = new LinkedHashMap<>(parts);
        more.put(new ArrayList<>(parts.keySet()).get(random.nextInt(parts.size())), raw);
        return new Fuzzed(method, template, more, query, headers, body);
    }

    private Fuzzed inQuery(String raw, Random random) {
        List<String> more = new ArrayList<>(query);
        List<String> known =
                query.stream().map(one -> one.substring(0, one.indexOf('='))).toList();
        String name = known.isEmpty() || random.nextInt(3) == 0
                ? List.of("limit", "cursor", "unknown", "format", "from", "state", "account", "%00", "")
                        .get(random.nextInt(9))
                : known.get(random.nextInt(known.size()));
        if (random.nextBoolean()) {
            more.removeIf(one -> one.startsWith(name + "="));
        }
        more.add(name + "=" + raw);
        return new Fuzzed(method, template, parts, more, headers, body);
    }

    /** A member, wherever it is, with another value, another name, or gone; of a file, a piece of it. */
    private Fuzzed changed(byte[] sent, Random random) {
        JsonNode parsed = json(new String(sent, StandardCharsets.UTF_8));
        List<ObjectNode> objects = new ArrayList<>();
        collect(parsed, objects);
        if (objects.isEmpty()) {
            String text = new String(sent, StandardCharsets.UTF_8);
            int at = random.nextInt(text.length() + 1);
            return with((text.substring(0, at)
                            + List.of(",", "\"", "\n", "\u0000", ";", "\ufeff").get(random.nextInt(6))
                            + text.substring(at))
                    .getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "any" : names.get(random.nextInt(names.size()));
        int what = random.nextInt(5);
        if (what == 0) {
            object.remove(name);
        } else if (what == 1) {
            object.put(ODD.get(random.nextInt(ODD.size())), "unknown member");
        } else {
            object.putRawValue(name, new RawValue(ODD_JSON.get(random.nextInt(ODD_JSON.size()))));
        }
        return with(bytes(parsed));
    }

    private static void collect(JsonNode node, List<ObjectNode> into) {
        if (node instanceof ObjectNode object) {
            into.add(object);
        }
        node.forEach(child -> collect(child, into));
    }

    /** With its query. */
    String path() {
        String path = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            path = path.replace("{" + part.getKey() + "}", part.getValue());
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    Fuzzed with(byte @Nullable [] newBody) {
        return new Fuzzed(method, template, parts, query, headers, newBody);
    }

    /** @param value empty takes the header away */
    Fuzzed header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.remove(name);
        if (!value.isEmpty()) {
            more.put(name, value);
        }
        return new Fuzzed(method, template, parts, query, more, body);
    }

    Fuzzed headers(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new Fuzzed(method, template, parts, query, more, body);
    }

    /** The client refuses to send others. */
    private static String printable(String text) {
        String kept = text.chars()
                .filter(c -> c >= ' ' && c < 0x7f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return kept.isEmpty() ? "k" : kept;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Null in JSON when it is none. */
    private static JsonNode json(String text) {
        try {
            return Objects.requireNonNullElse(MatrixHub.JSON.readTree(text), NullNode.instance);
        } catch (IOException e) {
            return NullNode.instance;
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MatrixHub.JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return method + " " + path() + " " + headers + " "
                + (body == null ? "" : new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.UTF_8));
    }
}
