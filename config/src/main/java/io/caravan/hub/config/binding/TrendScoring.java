package io.caravan.hub.config.binding;

import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.enrich.trend.TrendCycle;
import io.caravan.hub.enrich.trend.TrendResult;
import io.caravan.hub.enrich.trend.TrendRules;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Bean {@code trendScoring}: a cycle's signals to ranked trends, by {@code trends.yaml}. */
public class TrendScoring {

    private final TrendRules rules;
    private final Jobs jobs;
    private final Clock clock;
    private final AtomicInteger unique;

    TrendScoring(TrendRules rules, Jobs jobs, Clock clock, MeterRegistry meters) {
        this.rules = rules;
        this.jobs = jobs;
        this.clock = clock;
        this.unique = meters.gauge("hub.keywords.unique", new AtomicInteger());
    }

    /** Body in: the signals; out: the trends, best first. Variable {@code cycleCounts} holds what the outcome tells. */
    public List<Trend> score(@Variable("account") AccountId account, @Body List<Signal> signals, Exchange exchange) {
        TrendResult result = TrendCycle.run(account, signals, clock.instant(), rules);
        unique.set(result.uniqueKeywords());
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("signals", signals.size());
        counts.put("unique_keywords", result.uniqueKeywords());
        counts.put("observed_keywords", result.observedKeywords());
        counts.put("dropped", result.dropped());
        exchange.setVariable("cycleCounts", counts);
        return result.trends();
    }

    /** Tells the job what its cycle gave. */
    public void outcome(
            @Variable("cycleId") String cycleId,
            @Variable("cycleCounts") Map<String, Object> counts,
            @Body List<Trend> trends) {
        Map<String, Object> outcome = new LinkedHashMap<>(counts);
        outcome.put("cycle_id", cycleId);
        trends.stream()
                .findFirst()
                .ifPresent(best ->
                        outcome.put("best", Map.of("id", best.id(), "keyword", best.keyword(), "score", best.score())));
        jobs.outcome(outcome);
    }
}
