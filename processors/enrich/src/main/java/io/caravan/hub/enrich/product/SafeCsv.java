package io.caravan.hub.enrich.product;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180) that a spreadsheet does not take for formulas. Our own twenty lines, because a line is text in
 * and text out here, and CSV libraries write to streams, which this room does not know.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection, read 2026-11-20</a>
 */
public final class SafeCsv {

    /** Full-width signs are formulas for some spreadsheets, too; a line feed may hide one. */
    private static final String DANGEROUS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    private SafeCsv() {}

    /** One line with its line break; a null is an empty cell. Negative numbers given as {@link Number} stay numbers. */
    public static String line(List<? extends @Nullable Object> cells) {
        return cells.stream().map(SafeCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean number = value instanceof Number && NUMBER.matcher(text).matches();
        if (!number && !text.isEmpty() && DANGEROUS.indexOf(firstVisible(text)) >= 0) {
            text = "'" + text;
        }
        boolean quote =
                text.chars().anyMatch(c -> c == ',' || c == ';' || c == '"' || c == '\r' || c == '\n' || c == '\t')
                        || !text.equals(text.strip());
        return quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /** Spreadsheets strip spaces before they look for the sign. */
    private static char firstVisible(String text) {
        int i = 0;
        while (i < text.length() - 1
                && (text.charAt(i) == ' ' || text.charAt(i) == '\u00A0' || text.charAt(i) == '\0')) {
            i++;
        }
        return text.charAt(i);
    }
}
