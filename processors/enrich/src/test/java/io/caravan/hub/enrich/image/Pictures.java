package io.caravan.hub.enrich.image;

import java.util.Arrays;

/** Drawn pictures, as pixels. */
final class Pictures {

    private Pictures() {}

    static int[] flat(int argb, int width, int height) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, argb);
        return pixels;
    }

    /** A disc and a bar on a transparent ground; the same drawing at any size. */
    static int[] drawing(int width, int height, double discAt) {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (x + 0.5) / width;
                double v = (y + 0.5) / height;
                boolean disc = Math.hypot(u - discAt, v - 0.4) < 0.22;
                boolean bar = v > 0.75 && v < 0.85 && u > 0.1 && u < 0.7;
                int shade = (int) (120 * u + 60 * v);
                pixels[y * width + x] = disc ? 0xFF000000 | shade << 16 | 0x2040 : bar ? 0xFF206090 : 0x00FFFFFF;
            }
        }
        return pixels;
    }

    static int[] mirrored(int[] pixels, int width) {
        int[] out = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            out[i] = pixels[i / width * width + (width - 1 - i % width)];
        }
        return out;
    }

    /** Each channel moved a little, as a lossy format does. */
    static int[] noisy(int[] pixels) {
        int[] out = pixels.clone();
        for (int i = 0; i < out.length; i++) {
            int red = Math.min(255, (out[i] >> 16 & 255) + i % 5);
            out[i] = out[i] & 0xFF00FFFF | red << 16;
        }
        return out;
    }
}
