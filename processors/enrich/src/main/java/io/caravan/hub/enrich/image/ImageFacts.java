package io.caravan.hub.enrich.image;

import java.util.BitSet;

/**
 * What can be measured of a picture.
 *
 * @param visibleShare 0 to 1: pixels that are at least half opaque
 * @param colours different colours among these, in steps of 32 for each of red, green and blue: 0 to 512
 * @param contrast standard deviation of the brightness of all pixels over white, 0 to 128
 */
public record ImageFacts(int width, int height, double visibleShare, int colours, double contrast) {

    /**
     * @param argb rows from the top, {@code 0xAARRGGBB}
     * @throws IllegalArgumentException when there is no pixel or their number does not fit
     */
    public static ImageFacts of(int[] argb, int width, int height) {
        Pixels.check(argb, width, height);
        BitSet colours = new BitSet(512);
        long visible = 0;
        double sum = 0;
        double squares = 0;
        for (int pixel : argb) {
            int brightness = Pixels.brightness(pixel);
            sum += brightness;
            squares += (double) brightness * brightness;
            if (Pixels.alpha(pixel) >= 128) {
                visible++;
                colours.set((pixel >> 15 & 0x1C0) | (pixel >> 10 & 0x38) | (pixel >> 5 & 0x7));
            }
        }
        double mean = sum / argb.length;
        double variance = Math.max(0, squares / argb.length - mean * mean);
        return new ImageFacts(
                width, height, (double) visible / argb.length, colours.cardinality(), Math.sqrt(variance));
    }
}
