package io.caravan.hub.connectors.delivery.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T05:00:00Z");
    private static final Duration PACE = Duration.ofMillis(600);

    private final Turns turns = new Turns();

    @Test
    void shouldLetThemComeBackOneAfterTheOther() {
        assertThat(Stream.generate(() -> turns.next("points", NOW, PACE)).limit(4))
                .containsExactly(NOW, NOW.plusMillis(600), NOW.plusMillis(1_200), NOW.plusMillis(1_800));
    }

    @Test
    void shouldGiveEachBucketItsOwn() {
        turns.next("points", NOW, PACE);
        assertThat(turns.next("others", NOW, PACE)).isEqualTo(NOW);
    }

    @Test
    void shouldBeginAgainWhenTheLastTurnIsOver() {
        turns.next("points", NOW, PACE);
        assertThat(turns.next("points", NOW.plusSeconds(5), PACE)).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void shouldSpreadWhomItCannotPlaceOverTheFurthestTurn() {
        Instant end = NOW.plus(Turns.FURTHEST);
        long places = Turns.FURTHEST.dividedBy(PACE);
        assertThat(Stream.generate(() -> turns.next("points", NOW, PACE))
                        .limit(10 * places)
                        .toList())
                .allSatisfy(turn -> assertThat(turn).isBetween(NOW, end))
                .satisfies(all ->
                        assertThat(all.stream().skip(places)).anyMatch(turn -> turn.isBefore(end.minusSeconds(30))));
    }
}
