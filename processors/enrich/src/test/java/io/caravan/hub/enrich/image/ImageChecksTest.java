package io.caravan.hub.enrich.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageChecksTest {

    private static final ImageRules RULES = ImageRules.defaults();

    @Test
    void shouldFindNothingAgainstADrawing() {
        assertThat(against(ImageFacts.of(Pictures.drawing(1_024, 1_536, 0.5), 1_024, 1_536)))
                .isEmpty();
    }

    @Test
    void shouldFindNothingAgainstASilhouetteOfOneColour() {
        int[] pixels = Pictures.drawing(1_024, 1_024, 0.5);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixels[i] >>> 24 == 0 ? 0 : 0xFF000000;
        }
        assertThat(against(ImageFacts.of(pixels, 1_024, 1_024))).isEmpty();
    }

    @Test
    void shouldSayThatAPictureIsTooSmall() {
        assertThat(against(ImageFacts.of(Pictures.drawing(512, 512, 0.5), 512, 512)))
                .containsExactly("size");
    }

    @Test
    void shouldSayThatAPictureIsTooLong() {
        assertThat(against(ImageFacts.of(Pictures.drawing(1_024, 2_048, 0.5), 1_024, 2_048)))
                .containsExactly("aspect");
    }

    @Test
    void shouldSayThatNothingIsDrawn() {
        assertThat(against(ImageFacts.of(Pictures.flat(0xFF3366CC, 1_024, 1_024), 1_024, 1_024)))
                .containsExactly("content");
        assertThat(against(ImageFacts.of(Pictures.noisy(Pictures.flat(0xFF1F6020, 1_024, 1_024)), 1_024, 1_024)))
                .containsExactly("content");
        assertThat(against(ImageFacts.of(Pictures.flat(0x00FFFFFF, 1_024, 1_024), 1_024, 1_024)))
                .containsExactly("visible", "content");
    }

    @Test
    void shouldMeasure() {
        ImageFacts facts = ImageFacts.of(new int[] {0xFF000000, 0xFFFFFFFF, 0xFFFF0000, 0x00123456}, 2, 2);

        assertThat(facts.visibleShare()).isEqualTo(0.75);
        assertThat(facts.colours()).isEqualTo(3);
        assertThat(facts.contrast()).isBetween(100.0, 128.0);
    }

    private static List<String> against(ImageFacts facts) {
        return ImageChecks.check(facts, RULES).stream()
                .filter(finding -> !finding.good())
                .map(Finding::code)
                .toList();
    }
}
