package io.caravan.hub.enrich.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class KeyPhrasesTest {

    private static final Set<String> STOP =
            Set.of("my", "a", "the", "that", "i", "of", "in", "for", "is", "to", "and", "this");

    @Test
    void shouldLeaveKeywordsAlone() {
        Signal signal = signal("mushroom foraging");
        assertThat(KeyPhrases.expand(List.of(signal), 5, 2, STOP).kept()).containsExactly(signal);
    }

    @Test
    void shouldTakeTheNounsOutOfASentenceAndKeepItAsContext() {
        List<Signal> expanded = KeyPhrases.expand(
                        List.of(signal("I made a crochet frog for my niece and this is the result")), 5, 2, STOP)
                .kept();
        assertThat(expanded).extracting(Signal::keyword).contains("crochet frog");
        assertThat(expanded).allSatisfy(one -> {
            assertThat(one.context()).first().asString().startsWith("I made a crochet frog");
            assertThat(one.volume()).isEqualTo(40);
            assertThat(one.externalId()).startsWith("t3_1#");
        });
    }

    @Test
    void shouldPreferWordsThatOtherSentencesUseToo() {
        List<Signal> expanded = KeyPhrases.expand(
                        List.of(
                                signal("the axolotl tank in my flat is ready for a friend"),
                                signal("this is the axolotl tank that i built in a week"),
                                signal("a week of rain and the axolotl tank is fine")),
                        5,
                        1,
                        STOP)
                .kept();
        assertThat(expanded).extracting(Signal::keyword).containsOnly("axolotl tank");
    }

    @Test
    void shouldCountASentenceThatSaysNothing() {
        Cleaned nothing = KeyPhrases.expand(List.of(signal("is this the that of a to and")), 5, 2, STOP);
        assertThat(nothing.kept()).isEmpty();
        assertThat(nothing.dropped()).containsEntry("no-phrase", 1);
    }

    @Property
    void shouldNeverFailNorGiveMoreThanAskedFor(
            @ForAll @Size(max = 6) List<@StringLength(min = 1, max = 200) String> texts) {
        List<Signal> signals = texts.stream()
                .filter(text -> !text.isBlank())
                .map(KeyPhrasesTest::signal)
                .toList();
        assertThat(KeyPhrases.expand(signals, 5, 2, STOP).kept().size()).isLessThanOrEqualTo(signals.size() * 2);
    }

    private static Signal signal(String keyword) {
        return new Signal("reddit", "t3_1", keyword, Volume.UPVOTES, 40, 4, "", List.of(), Instant.EPOCH);
    }
}
