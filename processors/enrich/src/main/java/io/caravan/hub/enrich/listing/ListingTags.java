package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.trend.Trend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tags that every marketplace takes, by construction: at most {@value #MAX_TAGS} of at most {@value #MAX_LENGTH}
 * characters, legal characters only, none twice (also not in another spelling), no trademark. Tags of several words come
 * first, because buyers search in phrases.
 */
public final class ListingTags {

    public static final int MAX_TAGS = 13;
    /** In UTF-16 units, so never more in code points. */
    public static final int MAX_LENGTH = 20;

    private final Set<String> stopWords;
    private final Terms trademarks;

    private ListingTags(ListingRules rules) {
        this.stopWords = Set.copyOf(rules.stopWords());
        this.trademarks = Terms.of(rules.words().trademarks());
    }

    /** What the idea proposes, then the trend, the product, the audience, and pairs of neighbouring words. */
    public static List<String> of(Idea idea, Trend trend, ProductFacts product, ListingRules rules) {
        ListingTags tags = new ListingTags(rules);
        Map<String, String> phrases = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        for (List<String> candidate : tags.candidates(idea, trend, product, rules.giftWords())) {
            List<String> fitting = tags.fit(candidate);
            String tag = String.join(" ", fitting);
            if (!fitting.isEmpty() && !tags.trademarks.in(tag)) {
                (fitting.size() > 1 ? phrases : words).putIfAbsent(Fold.key(tag), tag);
            }
        }
        words.forEach(phrases::putIfAbsent);
        return phrases.values().stream().limit(MAX_TAGS).toList();
    }

    private List<List<String>> candidates(Idea idea, Trend trend, ProductFacts product, List<String> giftWords) {
        List<List<String>> all = new ArrayList<>();
        List<String> keyword = ListingText.tagWords(KeywordFolder.readable(trend.keyword()));
        List<String> type = ListingText.tagWords(product.type());
        idea.tags().forEach(tag -> all.add(ListingText.tagWords(tag)));
        all.add(keyword);
        all.add(joined(keyword, type));
        product.keywords().forEach(word -> all.add(ListingText.tagWords(word)));
        for (String group : idea.audience().split("[,;/&]| and | who | with ")) {
            List<String> buyers = ListingText.tagWords(group);
            giftWords.forEach(gift -> all.add(joined(buyers, ListingText.tagWords(gift))));
            all.add(buyers);
        }
        List<String> headline = ListingText.tagWords(idea.headline());
        all.addAll(pairs(keyword));
        all.addAll(pairs(headline));
        all.add(type);
        keyword.forEach(word -> all.add(List.of(word)));
        headline.forEach(word -> all.add(List.of(word)));
        return all;
    }

    /** Words are dropped from the end until it fits and does not end in "for"; empty when no more than a letter is left. */
    private List<String> fit(List<String> words) {
        int from = 0;
        int to = words.size();
        while (from < to && stopWords.contains(words.get(from))) {
            from++;
        }
        while (from < to
                && (String.join(" ", words.subList(from, to)).length() > MAX_LENGTH
                        || stopWords.contains(words.get(to - 1)))) {
            to--;
        }
        List<String> fitting = words.subList(from, to);
        String all = String.join("", fitting);
        boolean telling = all.codePoints().anyMatch(Character::isLetter)
                && (all.length() > 1 || all.codePoints().allMatch(Character::isIdeographic));
        boolean cutToOne = fitting.size() == 1 && words.size() - from > 1;
        return telling && !cutToOne ? fitting : List.of();
    }

    private static List<List<String>> pairs(List<String> words) {
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i + 2 <= words.size(); i++) {
            pairs.add(words.subList(i, i + 2));
        }
        return pairs;
    }

    /** "cat mom shirt" and "shirt" stay "cat mom shirt". */
    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        second.stream().filter(word -> !first.contains(word)).forEach(all::add);
        return first.isEmpty() ? List.of() : all;
    }
}
