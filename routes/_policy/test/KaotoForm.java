package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Writes a route file or a Kamelet byte for byte as the Kaoto editor does on save: keys in Kaoto's order, plain text
 * where YAML 1.1 would read it back as text, folded at 80 characters. So whoever saves in Kaoto changes only what they
 * meant to change. Shape: in, the file as data; out, its text. Source: Kaoto 2.7.1 with yaml 2.9.1, read 2026-11-20;
 * the golden text in {@link KaotoFormTest} was written by Kaoto itself.
 */
final class KaotoForm {

    private static final int WIDTH = 80;
    private static final int LEAST = 20;
    private static final int NO_KEY = -1;

    private static final List<String> ROUTE_KEYS = List.of("id", "description", "uri", "parameters", "steps");
    private static final List<String> KAMELET_KEYS =
            List.of("apiVersion", "kind", "metadata", "spec", "source", "steps", "sink");
    private static final List<String> ENTITIES = List.of(
            "restConfiguration",
            "rest",
            "routeConfiguration",
            "route",
            "errorHandler",
            "onException",
            "onCompletion",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "beans");

    /** The alphabet of JavaScript's localeCompare for the characters that keys are made of. */
    private static final String ALPHABET = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz";

    private static final Pattern NOT_PLAIN = Pattern.compile("^[ ,\\[\\]{}#&*!|>'\"%@`]|^[?-]$|^[?-] |: | #|[ :]$");
    private static final Pattern READ_AS_OTHER = Pattern.compile(
            String.join(
                    "|",
                    "|~|[Nn]ull|NULL",
                    "Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON|N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF",
                    "[-+]?0b[01_]+|[-+]?[0-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+",
                    "[-+]?\\.(inf|Inf|INF)|\\.nan|\\.NaN|\\.NAN",
                    "[-+]?([0-9][0-9_]*)?(\\.[0-9_]*)?[eE][-+]?[0-9]+|[-+]?([0-9][0-9_]*)?\\.[0-9_]*",
                    "[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?",
                    "\\d{4}-\\d{1,2}-\\d{1,2}(([tT]|[ \\t]+)\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d+)?([ \\t]*(Z|[-+][012]?\\d(:\\d{2})?))?)?"));
    private static final Pattern MANY_LINES = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    private final Comparator<String> order;

    private KaotoForm(List<String> first) {
        order = Comparator.<String>comparingInt(key -> first.contains(key) ? first.indexOf(key) : first.size())
                .thenComparing(KaotoForm::compareWords)
                .thenComparing(Comparator.reverseOrder());
    }

    /** @throws IllegalArgumentException for a text of several lines: it belongs into a bean or a file */
    static String of(JsonNode root) {
        if (root.isArray()) {
            List<JsonNode> entities = StreamSupport.stream(root.spliterator(), false)
                    .sorted(Comparator.comparingInt(KaotoForm::rank))
                    .toList();
            return new KaotoForm(ROUTE_KEYS).list(entities, "") + "\n";
        }
        return new KaotoForm(KAMELET_KEYS).write(root, "", NO_KEY) + "\n";
    }

    private static int rank(JsonNode entity) {
        int rank = ENTITIES.indexOf(entity.fieldNames().next());
        return rank < 0 ? ENTITIES.size() : rank;
    }

