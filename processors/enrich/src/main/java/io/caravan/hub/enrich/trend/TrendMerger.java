package io.caravan.hub.enrich.trend;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.trend.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signals of many sources to one group for each keyword. The order in which signals come does not matter. */
public final class TrendMerger {

    /** Newest first; a total order, so that equal sets of signals give equal lists. */
    private static final Comparator<Signal> ORDER = Comparator.comparing(Signal::observedAt, Comparator.reverseOrder())
            .thenComparing(Signal::volume, Comparator.reverseOrder())
            .thenComparing(Signal::interactions, Comparator.reverseOrder())
            .thenComparing(Signal::source)
            .thenComparing(Signal::externalId)
            .thenComparing(Signal::keyword)
            .thenComparing(Signal::unit)
            .thenComparing(Signal::region)
            .thenComparing(signal -> String.join("\n", signal.context()));

    private TrendMerger() {}

    /**
     * Sorted by key. The same observation fetched twice (same source and external id) counts once, as last seen. Signals
     * whose keyword folds to nothing are left out; {@link SignalCleaner} counts those as blank.
     */
    public static List<KeywordGroup> merge(List<Signal> signals) {
        Map<String, List<Signal>> byKey = new TreeMap<>();
        for (Signal signal : signals) {
            byKey.computeIfAbsent(KeywordFolder.key(signal.keyword()), key -> new ArrayList<>())
                    .add(signal);
        }
        byKey.remove("");
        return byKey.entrySet().stream()
                .map(entry -> group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static KeywordGroup group(String key, List<Signal> signals) {
        List<Signal> distinct = signals.stream()
                .sorted(ORDER)
                .collect(Collectors.toMap(
                        signal -> List.of(signal.source(), signal.externalId()),
                        signal -> signal,
                        (newer, older) -> newer,
                        LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        return new KeywordGroup(key, Fold.cut(spelling(distinct), 200), distinct);
    }

    /** The spelling with the most words (a hashtag runs them together), then the most frequent, then the first. */
    private static String spelling(List<Signal> signals) {
        Map<String, Long> spellings = signals.stream()
                .collect(Collectors.groupingBy(
                        signal -> KeywordFolder.readable(signal.keyword()), TreeMap::new, Collectors.counting()));
        Comparator<Map.Entry<String, Long>> best =
                Comparator.comparingInt(entry -> entry.getKey().split(" ").length);
        return spellings.entrySet().stream()
                .sorted(best.reversed()
                        .thenComparing(
                                Map.Entry.<String, Long>comparingByValue().reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
