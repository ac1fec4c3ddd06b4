package io.caravan.hub.enrich.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of words and phrases that a text is searched for. A term is found as whole words, however it is spelled: other
 * case, accents or look-alike letters ({@code NÏKE}), spaced out ({@code n i k e}), taken apart ({@code dis ney}), run
 * together ({@code harrypotter}), with digits for letters ({@code n1ke}). {@code "mar"} is not found in {@code "market"}.
 * Terms in scripts without spaces are found anywhere.
 */
public final class Terms {

    /** Runs of single letters are joined from this length on, taken-apart words from {@link #MIN_APART} on. */
    private static final int MIN_SPACED = 3;

    private static final int MIN_APART = 6;
    private static final int MAX_PIECES = 4;

    private final Map<String, String> phrases = new HashMap<>();
    private final Map<String, String> joined = new HashMap<>();
    private final Map<String, String> anywhere = new HashMap<>();
    private int longestPhrase = 1;
    private int longestJoined = 1;

    private Terms() {}

    /**
     * @throws IllegalArgumentException naming a term that holds no letter and no digit
     */
    public static Terms of(Collection<String> terms) {
        Terms all = new Terms();
        terms.forEach(all::add);
        return all;
    }

    /** The terms that the text holds, as the list writes them, in the order of their appearance. */
    public List<String> find(String text) {
        Set<String> found = new LinkedHashSet<>();
        String plain = Fold.plain(text);
        collect(plain, found);
        for (char one : new char[] {'i', 'l'}) {
            String letters = digitsAsLetters(plain, one);
            if (!letters.equals(plain)) {
                collect(letters, found);
            }
        }
        return List.copyOf(found);
    }

    public boolean in(String text) {
        return !find(text).isEmpty();
    }

    /** The text without the words that form a term, its spaces collapsed; nothing of the list is found in it. */
    public String removeFrom(String text) {
        List<String> words = new ArrayList<>(List.of(Fold.clean(text).split(" ")));
        int size = 1;
        while (size <= words.size()) {
            int at = firstWindow(words, size);
            if (at < 0) {
                size++;
            } else {
                words.subList(at, at + size).clear();
                size = 1;
            }
        }
        return String.join(" ", words).strip();
    }

    private int firstWindow(List<String> words, int size) {
        if (!in(String.join(" ", words))) {
            return -1;
        }
        for (int i = 0; i + size <= words.size(); i++) {
            if (in(String.join(" ", words.subList(i, i + size)))) {
                return i;
            }
        }
        return -1;
    }

    private void add(String term) {
        List<String> words = words(Fold.plain(term));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("the term \"" + term + "\" holds no letter and no digit");
        }
        String compact = String.join("", words);
        if (compact.codePoints().anyMatch(Terms::withoutSpaces)) {
            anywhere.put(compact, term);
        }
        phrases.putIfAbsent(String.join(" ", words), term);
        joined.putIfAbsent(compact, term);
        longestPhrase = Math.max(longestPhrase, words.size());
        longestJoined = Math.max(longestJoined, compact.length());
    }

    private void collect(String plain, Set<String> found) {
        List<String> words = words(plain);
        for (int from = 0; from < words.size(); from++) {
            StringBuilder phrase = new StringBuilder();
            StringBuilder run = new StringBuilder();
            boolean letters = true;
            for (int to = from; to < words.size(); to++) {
                String word = words.get(to);
                phrase.append(to == from ? "" : " ").append(word);
                run.append(word);
                letters &= word.codePointCount(0, word.length()) == 1;
                int pieces = to - from + 1;
                boolean mayBePhrase = pieces <= longestPhrase;
                boolean mayBeJoined = run.length() <= longestJoined && (letters || pieces <= MAX_PIECES);
                if (!mayBePhrase && !mayBeJoined) {
                    break;
                }
                note(phrases.get(phrase.toString()), found);
                if (mayBeJoined && run.length() >= (letters && pieces > 1 ? MIN_SPACED : pieces > 1 ? MIN_APART : 1)) {
                    note(joined.get(run.toString()), found);
                }
            }
        }
        if (!anywhere.isEmpty()) {
            String compact = String.join("", words);
            anywhere.forEach((term, written) -> note(compact.contains(term) ? written : null, found));
        }
    }

    private static void note(@Nullable String term, Set<String> found) {
        if (term != null) {
            found.add(term);
        }
    }

    private static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** {@code d1$ney} to {@code disney}: only in words that also hold a letter or stand alone, so that years stay years. */
    private static String digitsAsLetters(String plain, char one) {
        StringBuilder out = new StringBuilder(plain.length());
        for (String word : plain.split(" ")) {
            boolean mixed = word.length() == 1 || word.codePoints().anyMatch(Character::isLetter);
            for (int i = 0; i < word.length(); i++) {
                out.append(mixed ? letterFor(word.charAt(i), one) : word.charAt(i));
            }
            out.append(' ');
        }
        return out.toString().strip();
    }

    private static char letterFor(char c, char one) {
        return switch (c) {
            case '0' -> 'o';
            case '1', '!', '|' -> one;
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7' -> 't';
            case '8' -> 'b';
            default -> c;
        };
    }

    private static boolean withoutSpaces(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
