package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Plain text out of what suppliers send as text: entities resolved, emoji, control characters and angle brackets gone. */
final class ProductText {

    private static final Pattern NOT_TEXT =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{Sm}\\p{Sc}\\p{Zs}°]|[<>™©®℠℗]");

    private ProductText() {}

    /** One line, possibly empty. */
    static String plain(String text) {
        if (isPlain(text)) {
            return text;
        }
        String resolved = Parser.unescapeEntities(text, false);
        return Fold.clean(NOT_TEXT.matcher(Fold.clean(NOT_TEXT.matcher(resolved).replaceAll(" ")))
                        .replaceAll(" "))
                .strip();
    }

    /** Most labels: nothing of what is resolved, removed or collapsed can be in them. */
    private static boolean isPlain(String text) {
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || "<>&^`".indexOf(c) >= 0 || (space && c == ' ')) {
                return false;
            }
            space = c == ' ';
        }
        return !space;
    }

    /** At most {@code max} characters, whole words where there are any. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        int space = text.lastIndexOf(' ', end);
        return text.substring(0, space > max / 2 ? space : end).strip();
    }
}
