package io.caravan.hub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void shouldTakeEveryDouble() {
        assertThat(Numbers.bounded(BigDecimal.valueOf(Double.MIN_VALUE))).isTrue();
        assertThat(Numbers.bounded(BigDecimal.valueOf(-Double.MAX_VALUE))).isTrue();
    }

    @Test
    void shouldFindTheOneThatWouldFillTheMemoryWhereverItStands() {
        BigDecimal vast = new BigDecimal("1e999999999");
        assertThat(Numbers.bounded(Map.of("a", List.of(1, "b", Map.of("c", BigDecimal.TEN)))))
                .isTrue();
        assertThat(Numbers.bounded(Map.of("a", List.of(1, "b", Map.of("c", vast)))))
                .isFalse();
        assertThat(Numbers.bounded(vast.negate())).isFalse();
        assertThat(Numbers.bounded(new BigDecimal("1e-999999999"))).isFalse();
    }
}
