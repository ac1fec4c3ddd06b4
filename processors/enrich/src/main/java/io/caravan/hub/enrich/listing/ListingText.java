package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The characters that marketplaces take. Titles: letters, decimal digits, punctuation, mathematical signs, spaces; tags:
 * letters, decimal digits, spaces, hyphen, apostrophe. The trademark signs, which would be allowed, are not ours to use.
 *
 * @see <a href="https://developers.etsy.com/documentation/reference#operation/createDraftListing">title and tags, read
 *     2026-11-20</a>
 */
final class ListingText {

    static final Pattern ILLEGAL_IN_TITLE = Pattern.compile("[^\\p{L}\\p{Nd}\\p{P}\\p{Sm}\\p{Zs}™©®]");
    static final Pattern ILLEGAL_IN_TAG = Pattern.compile("[^\\p{L}\\p{Nd}\\p{Zs}\\-'™©®]");
    /** Each of these may stand in a title once. */
    static final String ONCE_IN_TITLE = "%:&+";

    private static final Pattern MARKS_OF_OTHERS = Pattern.compile("[™©®℠℗]");
    private static final Pattern COMBINING = Pattern.compile("\\p{M}");

    private ListingText() {}

    /** Words of legal characters. A word that cannot be written without combining marks is left out whole. */
    static List<String> titleWords(String text) {
        return words(text, c -> c != '<' && c != '>' && matchesNot(ILLEGAL_IN_TITLE, c), "");
    }

    /** As {@link #titleWords}; an illegal character parts two words. */
    static List<String> tagWords(String text) {
        String straight = text.replace('’', '\'').replace('‘', '\'');
        return words(lower(straight), c -> matchesNot(ILLEGAL_IN_TAG, c), " ");
    }

    private static List<String> words(String text, IntPredicate legal, String instead) {
        String clean = Fold.clean(MARKS_OF_OTHERS.matcher(text).replaceAll(""));
        List<String> words = new ArrayList<>();
        for (String word : clean.split(" ")) {
            if (!COMBINING.matcher(word).find()) {
                StringBuilder kept = new StringBuilder();
                word.codePoints().forEach(c -> {
                    if (legal.test(c)) {
                        kept.appendCodePoint(c);
                    } else {
                        kept.append(instead);
                    }
                });
                for (String part : kept.toString().split(" ")) {
                    String bare = bare(part);
                    if (!bare.isEmpty()) {
                        words.add(bare);
                    }
                }
            }
        }
        return words;
    }

    /** Without what is neither letter nor digit at both ends; {@code 100%} stays. */
    private static String bare(String word) {
        int[] c = word.codePoints().toArray();
        int from = 0;
        int to = c.length;
        while (from < to && !Character.isLetterOrDigit(c[from])) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(c[to - 1])) {
            to--;
        }
        boolean percent = to > from && to < c.length && c[to] == '%' && Character.isDigit(c[to - 1]);
        return new String(c, from, to - from) + (percent ? "%" : "");
    }

    /** Code point by code point: a letter stays one letter, which {@code String.toLowerCase} does not promise. */
    static String lower(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean matchesNot(Pattern illegal, int c) {
        return !illegal.matcher(Character.toString(c)).matches();
    }
}
