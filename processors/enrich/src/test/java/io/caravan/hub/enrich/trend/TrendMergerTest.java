package io.caravan.hub.enrich.trend;

import static io.caravan.hub.enrich.Samples.NOW;
import static io.caravan.hub.enrich.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TrendMergerTest {

    @Provide
    static Arbitrary<List<Signal>> signals() {
        Arbitrary<String> keywords = Arbitraries.oneOf(
                Arbitraries.of("cat mom", "#CatMom", "CATMOM", "cat-mom", "dog dad", "#dogdad", "moon", "Moon", "猫"),
                Samples.anyVisibleText(30));
        return Combinators.combine(
                        Arbitraries.of("tiktok", "google-trends", "reddit", "curated"),
                        Arbitraries.integers().between(1, 6),
                        keywords,
                        Arbitraries.of(Volume.values()),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.integers().between(-50, 200))
                .as((source, id, keyword, unit, volume, hours) -> Samples.signal(
                        source, "id" + id, keyword, unit, volume, volume / 20, NOW.minusSeconds(3_600L * hours)))
                .list()
                .ofMaxSize(25);
    }

    @Test
    void shouldMergeAHashtagWithItsWords() {
        List<KeywordGroup> groups = TrendMerger.merge(List.of(
                signal("tiktok", "1", "catmomshirt", Volume.PLAYS, 10),
                signal("google-trends", "2", "cat mom shirt", Volume.SEARCHES, 10),
                signal("tiktok", "3", "#CatMomShirt", Volume.PLAYS, 10)));

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).key()).isEqualTo("catmomshirt");
        assertThat(groups.get(0).observers()).containsExactly("google-trends", "tiktok");
        assertThat(groups.get(0).keyword().split(" ")).hasSize(3);
    }

    @Test
    void shouldShowTheMostFrequentOfTheSpellingsWithSpaces() {
        List<KeywordGroup> groups = TrendMerger.merge(List.of(
                signal("tiktok", "1", "Cat Mom", Volume.PLAYS, 10),
                signal("tiktok", "2", "cat mom", Volume.PLAYS, 10),
                signal("reddit", "3", "cat mom", Volume.UPVOTES, 10),
                signal("tiktok", "4", "catmom", Volume.PLAYS, 10),
                signal("tiktok", "5", "catmom", Volume.PLAYS, 10),
                signal("tiktok", "6", "catmom", Volume.PLAYS, 10)));

        assertThat(groups).extracting(KeywordGroup::keyword).containsExactly("cat mom");
    }

    @Test
    void shouldCountTheSameObservationFetchedTwiceOnce() {
        Signal older = signal("tiktok", "1", "cat mom", Volume.PLAYS, 10, 0, NOW.minusSeconds(60));
        Signal newer = signal("tiktok", "1", "cat mom", Volume.PLAYS, 15, 0, NOW);
        Signal other = signal("reddit", "1", "cat mom", Volume.UPVOTES, 3, 0, NOW.minusSeconds(90));

        assertThat(TrendMerger.merge(List.of(older, newer, other)).get(0).signals())
                .containsExactly(newer, other);
    }

    @Test
    void shouldKeepTheKeywordsOfOneObservationApart() {
        assertThat(TrendMerger.merge(List.of(
                        signal("tiktok", "1", "cat", Volume.PLAYS, 10),
                        signal("tiktok", "1", "dog", Volume.PLAYS, 10))))
                .hasSize(2);
    }

    @Property
    void shouldNotCareInWhichOrderSignalsCome(@ForAll("signals") List<Signal> signals, @ForAll long seed) {
        List<Signal> shuffled = new ArrayList<>(signals);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(TrendMerger.merge(shuffled)).isEqualTo(TrendMerger.merge(signals));
    }

    @Property
    void shouldPutEveryVisibleSignalIntoExactlyOneGroup(@ForAll("signals") List<Signal> signals) {
        List<KeywordGroup> groups = TrendMerger.merge(signals);

        assertThat(groups).extracting(KeywordGroup::key).doesNotHaveDuplicates().isSorted();
        long expected = signals.stream()
                .map(signal -> List.of(KeywordFolder.key(signal.keyword()), signal.source(), signal.externalId()))
                .filter(parts -> !parts.get(0).isEmpty())
                .distinct()
                .count();
        assertThat(groups.stream().mapToLong(group -> group.signals().size()).sum())
                .isEqualTo(expected);
    }
}
