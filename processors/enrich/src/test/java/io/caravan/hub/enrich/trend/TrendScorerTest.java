package io.caravan.hub.enrich.trend;

import static io.caravan.hub.enrich.Samples.ACCOUNT;
import static io.caravan.hub.enrich.Samples.NOW;
import static io.caravan.hub.enrich.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendScorerTest {

    private static final TrendRules RULES = TrendRules.defaults();

    @Provide
    Arbitrary<List<Signal>> signals() {
        return TrendMergerTest.signals();
    }

    @Property
    void shouldExplainEveryPoint(@ForAll("signals") List<Signal> signals) {
        for (Trend trend : score(signals)) {
            assertThat(trend.reasons().stream().mapToInt(Reason::points).sum()).isEqualTo(trend.score());
            assertThat(trend.reasons())
                    .allSatisfy(reason -> assertThat(reason.text()).isNotBlank());
            assertThat(trend.reasons()).extracting(Reason::code).doesNotHaveDuplicates();
        }
    }

    @Property
    void shouldGiveTheSameTrendsInWhateverOrderSignalsCome(@ForAll("signals") List<Signal> signals, @ForAll long seed) {
        List<Signal> shuffled = new ArrayList<>(signals);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(score(shuffled)).isEqualTo(score(signals));
    }

    @Property
    void shouldPutTheBestFirst(@ForAll("signals") List<Signal> signals) {
        assertThat(score(signals))
                .isSortedAccordingTo((a, b) -> a.score() != b.score()
                        ? Integer.compare(b.score(), a.score())
                        : a.keyword().compareTo(b.keyword()));
    }

    @Property
    void shouldKeepCuratedKeywordsLow(@ForAll("signals") List<Signal> signals) {
        assertThat(score(signals))
                .filteredOn(Trend::fallback)
                .allSatisfy(trend -> assertThat(trend.score()).isLessThanOrEqualTo(RULES.fallbackCap()));
    }

    @Test
    void shouldRewardSourcesThatAgree() {
        List<Trend> trends = score(List.of(
                signal("tiktok", "1", "moth", Volume.PLAYS, 10),
                signal("reddit", "2", "moth", Volume.UPVOTES, 10),
                signal("google-trends", "3", "moth", Volume.SEARCHES, 10),
                signal("tiktok", "4", "fern", Volume.PLAYS, 10),
                signal("reddit", "5", "fern", Volume.UPVOTES, 10),
                signal("tiktok", "6", "toad", Volume.PLAYS, 10)));

        assertThat(trends).extracting(Trend::keyword).containsExactly("moth", "fern", "toad");
        assertThat(trends).extracting(trend -> points(trend, "sources-agree")).containsExactly(25, 13, 0);
        assertThat(text(trends.get(1), "sources-agree")).isEqualTo("seen by 2 of 3 sources of this cycle");
    }

    @Test
    void shouldCompareVolumesWithinOneSourceAndUnitOnly() {
        List<Trend> trends = score(List.of(
                signal("google-trends", "1", "moth", Volume.SEARCHES, 500),
                signal("google-trends", "2", "fern", Volume.SEARCHES, 100),
                signal("tiktok", "3", "toad", Volume.PLAYS, 9_000_000),
                signal("tiktok", "4", "newt", Volume.PLAYS, 1_000_000)));

        assertThat(volumePoints(trends, "moth"))
                .isEqualTo(volumePoints(trends, "toad"))
                .isEqualTo(23);
        assertThat(volumePoints(trends, "fern"))
                .isEqualTo(volumePoints(trends, "newt"))
                .isEqualTo(8);
        assertThat(text(find(trends, "toad"), "volume"))
                .isEqualTo("9,000,000 plays: more than 75% of this cycle's 2 keywords of tiktok");
    }

    @Test
    void shouldAddTheVolumesOfOneSourcesObservations() {
        List<Trend> trends = score(List.of(
                signal("tiktok", "1", "moth", Volume.PLAYS, 60),
                signal("tiktok", "2", "moth", Volume.PLAYS, 60),
                signal("tiktok", "3", "toad", Volume.PLAYS, 100)));

        assertThat(volumePoints(trends, "moth")).isGreaterThan(volumePoints(trends, "toad"));
    }

    @Test
    void shouldNotOverflowOnAbsurdVolumes() {
        List<Trend> trends = score(List.of(
                signal("tiktok", "1", "moth", Volume.PLAYS, Long.MAX_VALUE, Long.MAX_VALUE, NOW),
                signal("tiktok", "2", "moth", Volume.PLAYS, Long.MAX_VALUE, Long.MAX_VALUE, NOW),
                signal("tiktok", "3", "toad", Volume.PLAYS, 1)));

        assertThat(trends.get(0).keyword()).isEqualTo("moth");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "50, 5", "100, 10", "5000, 10"})
    void shouldRewardInteractions(long interactions, int points) {
        Trend trend = score(List.of(signal("tiktok", "1", "moth", Volume.PLAYS, 1_000, interactions, NOW)))
                .get(0);

        assertThat(points(trend, "interactions")).isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource({"-5, 15", "0, 15", "6, 15", "39, 8", "72, 0", "5000, 0"})
    void shouldLoseFreshnessWithAge(int hours, int points) {
        Instant at = NOW.minusSeconds(hours * 3_600L);
        Trend trend = score(List.of(signal("tiktok", "1", "moth", Volume.PLAYS, 1, 0, at)))
                .get(0);

        assertThat(points(trend, "freshness")).isEqualTo(points);
        assertThat(trend.observedAt()).isBeforeOrEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "election night | politics | -40",
                "old singer dies at 80 | death | -60",
                "lions vs tigers | sports-result | -25",
                "a b c d e f g h i | too-long | -10",
                "vintage cat | suitable-theme | 10",
                "cat | suitable-theme | 5",
                "moth | printable | 10",
            })
    void shouldSayWhatPrintsWellAndWhatDoesNot(String keyword, String code, int points) {
        assertThat(points(
                        score(List.of(signal("reddit", "1", keyword, Volume.UPVOTES, 5)))
                                .get(0),
                        code))
                .isEqualTo(points);
    }

    @Test
    void shouldTakeHalfThePointsWhenOnlyAHeadlineSpeaksOfIt() {
        Signal signal = new Signal(
                "google-trends",
                "1",
                "jane example",
                Volume.SEARCHES,
                5,
                0,
                "US",
                List.of("Jane Example died today"),
                NOW);
        Trend trend = score(List.of(signal)).get(0);

        assertThat(points(trend, "death")).isEqualTo(-30);
        assertThat(text(trend, "death")).contains("died").contains("headline");
        assertThat(trend.context()).containsExactly("Jane Example died today");
    }

    @Test
    void shouldSayWhenAScoreWouldBeBelowZero() {
        Trend trend = score(List.of(signal("reddit", "1", "election death vs score", Volume.UPVOTES, 0)))
                .get(0);

        assertThat(trend.score()).isZero();
        assertThat(points(trend, "at-least-zero")).isPositive();
    }

    @Test
    void shouldHalveWhatOnlyTheCuratedListNames() {
        List<Trend> trends = score(List.of(
                signal("curated", "1", "retro cat", Volume.CURATED, 90),
                signal("curated", "2", "plain fern", Volume.CURATED, 10),
                signal("curated", "3", "moth", Volume.CURATED, 10),
                signal("tiktok", "4", "moth", Volume.PLAYS, 10)));

        assertThat(find(trends, "moth").fallback()).isFalse();
        assertThat(find(trends, "moth").sources()).containsExactly("curated", "tiktok");
        assertThat(points(find(trends, "moth"), "sources-agree")).isZero();
        assertThat(find(trends, "retro cat").fallback()).isTrue();
        assertThat(find(trends, "retro cat").score())
                .isGreaterThan(find(trends, "plain fern").score())
                .isLessThan(find(trends, "moth").score());
        assertThat(text(find(trends, "retro cat"), "curated-fallback")).contains("nobody observed it");
    }

    @Test
    void shouldWriteTheSameTextsUnderEveryLocale() {
        List<Signal> signals = List.of(
                signal("tiktok", "1", "moth", Volume.PLAYS, 1_234_567, 99, NOW.minusSeconds(9_000_000)),
                signal("tiktok", "2", "toad", Volume.PLAYS, 7));
        List<Trend> here = score(signals);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(score(signals)).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<Trend> score(List<Signal> signals) {
        return TrendScorer.score(ACCOUNT, TrendMerger.merge(signals), NOW, RULES);
    }

    private static Trend find(List<Trend> trends, String keyword) {
        return trends.stream()
                .filter(trend -> trend.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
    }

    private static int volumePoints(List<Trend> trends, String keyword) {
        return points(find(trends, keyword), "volume");
    }

    private static int points(Trend trend, String code) {
        return trend.reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .mapToInt(Reason::points)
                .sum();
    }

    private static String text(Trend trend, String code) {
        return trend.reasons().stream()
                .filter(reason -> reason.code().equals(code))
                .map(Reason::text)
                .findFirst()
                .orElse("");
    }
}
