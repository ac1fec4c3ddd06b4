package io.caravan.hub.connectors.cjdropshipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CjVariantKeysTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // as many pieces as axes
                "2; Red-S|Red-M            ; Red+S|Red+M",
                "2; Blue Triangle-25X23CM  ; Blue Triangle+25X23CM",
                "3; Pink-25cm-Smile        ; Pink+25cm+Smile",
                // one axis takes the whole key, dashes and all
                "1; T-Shirt|Polo           ; T-Shirt|Polo",
                // the dash inside is known from another key
                "2; Red-S|Blue-Grey-S      ; Red+S|Blue-Grey+S",
                "2; Red-S|Red-M|A-B-M      ; Red+S|Red+M|A-B+M",
                "2; Red-S-M|Red-L|Blue-S-M ; Red+S-M|Red+L|Blue+S-M",
                // known only after another one was decided
                "2; Red-S|Ice-Blue-S|Ice-Blue-3-XL; Red+S|Ice-Blue+S|Ice-Blue+3-XL",
                // no key is certain, the fewest values decide
                "2; A-B-S|A-B-M|C-D-S|C-D-M; A-B+S|A-B+M|C-D+S|C-D+M",
                "2; S-A-B|M-A-B|S-C-D|M-C-D; S+A-B|M+A-B|S+C-D|M+C-D",
                // JSON in the place of a joined key
                "2; [\"Red-ish\",\"S\"]|[\"Blue\",\"S\"]; Red-ish+S|Blue+S"
            })
    void shouldTakeKeysApart(int axes, String keys, String expected) {
        assertThat(CjVariantKeys.split(List.of(keys.strip().split("\\|")), axes))
                .hasValueSatisfying(values -> assertThat(values.stream().map(one -> String.join("+", one)))
                        .containsExactly(expected.strip().split("\\|")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // fits in two ways, and the other keys do not tell
                "2; Blue-Green-S|Blue-Green-L",
                "2; A-B-C",
                "3; A-B-C|A-x-B-C|A-B-y-C",
                // too few pieces
                "2; Red|Red-S",
                "3; Red-S|Red-M",
                // nothing between two dashes
                "2; Red-|Blue-S",
                // two would be the same
                "2; Red-S|Red -S",
                "0; Red-S",
                // more pieces than anyone can tell apart
                "2; a-b-c-d-e-f-g-h-i-j-k-l"
            })
    void shouldNotGuess(int axes, String keys) {
        assertThat(CjVariantKeys.split(List.of(keys.strip().split("\\|")), axes))
                .isEmpty();
    }

    @Test
    void shouldNotTryForever() {
        List<String> keys = new java.util.ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add("a-b-c-d-e-f-g-h-i-" + i);
        }
        assertThat(CjVariantKeys.split(keys, 5)).isEmpty();
    }
}
