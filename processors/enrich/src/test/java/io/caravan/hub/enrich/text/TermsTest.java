package io.caravan.hub.enrich.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.enrich.Samples;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {

    private static final Terms TERMS =
            Terms.of(List.of("nike", "disney", "harry potter", "levi's", "mar", "ピカチュウ", "sony", "starbucks"));

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyText(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nike",
                "my NIKE shoes",
                "Nike's best",
                "n i k e",
                "n.i.k.e",
                "n-i-k-e",
                "N1KE",
                "nіkе",
                "ｎｉｋｅ",
                "ni\u200Bke",
                "ni\u00ADke",
                "n\u0336i\u0336k\u0336e\u0336",
                "🇳🇮🇰🇪",
                "di$ney",
                "d1sney world",
                "dis ney",
                "d i s n e y",
                "harrypotter",
                "#HarryPotter",
                "harry  potter",
                "Harry-Potter",
                "H a r r y P o t t e r",
                "levis",
                "Levi’s",
                "かわいいピカチュウのシャツ",
                "s 0 n y",
                "star bucks",
                "(nike)",
                "nike!",
                "NIKE™",
                "n_i_k_e"
            })
    void shouldFindTheWordHoweverItIsSpelled(String text) {
        assertThat(TERMS.find(text)).isNotEmpty();
        assertThat(TERMS.in(TERMS.removeFrom("a cat and " + text + " with a hat")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nikely",
                "market",
                "harry the potter",
                "snike",
                "",
                "   ",
                "mars",
                "1984",
                "a b c",
                "dinner is nigh",
                "son yes"
            })
    void shouldLeaveOtherWordsAlone(String text) {
        assertThat(TERMS.find(text)).isEmpty();
        assertThat(TERMS.removeFrom(text)).isEqualTo(Fold.clean(text));
    }

    @Test
    void shouldNameTheTermsAsTheListWritesThem() {
        assertThat(TERMS.find("LEVIS by HARRY POTTER")).containsExactlyInAnyOrder("levi's", "harry potter");
    }

    @Test
    void shouldKeepTheRestOfTheTextWhenAWordIsTakenOut() {
        assertThat(TERMS.removeFrom("a cat in Nike shoes")).isEqualTo("a cat in shoes");
    }

    @Test
    void shouldRefuseATermThatCanNeverBeFound() {
        assertThatThrownBy(() -> Terms.of(List.of("™"))).hasMessageContaining("™");
    }

    @Property
    void shouldLeaveNothingOfTheListInAnyText(@ForAll("texts") String text) {
        assertThat(TERMS.find(TERMS.removeFrom(text + " nike " + text))).isEmpty();
    }
}