    private static int compareWords(String one, String other) {
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            int by = place(one.charAt(i)) - place(other.charAt(i));
            if (by != 0) {
                return by;
            }
        }
        return one.length() - other.length();
    }

    private static int place(char letter) {
        int place = ALPHABET.indexOf(Character.toLowerCase(letter));
        if (place < 0) {
            throw new IllegalArgumentException("a key with the character " + letter);
        }
        return place;
    }

    /** @param key length of the key and colon before the value, or {@link #NO_KEY} in a list */
    private String write(JsonNode node, String indent, int key) {
        if (node.isArray()) {
            return list(StreamSupport.stream(node.spliterator(), false).toList(), indent);
        }
        if (node.isObject()) {
            Stream<Map.Entry<String, JsonNode>> pairs =
                    node.properties().stream().sorted(Map.Entry.comparingByKey(order));
            List<String> lines = pairs.map(pair -> pair(pair.getKey(), pair.getValue(), indent))
                    .toList();
            return lines.isEmpty() ? "{}" : String.join("\n" + indent, lines);
        }
        if (node.isFloatingPointNumber() && node.canConvertToExactIntegral()) {
            return node.bigIntegerValue().toString();
        }
        return node.isTextual() ? text(node.textValue(), indent, key) : node.asText();
    }

    private String list(List<JsonNode> nodes, String indent) {
        List<String> lines = nodes.stream()
                .map(node -> "- " + write(node, indent + "  ", NO_KEY))
                .toList();
        return lines.isEmpty() ? "[]" : String.join("\n" + indent, lines);
    }

    private String pair(String key, JsonNode value, String indent) {
        String name = (isPlain(key) ? key : quoted(key)) + ":";
        String deeper = indent + "  ";
        String written = write(value, deeper, name.length() + 1);
        if (value.isContainerNode() && !value.isEmpty()) {
            return name + "\n" + deeper + written;
        }
        return name + (written.startsWith("\n") ? "" : " ") + written;
    }

    private static String text(String text, String indent, int key) {
        if (MANY_LINES.matcher(text).find()) {
            throw new IllegalArgumentException("several lines or a control character in: " + text);
        }
        return isPlain(text) ? fold(text, indent, key, false) : fold(quoted(text), indent, key, !hasOnlyDouble(text));
    }

    private static boolean isPlain(String text) {
        return !NOT_PLAIN.matcher(text).find() && !READ_AS_OTHER.matcher(text).matches();
    }

    private static boolean hasOnlyDouble(String text) {
        return text.contains("\"") && !text.contains("'");
    }

    private static String quoted(String text) {
        return hasOnlyDouble(text)
                ? "'" + text + "'"
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Breaks at the last blank before the edge; double quotes may break inside a word, with a backslash. */
    private static String fold(String text, String indent, int key, boolean escapes) {
        int step = Math.max(1 + LEAST, 1 + WIDTH - indent.length());
        if (text.length() <= step) {
            return text;
        }
        List<Integer> folds = new ArrayList<>();
        if (key > WIDTH - LEAST) {
            folds.add(0);
        }
        int end = WIDTH - (key == NO_KEY || key > WIDTH - LEAST ? indent.length() : key);
        int blank = 0;
        int escape = -1;
        int escapeEnd = -1;
        for (int i = 0; i < text.length(); i++) {
            if (escapes && text.charAt(i) == '\\') {
                escape = i;
                escapeEnd = ++i;
            } else if (isBreak(text, i)) {
                blank = i;
            }
            if (i < end) {
                continue;
            }
            if (blank == 0 && escapes) {
                while (i < text.length() - 1 && text.charAt(i - 1) == ' ') {
                    i++;
                }
                blank = -(i > escapeEnd + 1 ? i - 2 : escape - 1);
            }
            if (blank != 0) {
                folds.add(blank);
                end = Math.abs(blank) + step;
                blank = 0;
            }
        }
        return broken(text, indent, folds);
    }

    private static boolean isBreak(String text, int at) {
        return at > 0
                && at < text.length() - 1
                && text.charAt(at) == ' '
                && text.charAt(at - 1) != ' '
                && text.charAt(at + 1) != ' ';
    }

    /** @param folds places in the text; 0 starts on a new line, a negative one breaks a word behind that place */
    private static String broken(String text, String indent, List<Integer> folds) {
        StringBuilder lines = new StringBuilder();
        int from = 0;
        for (int fold : folds) {
            lines.append(text, from, fold < 0 ? 1 - fold : fold);
            lines.append(fold < 0 ? "\\\n" : "\n").append(indent);
            from = fold == 0 ? 0 : Math.abs(fold) + 1;
        }
        return lines.append(text.substring(from)).toString();
    }
}
