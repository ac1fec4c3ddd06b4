package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Trend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A title that every marketplace takes, by construction: at most {@value #MAX} characters, no word cut or repeated, legal
 * characters only, each of {@code % : & +} at most once, at most one word in capitals.
 */
public final class ListingTitle {

    /** In UTF-16 units, so never more in code points. */
    public static final int MAX = 140;

    private final Set<String> stopWords;
    private final List<String> parts = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private String usedOnce = "";
    private boolean capitals;
    private int length;

    private ListingTitle(Set<String> stopWords) {
        this.stopWords = stopWords;
    }

    /** The headline, then the product, the trend and the tags until it is long enough. Never blank. */
    public static String of(Idea idea, Trend trend, ProductFacts product, ListingRules rules) {
        Terms trademarks = Terms.of(rules.words().trademarks());
        ListingTitle title = new ListingTitle(Set.copyOf(rules.stopWords()));
        title.add(trademarks.removeFrom(idea.headline()), false);
        List<String> more = new ArrayList<>(List.of(product.type(), trend.keyword()));
        more.addAll(idea.tags());
        for (String part : more) {
            if (title.length < rules.titleTarget() && !trademarks.in(part)) {
                title.add(part, true);
            }
        }
        return title.parts.isEmpty() ? "Original Design" : String.join(", ", title.parts);
    }

    /**
     * @param whole the part comes with all of its new words or not at all, and a phrase with at least two of them; else
     *     with as many as fit
     */
    private void add(String text, boolean whole) {
        ListingTitle after = copy();
        List<String> words = new ArrayList<>();
        List<String> offered = ListingText.titleWords(text);
        after.length += parts.isEmpty() ? 0 : 2;
        for (String raw : offered) {
            String word = inCase(withoutUsed(raw, after.usedOnce), after.capitals);
            int next = after.length + word.length() + (words.isEmpty() ? 0 : 1);
            if (next > MAX && whole) {
                return;
            }
            if (next <= MAX && after.seen.add(Fold.key(word))) {
                words.add(word);
                after.length = next;
                after.usedOnce += word;
                after.capitals |= isCapitals(word);
            }
        }
        boolean enough = words.size() >= (whole ? Math.min(2, offered.size()) : 1);
        if (enough && !words.isEmpty() && !(whole && endsInStopWord(words))) {
            parts.add(String.join(" ", words));
            seen.addAll(after.seen);
            usedOnce = after.usedOnce;
            capitals = after.capitals;
            length = after.length;
        }
    }

    private ListingTitle copy() {
        ListingTitle copy = new ListingTitle(stopWords);
        copy.seen.addAll(seen);
        copy.usedOnce = usedOnce;
        copy.capitals = capitals;
        copy.length = length;
        return copy;
    }

    private boolean endsInStopWord(List<String> words) {
        return stopWords.contains(ListingText.lower(words.get(words.size() - 1)));
    }

    private static String withoutUsed(String raw, String used) {
        String word = raw;
        for (char sign : ListingText.ONCE_IN_TITLE.toCharArray()) {
            word = keepOnce(word, sign, used.indexOf(sign) >= 0);
        }
        return word;
    }

    private static String keepOnce(String word, char sign, boolean used) {
        int first = used ? -1 : word.indexOf(sign);
        String before = word.substring(0, first + 1);
        return before + word.substring(first + 1).replace(String.valueOf(sign), "");
    }

    private static String inCase(String word, boolean capitalsUsed) {
        boolean lower = word.codePoints().noneMatch(Character::isUpperCase);
        boolean shout = capitalsUsed && isCapitals(word);
        if (!lower && !shout) {
            return word;
        }
        int first = word.codePointAt(0);
        String rest = word.substring(Character.charCount(first));
        return Character.toString(Character.toTitleCase(first)) + (shout ? ListingText.lower(rest) : rest);
    }

    /** Two capitals and more, and no small letter. */
    static boolean isCapitals(String word) {
        return word.codePoints().filter(Character::isUpperCase).count() > 1
                && word.codePoints().noneMatch(Character::isLowerCase);
    }
}
