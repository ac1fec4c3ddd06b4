package io.caravan.hub.enrich.image;

/** What the functions on pixels share. */
final class Pixels {

    private Pixels() {}

    static void check(int[] argb, int width, int height) {
        if (width < 1 || height < 1 || (long) width * height != argb.length) {
            throw new IllegalArgumentException(
                    "a picture of " + width + " by " + height + " cannot have " + argb.length + " pixels");
        }
    }

    static int alpha(int argb) {
        return argb >>> 24;
    }

    /** 0 to 255, over white, weights of ITU-R BT.601. */
    static int brightness(int argb) {
        int grey = (299 * (argb >> 16 & 255) + 587 * (argb >> 8 & 255) + 114 * (argb & 255)) / 1_000;
        int alpha = alpha(argb);
        return (grey * alpha + 255 * (255 - alpha)) / 255;
    }
}
