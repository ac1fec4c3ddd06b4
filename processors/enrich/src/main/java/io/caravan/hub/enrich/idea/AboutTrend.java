package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.trend.KeywordFolder;
import java.util.Collection;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a text is about a keyword: it shares one of its telling words, or names it as a whole. */
final class AboutTrend implements BiPredicate<String, String> {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Run-together keywords are looked for anywhere from this length on: "cat" is in "education". */
    private static final int LONG_ENOUGH = 6;

    private final Set<String> stopWords;

    AboutTrend(Collection<String> stopWords) {
        this.stopWords = stopWords.stream().map(Fold::plain).collect(Collectors.toSet());
    }

    @Override
    public boolean test(String keyword, String text) {
        String key = KeywordFolder.key(keyword);
        String folded = Fold.key(text);
        Set<String> telling = words(KeywordFolder.readable(keyword));
        boolean mayStandAnywhere = key.length() >= LONG_ENOUGH || telling.isEmpty();
        return (mayStandAnywhere && !key.isEmpty() && folded.contains(key))
                || words(text).stream().anyMatch(telling::contains)
                || sharesIdeographs(key, folded);
    }

    /** Words of three letters and more, without the plural's s, without stop words. */
    private Set<String> words(String text) {
        return BETWEEN_WORDS
                .splitAsStream(Fold.plain(text))
                .filter(word -> word.length() >= 3 && !stopWords.contains(word))
                .map(word -> word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word)
                .collect(Collectors.toSet());
    }

    /** Scripts without spaces have no words to share: two neighbouring ideographs do. */
    private static boolean sharesIdeographs(String key, String text) {
        for (int i = 0; i + 2 <= key.length(); i++) {
            String pair = key.substring(i, i + 2);
            if (pair.chars().allMatch(Character::isIdeographic) && text.contains(pair)) {
                return true;
            }
        }
        return false;
    }
}
