package io.caravan.hub.enrich.trend;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sentences to keywords, clean, merge, score: from everything that the sources of one cycle sent to the ranked trends. */
public final class TrendCycle {

    private TrendCycle() {}

    public static TrendResult run(AccountId account, List<Signal> signals, Instant now, TrendRules rules) {
        TrendRules.Sentences sentences = rules.sentences();
        Cleaned keywords = KeyPhrases.expand(
                signals, sentences.maxWords(), sentences.phrases(), Set.copyOf(sentences.stopWords()));
        Cleaned cleaned = SignalCleaner.clean(keywords.kept(), rules);
        List<Trend> trends = TrendScorer.score(account, TrendMerger.merge(cleaned.kept()), now, rules);
        Map<String, Integer> dropped = new TreeMap<>(cleaned.dropped());
        dropped.putAll(keywords.dropped());
        long observed = trends.stream().filter(trend -> !trend.fallback()).count();
        return new TrendResult(trends, trends.size(), (int) observed, dropped);
    }
}
