package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.util.List;

/**
 * All that this cycle's sources say about one keyword.
 *
 * @param key as {@link KeywordFolder#key} gives it
 * @param keyword the spelling to show
 * @param signals no two of the same source and external id; sorted, newest first
 */
public record KeywordGroup(String key, String keyword, List<Signal> signals) {

    public KeywordGroup {
        signals = List.copyOf(signals);
    }

    /** Names of the sources that observed it, sorted; curated lists observe nothing. */
    public List<String> observers() {
        return signals.stream()
                .filter(signal -> signal.unit() != Volume.CURATED)
                .map(Signal::source)
                .distinct()
                .sorted()
                .toList();
    }

    /** True when nobody observed it: it comes from a curated list alone. */
    public boolean curatedOnly() {
        return signals.stream().allMatch(signal -> signal.unit() == Volume.CURATED);
    }
}
