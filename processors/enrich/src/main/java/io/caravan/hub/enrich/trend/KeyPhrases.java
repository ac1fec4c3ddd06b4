package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.trend.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sentences to keywords. Some sources send headlines where others send keywords; a headline as a keyword meets no other
 * source's. A sentence is cut at stop words and punctuation, and its pieces are weighed by how often and in what company
 * their words stand in all the sentences of the cycle.
 *
 * <p>Source: Rose, Engel, Cramer and Cowley, "Automatic Keyword Extraction from Individual Documents" (2010), with the
 * word statistics taken over the cycle instead of one document.
 */
public final class KeyPhrases {

    private static final int MOST_WORDS = 4;
    private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{M}\\p{N}'’\\- ]+|\\s-+\\s");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Set<String> stopWords;
    private final Map<String, Integer> frequency = new HashMap<>();
    private final Map<String, Integer> degree = new HashMap<>();

    private KeyPhrases(Set<String> stopWords) {
        this.stopWords = stopWords;
    }

    /**
     * Replaces each signal whose keyword has more than {@code maxWords} words by one signal for each of its best phrases,
     * with the sentence as context; all others stay as they are. A sentence
     * without any phrase is dropped and counted.
     *
     * @param perSentence at most so many phrases of one sentence
     * @param stopWords in lower case
     */
    public static Cleaned expand(List<Signal> signals, int maxWords, int perSentence, Set<String> stopWords) {
        KeyPhrases phrases = new KeyPhrases(stopWords);
        signals.stream()
                .filter(signal -> words(signal.keyword()).size() > maxWords)
                .forEach(signal -> phrases.learn(signal.keyword()));
        List<Signal> expanded = new ArrayList<>();
        int empty = 0;
        for (Signal signal : signals) {
            if (words(signal.keyword()).size() <= maxWords) {
                expanded.add(signal);
            } else {
                List<String> best = phrases.best(signal.keyword(), perSentence);
                best.forEach(phrase -> expanded.add(about(signal, phrase)));
                empty += best.isEmpty() ? 1 : 0;
            }
        }
        return new Cleaned(expanded, empty == 0 ? Map.of() : Map.of("no-phrase", empty));
    }

    private void learn(String sentence) {
        for (List<String> piece : pieces(sentence)) {
            for (String word : piece) {
                String key = word.toLowerCase(Locale.ROOT);
                frequency.merge(key, 1, Integer::sum);
                degree.merge(key, piece.size(), Integer::sum);
            }
        }
    }

    private List<String> best(String sentence, int count) {
        return pieces(sentence).stream()
                .filter(piece -> piece.size() <= MOST_WORDS)
                .filter(piece -> piece.size() > 1 || piece.get(0).length() > MOST_WORDS)
                .sorted(Comparator.comparingDouble(this::weight)
                        .reversed()
                        .thenComparing(piece -> String.join(" ", piece)))
                .map(piece -> String.join(" ", piece))
                .distinct()
                .limit(count)
                .toList();
    }

    private double weight(List<String> piece) {
        return piece.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .mapToDouble(word -> (double) degree.getOrDefault(word, 1) / frequency.getOrDefault(word, 1)
                        + Math.log(frequency.getOrDefault(word, 1)))
                .sum();
    }

    private List<List<String>> pieces(String sentence) {
        List<List<String>> pieces = new ArrayList<>();
        for (String clause : BREAK.split(sentence)) {
            List<String> piece = new ArrayList<>();
            for (String word : words(clause)) {
                if (stops(word)) {
                    keep(pieces, piece);
                    piece = new ArrayList<>();
                } else {
                    piece.add(word);
                }
            }
            keep(pieces, piece);
        }
        return pieces;
    }

    private boolean stops(String word) {
        return stopWords.contains(word.toLowerCase(Locale.ROOT).replace('’', '\''))
                || word.codePoints().noneMatch(Character::isLetter);
    }

    private static void keep(List<List<String>> pieces, List<String> piece) {
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
    }

    private static List<String> words(String text) {
        return SPACE.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).toList();
    }

    private static Signal about(Signal signal, String phrase) {
        Set<String> context = new LinkedHashSet<>();
        context.add(signal.keyword());
        context.addAll(signal.context());
        String id = signal.externalId() + "#" + phrase;
        return new Signal(
                signal.source(),
                id.length() > 300 ? id.substring(0, 300) : id,
                phrase,
                signal.unit(),
                signal.volume(),
                signal.interactions(),
                signal.region(),
                List.copyOf(context),
                signal.observedAt());
    }
}
