package io.caravan.hub.enrich.trend;

import static io.caravan.hub.enrich.Samples.ACCOUNT;
import static io.caravan.hub.enrich.Samples.NOW;
import static io.caravan.hub.enrich.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendCycleTest {

    @Test
    void shouldCountUniqueKeywordsAndWhatWasDropped() {
        TrendResult result = TrendCycle.run(
                ACCOUNT,
                List.of(
                        signal("tiktok", "1", "CatMom", Volume.PLAYS, 10),
                        signal("google-trends", "2", "cat mom", Volume.SEARCHES, 10),
                        signal("tiktok", "3", "fyp", Volume.PLAYS, 10),
                        signal("tiktok", "4", "viral", Volume.PLAYS, 10),
                        signal("curated", "5", "retro sunset", Volume.CURATED, 10)),
                NOW,
                TrendRules.defaults());

        assertThat(result.uniqueKeywords()).isEqualTo(2);
        assertThat(result.observedKeywords()).isEqualTo(1);
        assertThat(result.dropped()).isEqualTo(Map.of("generic-term", 2));
        assertThat(result.trends()).extracting(Trend::keyword).containsExactly("Cat Mom", "retro sunset");
    }

    @Test
    void shouldCompleteOnNothing() {
        assertThat(TrendCycle.run(ACCOUNT, List.of(), NOW, TrendRules.defaults())
                        .trends())
                .isEmpty();
    }

    /** Not a measurement: quadratic work on this much would not end within any patience. */
    @Test
    void shouldTakeManySignals() {
        List<Signal> signals = IntStream.range(0, 20_000)
                .mapToObj(i -> new Signal(
                        "source" + i % 5,
                        "id" + i,
                        "keyword number " + i % 7_000,
                        Volume.PLAYS,
                        i,
                        i / 10,
                        "US",
                        List.of("a headline about keyword " + i, "another one with ordinary words in it"),
                        NOW.minusSeconds(i)))
                .toList();

        TrendResult result = TrendCycle.run(ACCOUNT, signals, NOW, TrendRules.defaults());

        assertThat(result.uniqueKeywords()).isEqualTo(7_000);
    }

    @Test
    void shouldRefuseWeightsThatCouldPassOneHundred() {
        TrendRules good = TrendRules.defaults();
        assertThatThrownBy(() -> new TrendRules(
                        200,
                        3,
                        List.of(),
                        new WordRules(List.of(), List.of()),
                        new TrendRules.Weights(50, 3, 50, 10, 15),
                        good.freshness(),
                        Map.of(),
                        35,
                        good.printability(),
                        good.sentences()))
                .hasMessageContaining("weights");
    }
}
