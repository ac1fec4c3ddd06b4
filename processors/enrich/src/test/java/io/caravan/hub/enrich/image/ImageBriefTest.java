package io.caravan.hub.enrich.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.enrich.text.Terms;
import io.caravan.hub.enrich.text.WordRules;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.image.Brief;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageBriefTest {

    private static final ImageRules RULES = ImageRules.defaults();
    private static final Terms TRADEMARKS = Terms.of(RULES.words().trademarks());

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyVisibleText(250);
    }

    @Test
    void shouldSayWhatToDrawAndHow() {
        Brief brief = ImageBrief.from(Samples.idea(), RULES);

        assertThat(brief.prompt())
                .startsWith("A sleepy cat curled around a steaming cup under a crescent moon. Drawn as: flat vector,"
                        + " three colours.")
                .contains("No text");
        assertThat(brief.size()).isEqualTo("1024x1024");
        assertThat(brief.quality()).isEqualTo("medium");
        assertThat(brief.background()).isEqualTo("transparent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nike", "Mickey Mouse", "H a r r y P o t t e r", "Ｄｉｓｎｅｙ's", "#StarWars", "p0kem0n"})
    void shouldLeaveTrademarksOut(String word) {
        Brief brief = ImageBrief.from(idea("A cat wears a " + word + " cap", word + " style"), RULES);

        assertThat(brief.prompt()).startsWith("A cat wears a cap. Drawn as: style.");
        assertThat(TRADEMARKS.find(brief.prompt())).isEmpty();
    }

    @Property(tries = 300)
    void shouldNeverHoldATrademark(@ForAll("texts") String motif, @ForAll("texts") String style) {
        Brief brief = ImageBrief.from(idea("cat " + motif + " nike", style), RULES);

        assertThat(TRADEMARKS.find(brief.prompt())).isEmpty();
        assertThat(brief.prompt()).hasSizeLessThanOrEqualTo(4_000);
    }

    @Test
    void shouldLeaveTrademarksOutThatTheTemplateBringsOrThatOnlyTheWholeMakes() {
        Brief brief = ImageBrief.from(
                idea("A cat on a star", "wars of ink"),
                rules("{{motif}} {{style}}, not like Disney", "1024x1024", RULES.words()));

        assertThat(brief.prompt()).isEqualTo("A cat on a of ink, not like");
    }

    @Test
    void shouldNotFillInAPlaceholderThatTheIdeaBrings() {
        assertThat(ImageBrief.from(idea("A cat {{style}} $1 \\1", "ink"), RULES).prompt())
                .startsWith("A cat {{style}} $1 \\1. Drawn as: ink.");
    }

    @Test
    void shouldRefuseAMotifOfProtectedWordsAlone() {
        assertThatThrownBy(() -> ImageBrief.from(idea("Nike, Disney!", "ink"), RULES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("protected words");
    }

    @Test
    void shouldRefuseRulesThatCannotWork() {
        assertThatThrownBy(() -> rules("draw something", "1024x1024")).hasMessageContaining("{{motif}}");
        assertThatThrownBy(() -> rules("{{motif}} {{price}}", "1024x1024")).hasMessageContaining("price");
        assertThatThrownBy(() -> rules("{{motif}}", "10x10")).hasMessageContaining("size");
    }

    private static ImageRules rules(String template, String size) {
        return rules(template, size, new WordRules(List.of(), List.of()));
    }

    private static ImageRules rules(String template, String size, WordRules words) {
        return new ImageRules(template, size, "low", "opaque", RULES.checks(), RULES.review(), words);
    }

    private static Idea idea(String motif, String style) {
        return new Idea("Headline", motif, style, "cat people", "A story.", List.of());
    }
}
