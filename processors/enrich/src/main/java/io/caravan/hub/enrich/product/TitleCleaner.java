package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.enrich.text.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A title that a buyer can read: without suppliers' search words, brands of others, emoji and shouting. */
final class TitleCleaner {

    /** From this length on a word in capitals is shouting, below it may be an abbreviation. */
    private static final int SHOUTED = 5;

    private final ImportRules rules;
    private final Pattern noise;
    private final Terms forbidden;
    private final Set<String> capitals;

    TitleCleaner(ImportRules rules) {
        this.rules = rules;
        this.noise = rules.noise().isEmpty()
                ? Pattern.compile("(?!)")
                : Pattern.compile(rules.noise().stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(word -> Pattern.quote(Fold.clean(word)))
                        .collect(Collectors.joining("|", "(?iu)(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")));
        List<String> all = new ArrayList<>(rules.words().trademarks());
        all.addAll(rules.words().banned());
        this.forbidden = Terms.of(all);
        this.capitals = Set.copyOf(rules.keepCapitals());
    }

    /**
     * @param removed filled with the protected and banned words that were taken out
     * @return possibly empty
     */
    String clean(String title, Set<String> removed) {
        String text = noise.matcher(ProductText.plain(title)).replaceAll(" ");
        removed.addAll(forbidden.find(text));
        if (!removed.isEmpty()) {
            text = forbidden.removeFrom(text);
        }
        return ProductText.cut(tidy(quiet(text)), rules.titleMax());
    }

    /** The words of others in a text that stays as it is. */
    Set<String> found(String text) {
        return new LinkedHashSet<>(forbidden.find(text));
    }

    private String quiet(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long upper = text.codePoints().filter(Character::isUpperCase).count();
        boolean shouting = letters > SHOUTED && upper * 10 > letters * 6;
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ")) {
            boolean loud = word.length() >= (shouting ? 2 : SHOUTED)
                    && word.codePoints().allMatch(c -> Character.isUpperCase(c) || !Character.isLetterOrDigit(c))
                    && word.codePoints().anyMatch(Character::isUpperCase)
                    && !capitals.contains(word.replaceAll("[^\\p{L}\\p{N}]", ""));
            words.add(loud ? capitalised(word) : word);
        }
        return String.join(" ", words);
    }

    private static String capitalised(String word) {
        StringBuilder out = new StringBuilder(word.length());
        boolean first = true;
        for (int c : word.toLowerCase(Locale.ROOT).codePoints().toArray()) {
            out.appendCodePoint(first ? Character.toTitleCase(c) : c);
            first &= !Character.isLetter(c);
        }
        return out.toString();
    }

    /** Spaces collapsed, punctuation that lost its words dropped. */
    private static String tidy(String text) {
        return Fold.clean(text)
                .replaceAll(" +([,.;:!?])", "$1")
                .replaceAll("([,;:/|!-])(?: ?[,;:/|!])+", "$1")
                .replaceAll("\\( *\\)|\\[ *\\]|【 *】", " ")
                .replaceAll("^[\\s,.;:/|!*~+&-]+|[\\s,;:/|*~+&-]+$", "")
                .replaceAll(" {2,}", " ")
                .strip();
    }
}
