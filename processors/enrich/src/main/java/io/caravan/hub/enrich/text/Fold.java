package io.caravan.hub.enrich.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brings different spellings of the same text together. Language-neutral: no dictionary, no locale. Every function is
 * defined for any {@code String}, lone surrogates included, and folding a folded text changes nothing.
 */
public final class Fold {

    /** Pairs of a letter and the Latin letter or the ASCII sign that it looks like. */
    private static final Map<Integer, Integer> LOOKS_LIKE =
            pairs("аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdɡgһhӏlαaβbεeιiκkνnοoρpτtυuχx"
                    + "ɑaɩiłløođdʜhɪiɴnʀrʏyʟlʙbɢgꜰfꜱsᴀaᴄcᴅdᴇeᴊjᴋkᴍmᴏoᴘpᴛtᴜuᴠvᴡwᴢz。.｡.∶:꞉:ː:∕/⁄/‐-‑-–-—-−-’'‘'‹<›>");

    private Fold() {}

    /** NFKC, controls and line breaks to spaces, what cannot be seen removed, spaces collapsed; case is kept. */
    public static String clean(String text) {
        return untilStable(text, Fold::cleanOnce);
    }

    /** {@link #clean} and caseless: {@code "Straße"} and {@code "STRASSE"} are the same. */
    public static String text(String text) {
        if (isAscii(text)) {
            return cleanOnce(text.toLowerCase(Locale.ROOT));
        }
        return untilStable(
                text,
                once -> cleanOnce(cleanOnce(once).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))
                        .replace('ς', 'σ'));
    }

    /** Only the letters, marks and digits of {@link #text}; of a text without any, all of it without spaces. */
    public static String key(String text) {
        String folded = text(text);
        String key = keep(folded.codePoints().filter(c -> Character.isLetterOrDigit(c) || isMark(c)));
        return key.isEmpty() ? folded.replace(" ", "") : text(key);
    }

    /**
     * {@link #text} without accents, with look-alikes (Cyrillic, Greek, small capitals, boxed letters, foreign digits)
     * as plain Latin. For comparing with word lists and patterns only: it is lossy and not fit to be shown.
     */
    public static String plain(String text) {
        if (isAscii(text)) {
            return text(text);
        }
        String stripped = keep(Normalizer.normalize(text(boxed(text)), Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> !isMark(c))
                .map(Fold::latin));
        return text(stripped);
    }

    /** At most {@code max} UTF-16 units, never half a surrogate pair. */
    public static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }

    /** {@link #cut} that ends between two words when there is a space in the second half. */
    public static String cutAtWord(String text, int max) {
        String cut = cut(text, max);
        if (cut.length() == text.length() || text.charAt(cut.length()) == ' ') {
            return cut.strip();
        }
        int space = cut.lastIndexOf(' ');
        return (space >= max / 2 ? cut.substring(0, space) : cut).strip();
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static String untilStable(String text, UnaryOperator<String> step) {
        String now = text;
        for (int i = 0; i < 8; i++) {
            String next = step.apply(now);
            if (next.equals(now)) {
                return next;
            }
            now = next;
        }
        return now;
    }

    private static String cleanOnce(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        String normal = isAscii(text) ? text : Normalizer.normalize(withoutMarks(text), Normalizer.Form.NFKC);
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                space = true;
            } else if (!isInvisible(c)) {
                if (space && out.length() > 0) {
                    out.append(' ');
                }
                space = false;
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    /** NFKC would make letters of them: {@code NIKETM}. */
    private static String withoutMarks(String text) {
        return text.replace("™", "").replace("℠", "");
    }

    /** Most keywords; worth a way of their own because every signal is folded several times. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Format characters (zero width, bidi, tags), variation selectors, fillers, and what Unicode leaves undefined. */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
            default ->
                (c >= 0xFE00 && c <= 0xFE0F)
                        || (c >= 0xE0100 && c <= 0xE01EF)
                        || (c >= 0x180B && c <= 0x180F)
                        || c == 0x034F
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0
                        || c == 0x2800;
        };
    }

    /** Flags' and boxed letters, which no normal form takes apart. */
    private static String boxed(String text) {
        return keep(text.codePoints().map(c -> {
            for (int first : new int[] {0x1F1E6, 0x1F150, 0x1F170}) {
                if (c >= first && c < first + 26) {
                    return 'a' + c - first;
                }
            }
            return c;
        }));
    }

    private static int latin(int c) {
        if (c < 0x80) {
            return c;
        }
        if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
            return '0' + Character.digit(c, 10);
        }
        return LOOKS_LIKE.getOrDefault(c, c);
    }

    private static Map<Integer, Integer> pairs(String text) {
        int[] c = text.codePoints().toArray();
        return IntStream.range(0, c.length / 2).boxed().collect(Collectors.toMap(i -> c[2 * i], i -> c[2 * i + 1]));
    }

    private static String keep(IntStream codePoints) {
        return codePoints
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
