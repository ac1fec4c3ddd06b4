package io.caravan.hub.enrich.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON for prompts, which carry text of strangers. No text can leave its string: quotes and backslashes are escaped, so
 * are the signs that end a tag or a code fence around the JSON. What a person cannot see (controls, bidi marks, zero
 * width and tag characters, lone surrogates) is dropped or becomes a space, so that a model reads what a reviewer reads.
 */
public final class JsonText {

    private static final int MAX_DEPTH = 12;

    private JsonText() {}

    /** JSON that is already right and is put in as it is. */
    public record Raw(String json) {}

    /**
     * @param value map (keys as text), collection, string, number, boolean, {@link Raw} or null; anything else is
     *     written as the string that its {@code toString} gives
     */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out, int depth) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Raw raw) {
            out.append(raw.json());
        } else if (isPlainNumber(value)) {
            out.append(value);
        } else if (value instanceof Map<?, ?> map && depth < MAX_DEPTH) {
            List<String> members = new ArrayList<>();
            map.forEach((key, member) -> members.add(quote(String.valueOf(key)) + ":" + nested(member, depth)));
            out.append('{').append(String.join(",", members)).append('}');
        } else if (value instanceof Collection<?> items && depth < MAX_DEPTH) {
            List<String> members = new ArrayList<>();
            items.forEach(item -> members.add(nested(item, depth)));
            out.append('[').append(String.join(",", members)).append(']');
        } else if (value instanceof Map || value instanceof Collection) {
            out.append("\"(too deep)\"");
        } else {
            out.append(quote(String.valueOf(value)));
        }
    }

    private static String nested(@Nullable Object value, int depth) {
        StringBuilder out = new StringBuilder();
        write(value, out, depth + 1);
        return out.toString();
    }

    /** Doubles that JSON cannot say become strings. */
    private static boolean isPlainNumber(Object value) {
        return value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || (value instanceof Double d && Double.isFinite(d))
                || (value instanceof Float f && Float.isFinite(f));
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '<', '>', '&', '`' -> out.append(String.format("\\u%04x", c));
                default -> {
                    if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                        out.append(' ');
                    } else if (!Fold.isInvisible(c)) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
