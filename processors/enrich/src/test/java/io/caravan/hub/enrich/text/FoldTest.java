package io.caravan.hub.enrich.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTest {

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyText(120);
    }

    @ParameterizedTest
    @CsvSource({
        "'Straße', 'STRASSE'",
        "'ＣＡＴ　ＭＯＭ', 'cat mom'",
        "'caf\u00e9', 'cafe\u0301'",
        "'ca\u200bt', 'cat'",
        "'ΟΔΟΣ', 'οδος'",
        "'①', '1'",
    })
    void shouldBringSpellingsTogether(String one, String other) {
        assertThat(Fold.text(one)).isEqualTo(Fold.text(other));
    }

    @ParameterizedTest
    @CsvSource({
        "'NÏKE', 'nike'",
        "'nіkе', 'nike'",
        "'ⓝⓘⓚⓔ', 'nike'",
        "'𝓷𝓲𝓴𝓮', 'nike'",
        "'🇳🇮🇰🇪', 'nike'",
        "'ɴɪᴋᴇ', 'nike'",
        "'١٢٣', '123'",
    })
    void shouldSeeThroughLookAlikes(String text, String plain) {
        assertThat(Fold.plain(text)).isEqualTo(plain);
    }

    @Property
    void shouldChangeNothingWhenFoldedAgain(@ForAll("texts") String text) {
        assertThat(Fold.text(Fold.text(text))).isEqualTo(Fold.text(text));
        assertThat(Fold.clean(Fold.clean(text))).isEqualTo(Fold.clean(text));
        assertThat(Fold.key(Fold.key(text))).isEqualTo(Fold.key(text));
        assertThat(Fold.plain(Fold.plain(text))).isEqualTo(Fold.plain(text));
    }

    @Property
    void shouldNeverCutACharacterInHalf(
            @ForAll("texts") String text, @ForAll @net.jqwik.api.constraints.IntRange(min = 1, max = 60) int max) {
        String whole = Fold.clean(text);
        assertThat(Fold.cut(whole, max)).hasSizeLessThanOrEqualTo(max);
        assertThat(whole).startsWith(Fold.cut(whole, max));
        assertThat(Fold.cutAtWord(whole, max)).hasSizeLessThanOrEqualTo(max);
        assertThat(Fold.cut(whole, max)
                                .chars()
                                .filter(c -> Character.isSurrogate((char) c))
                                .count()
                        % 2)
                .isZero();
    }
}
