package io.caravan.hub.enrich.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PerceptualHashTest {

    private static final long DRAWING = PerceptualHash.of(Pictures.drawing(256, 256, 0.5), 256, 256);

    @Test
    void shouldKnowACopyOfAnotherSizeOrQuality() {
        long bigger = PerceptualHash.of(Pictures.drawing(1_024, 1_024, 0.5), 1_024, 1_024);
        long noisy = PerceptualHash.of(Pictures.noisy(Pictures.drawing(256, 256, 0.5)), 256, 256);

        assertThat(PerceptualHash.distance(DRAWING, bigger)).isLessThanOrEqualTo(3);
        assertThat(PerceptualHash.distance(DRAWING, noisy)).isLessThanOrEqualTo(6);
        assertThat(PerceptualHash.similar(DRAWING, bigger, 6)).isTrue();
    }

    @Test
    void shouldTellOtherPicturesApart() {
        long moved = PerceptualHash.of(Pictures.drawing(256, 256, 0.2), 256, 256);
        long mirrored = PerceptualHash.of(Pictures.mirrored(Pictures.drawing(256, 256, 0.5), 256), 256, 256);

        assertThat(PerceptualHash.similar(DRAWING, moved, 6)).isFalse();
        assertThat(PerceptualHash.similar(DRAWING, mirrored, 6)).isFalse();
    }

    @Test
    void shouldSeeTransparentAsWhite() {
        int[] onNothing = Pictures.drawing(64, 64, 0.5);
        int[] onWhite = onNothing.clone();
        for (int i = 0; i < onWhite.length; i++) {
            onWhite[i] = onWhite[i] >>> 24 == 0 ? 0xFFFFFFFF : onWhite[i];
        }
        assertThat(PerceptualHash.of(onNothing, 64, 64)).isEqualTo(PerceptualHash.of(onWhite, 64, 64));
    }

    @Test
    void shouldReadTheBitsAsBrighterThanTheRightNeighbour() {
        int[] fading = new int[9 * 8];
        for (int i = 0; i < fading.length; i++) {
            int grey = 255 - 20 * (i % 9);
            fading[i] = 0xFF000000 | grey << 16 | grey << 8 | grey;
        }
        assertThat(PerceptualHash.of(fading, 9, 8)).isEqualTo(-1L);
        assertThat(PerceptualHash.of(Pictures.mirrored(fading, 9), 9, 8)).isZero();
    }

    @Property
    void shouldTakeAnySizeFromOnePixelOn(
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 40) int height) {
        assertThat(PerceptualHash.of(Pictures.flat(0xFF336699, width, height), width, height))
                .isZero();
    }

    @Property
    void shouldSurviveBeingWritten(@ForAll long hash, @ForAll long other) {
        assertThat(PerceptualHash.fromHex(PerceptualHash.toHex(hash))).isEqualTo(hash);
        assertThat(PerceptualHash.toHex(hash)).matches("[0-9a-f]{16}");
        assertThat(PerceptualHash.distance(hash, other)).isEqualTo(PerceptualHash.distance(other, hash));
        assertThat(PerceptualHash.distance(hash, ~hash)).isEqualTo(64);
    }

    @Test
    void shouldListSimilarPicturesNearestFirst() {
        assertThat(PerceptualHash.similarTo(0, Map.of("far", -1L, "near", 1L, "nearer", 0L, "alike", 1L), 2))
                .containsExactly("nearer", "alike", "near");
    }

    @Test
    void shouldRefusePixelsThatDoNotFit() {
        assertThatThrownBy(() -> PerceptualHash.of(new int[5], 2, 2)).hasMessageContaining("5 pixels");
        assertThatThrownBy(() -> PerceptualHash.of(new int[0], 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PerceptualHash.fromHex("12")).isInstanceOf(IllegalArgumentException.class);
    }
}
