package io.caravan.hub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CausesTest {

    private final IOException inner = new IOException("disk");
    private final UncheckedIOException middle = new UncheckedIOException(inner);
    private final IllegalStateException outer = new IllegalStateException(middle);

    @Test
    void shouldGoFromTheFailureToWhatItCameFrom() {
        assertThat(Causes.of(outer)).containsExactly(outer, middle, inner);
        assertThat(Causes.of(null)).isEmpty();
    }

    @Test
    void shouldFindTheOutermostOfAType() {
        assertThat(Causes.find(outer, IOException.class)).isSameAs(inner);
        assertThat(Causes.find(outer, RuntimeException.class)).isSameAs(outer);
        assertThat(Causes.find(outer, Error.class)).isNull();
        assertThat(Causes.find(null, Error.class)).isNull();
    }

    @Test
    void shouldComeToAnEndWhereFailuresCauseEachOther() {
        inner.initCause(outer);
        assertThat(Causes.find(outer, Error.class)).isNull();
        assertThat(Causes.of(outer)).hasSizeLessThan(1_000);
    }
}
