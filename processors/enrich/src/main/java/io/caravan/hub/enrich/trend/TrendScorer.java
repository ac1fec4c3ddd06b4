package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores merged keywords from 0 to 100. Every point has a reason: the points of a trend's reasons add up to its score,
 * also where a cap or the zero line changes it. Volumes are compared within one source, unit and cycle only.
 */
public final class TrendScorer {

    private static final int CONTEXT_TEXTS = 5;

    private final TrendRules rules;
    private final Instant now;
    private final VolumeRanks ranks;
    private final ThemeFinder themes;
    private final long sources;

    private TrendScorer(List<KeywordGroup> groups, Instant now, TrendRules rules) {
        this.rules = rules;
        this.now = now;
        this.ranks = new VolumeRanks(groups);
        this.themes = new ThemeFinder(rules.printability());
        this.sources = groups.stream()
                .flatMap(group -> group.observers().stream())
                .distinct()
                .count();
    }

    /**
     * @param groups all of one cycle's, because volume and agreement are relative to the cycle
     * @param now age of a signal is measured from here; a signal from the future counts as new
     * @return highest score first, then by keyword, then by id
     */
    public static List<Trend> score(AccountId account, List<KeywordGroup> groups, Instant now, TrendRules rules) {
        TrendScorer scorer = new TrendScorer(groups, now, rules);
        return groups.stream()
                .map(group -> scorer.trend(account, group))
                .sorted(Comparator.comparing(Trend::score, Comparator.reverseOrder())
                        .thenComparing(Trend::keyword)
                        .thenComparing(Trend::id))
                .toList();
    }

    private Trend trend(AccountId account, KeywordGroup group) {
        List<String> context = context(group);
        List<Reason> reasons = new ArrayList<>();
        reasons.add(agreement(group));
        reasons.add(volume(group));
        reasons.addAll(interactions(group));
        reasons.add(freshness(group));
        reasons.addAll(themes.reasons(group.keyword(), context));
        settle(reasons, group.curatedOnly());
        Instant newest = newest(group);
        return new Trend(
                KeywordFolder.trendId(account, group.key()),
                account,
                group.keyword(),
                sum(reasons),
                reasons,
                group.signals().stream().map(Signal::source).distinct().toList(),
                group.curatedOnly(),
                context,
                newest.isAfter(now) ? now : newest);
    }

    private Reason agreement(KeywordGroup group) {
        int seen = group.observers().size();
        int fullAt = rules.weights().sourcesFullAt();
        int points = seen < 2 ? 0 : share(rules.weights().sources(), (double) (seen - 1) / (fullAt - 1));
        return new Reason("sources-agree", points, "seen by " + seen + " of " + sources + " sources of this cycle");
    }

    private Reason volume(KeywordGroup group) {
        return ranks.best(group)
                .map(rank -> new Reason(
                        "volume",
                        share(rules.weights().volume(), rank.percent() / 100),
                        rank.of() == 1
                                ? "the only keyword of " + rank.series().source() + " with a volume: counts as average"
                                : String.format(
                                        Locale.ROOT,
                                        "%,d %s: more than %.0f%% of this cycle's %d keywords of %s",
                                        rank.volume(),
                                        word(rank.series().unit()),
                                        rank.percent(),
                                        rank.of(),
                                        rank.series().source())))
                .orElse(new Reason("volume", 0, "no source told a volume"));
    }

    /** The best rate of one source and unit; none for units without a rule. */
    private List<Reason> interactions(KeywordGroup group) {
        Map<VolumeRanks.Series, Long> volumes = VolumeRanks.volumes(group);
        Map<VolumeRanks.Series, Long> interactions = new TreeMap<>();
        for (Signal signal : group.signals()) {
            if (signal.volume() > 0) {
                interactions.merge(
                        new VolumeRanks.Series(signal.source(), signal.unit()),
                        signal.interactions(),
                        VolumeRanks::add);
            }
        }
        Reason best = null;
        for (Map.Entry<VolumeRanks.Series, Long> entry : interactions.entrySet()) {
            VolumeRanks.Series series = entry.getKey();
            var full = rules.interactionFullRate().get(word(series.unit()));
            if (full != null && entry.getValue() > 0) {
                double rate = (double) entry.getValue() / volumes.getOrDefault(series, 1L);
                int points = share(rules.weights().interactions(), rate / full.doubleValue());
                if (best == null || points > best.points()) {
                    String text = String.format(
                            Locale.ROOT,
                            "%.1f interactions for 100 %s at %s",
                            rate * 100,
                            word(series.unit()),
                            series.source());
                    best = new Reason("interactions", points, text);
                }
            }
        }
        return best == null ? List.of() : List.of(best);
    }

    private Reason freshness(KeywordGroup group) {
        Duration age = Duration.between(newest(group), now);
        double hours = Math.max(0, age.toMinutes() / 60.0);
        int full = rules.freshness().fullHours();
        int zero = rules.freshness().zeroHours();
        double part = (zero - hours) / (zero - full);
        String text =
                hours < 1 ? "seen within the hour" : String.format(Locale.ROOT, "last seen %,.0f hours ago", hours);
        return new Reason("freshness", share(rules.weights().freshness(), part), text);
    }

    /** Caps what was only curated, and keeps the sum from going below zero or above one hundred, with a reason each. */
    private void settle(List<Reason> reasons, boolean curatedOnly) {
        if (curatedOnly) {
            int sum = sum(reasons);
            int allowed = Math.min(rules.fallbackCap(), sum / 2);
            if (sum > allowed) {
                reasons.add(new Reason(
                        "curated-fallback",
                        allowed - sum,
                        "from the curated list, nobody observed it: counts half, at most " + rules.fallbackCap()));
            }
        }
        int sum = sum(reasons);
        if (sum < 0) {
            reasons.add(new Reason("at-least-zero", -sum, "a score does not go below 0"));
        }
    }

    private static int sum(List<Reason> reasons) {
        return reasons.stream().mapToInt(Reason::points).sum();
    }

    private static int share(int most, double part) {
        return (int) Math.round(most * Math.max(0, Math.min(1, part)));
    }

    private static String word(Volume unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static Instant newest(KeywordGroup group) {
        return group.signals().get(0).observedAt();
    }

    /** Texts of the newest signals, each once. */
    private static List<String> context(KeywordGroup group) {
        return group.signals().stream()
                .flatMap(signal -> signal.context().stream())
                .distinct()
                .limit(CONTEXT_TEXTS)
                .toList();
    }
}
