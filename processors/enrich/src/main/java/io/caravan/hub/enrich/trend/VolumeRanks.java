package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a keyword's volume stands among this cycle's keywords of the same source and unit. Searches are never compared
 * with plays: each source and unit is a series of its own.
 */
final class VolumeRanks {

    private final Map<Series, List<Long>> sorted = new HashMap<>();

    /** Numbers that may be compared with each other. */
    record Series(String source, Volume unit) implements Comparable<Series> {
        @Override
        public int compareTo(Series other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : unit.compareTo(other.unit);
        }
    }

    /**
     * @param percent keywords of the series below this one, those with the same volume counting half; 50 for the only one
     * @param of number of keywords in the series
     */
    record Rank(Series series, long volume, double percent, int of) {}

    VolumeRanks(List<KeywordGroup> groups) {
        for (KeywordGroup group : groups) {
            volumes(group)
                    .forEach((series, volume) -> sorted.computeIfAbsent(series, any -> new ArrayList<>())
                            .add(volume));
        }
        sorted.values().forEach(Collections::sort);
    }

    /** The keyword's best rank among its series; empty when no source told a volume. */
    Optional<Rank> best(KeywordGroup group) {
        Rank best = null;
        for (Map.Entry<Series, Long> entry : volumes(group).entrySet()) {
            Rank rank = rank(entry.getKey(), entry.getValue());
            if (best == null || rank.percent() > best.percent()) {
                best = rank;
            }
        }
        return Optional.ofNullable(best);
    }

    private Rank rank(Series series, long volume) {
        List<Long> all = sorted.getOrDefault(series, List.of());
        int below = firstAtLeast(all, volume);
        int notAbove = volume == Long.MAX_VALUE ? all.size() : firstAtLeast(all, volume + 1);
        double percent = all.isEmpty() ? 0 : 100.0 * (below + notAbove) / 2 / all.size();
        return new Rank(series, volume, percent, all.size());
    }

    private static int firstAtLeast(List<Long> all, long volume) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle) < volume) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Sums of one unit of one source; what a source does not tell (0) is not in it. */
    static Map<Series, Long> volumes(KeywordGroup group) {
        Map<Series, Long> sums = new TreeMap<>();
        for (Signal signal : group.signals()) {
            if (signal.volume() > 0) {
                sums.merge(new Series(signal.source(), signal.unit()), signal.volume(), VolumeRanks::add);
            }
        }
        return sums;
    }

    static long add(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
