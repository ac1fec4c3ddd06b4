package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.trend.Signal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is left of a cycle's signals. {@code kept.size()} and the counts of {@code dropped} add up to what came in.
 *
 * @param dropped reason (kebab case) to number of signals, sorted by reason
 */
public record Cleaned(List<Signal> kept, Map<String, Integer> dropped) {

    public Cleaned {
        kept = List.copyOf(kept);
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }
}
