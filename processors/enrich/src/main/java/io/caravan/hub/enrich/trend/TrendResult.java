package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.trend.Trend;
import java.util.List;
import java.util.Map;

/**
 * One ingest cycle.
 *
 * @param trends best first
 * @param uniqueKeywords how many different keywords there are, {@code trends.size()}
 * @param observedKeywords how many of them a source observed, without those that only a curated list names
 * @param dropped reason to number of signals that {@link SignalCleaner} dropped
 */
public record TrendResult(List<Trend> trends, int uniqueKeywords, int observedKeywords, Map<String, Integer> dropped) {

    public TrendResult {
        trends = List.copyOf(trends);
        dropped = Map.copyOf(dropped);
    }
}
