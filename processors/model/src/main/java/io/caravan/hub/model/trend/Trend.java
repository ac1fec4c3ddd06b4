package io.caravan.hub.model.trend;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import java.time.Instant;
import java.util.List;

/**
 * A keyword merged over its sources and scored.
 *
 * @param id deterministic: account and folded keyword
 * @param score 0 to 100, the sum of the reasons' points
 * @param sources names of the sources that saw it, sorted
 * @param fallback true when every signal behind it is curated, not observed
 * @param context untrusted text around the keyword
 */
public record Trend(
        String id,
        AccountId account,
        String keyword,
        int score,
        List<Reason> reasons,
        List<String> sources,
        boolean fallback,
        List<String> context,
        Instant observedAt) {

    public Trend {
        Checks.id("id", id);
        Checks.text("keyword", keyword, 200);
        Checks.within("score", score, 0, 100);
        reasons = List.copyOf(reasons);
        sources = sources.stream().sorted().toList();
        context = List.copyOf(context);
    }
}
