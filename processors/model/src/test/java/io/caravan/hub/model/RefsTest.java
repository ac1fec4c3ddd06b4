package io.caravan.hub.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RefsTest {

    @Test
    void shouldGiveTheSameReferenceForTheSameParts() {
        assertThat(Refs.of("acme", "etsy.listing", "l1", "1"))
                .hasSize(Refs.LENGTH)
                .matches("[a-z2-7]{26}")
                .isEqualTo(Refs.of("acme", "etsy.listing", "l1", "1"));
    }

    @Property
    void shouldTellPartsApartWhereverTheirTextIsCut(
            @ForAll @Size(max = 3) String[] left, @ForAll @Size(max = 3) String[] right) {
        boolean same = java.util.Arrays.equals(left, right);
        assertThat(Refs.of(left).equals(Refs.of(right))).isEqualTo(same);
    }
}
