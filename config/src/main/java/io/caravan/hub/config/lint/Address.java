package io.caravan.hub.config.lint;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An endpoint as Camel has it: the options of YAML's {@code parameters} and those of a query are the same thing here.
 *
 * @param scheme {@code kafka}; empty when the text begins with an expression
 * @param path what stands between scheme and options
 * @param options by name in lower case without dashes, as Camel takes {@code autoCommitEnable} and {@code auto-commit-enable} alike
 */
public record Address(String text, String scheme, String path, Map<String, String> options) {

    static Address of(String text) {
        int query = outside(text, '?', 0);
        String before = query < 0 ? text : text.substring(0, query);
        int colon = outside(before, ':', 0);
        String scheme = colon < 0 ? plain(before) : before.substring(0, colon);
        String path = colon < 0 ? "" : before.substring(colon + 1).replaceFirst("^//", "");
        return new Address(
                text, scheme.toLowerCase(Locale.ROOT), path, query < 0 ? Map.of() : options(text.substring(query + 1)));
    }

    /** Empty when it is not given. */
    public String option(String name) {
        return options.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    boolean has(String name) {
        return options.containsKey(name.toLowerCase(Locale.ROOT));
    }

    boolean is(String name, String value) {
        return option(name).equalsIgnoreCase(value);
    }

    boolean isHttp() {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static String plain(String text) {
        return text.startsWith("$") ? "" : text;
    }

    private static Map<String, String> options(String query) {
        Map<String, String> found = new LinkedHashMap<>();
        for (int from = 0; from >= 0 && from < query.length(); ) {
            int end = outside(query, '&', from);
            String one = query.substring(from, end < 0 ? query.length() : end);
            int equals = outside(one, '=', 0);
            String name = equals < 0 ? one : one.substring(0, equals);
            String value = equals < 0 ? "" : one.substring(equals + 1);
            found.put(name.replace("-", "").toLowerCase(Locale.ROOT), value.replaceFirst("^RAW[({](.*)[)}]$", "$1"));
            from = end < 0 ? -1 : end + 1;
        }
        return found;
    }

    /** Where the character stands first outside an expression or a placeholder; -1 when nowhere. */
    private static int outside(String text, char wanted, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == wanted && depth <= 0) {
                return i;
            }
        }
        return -1;
    }
}
