package io.caravan.hub.proof.fuzz;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Small pictures of each kind that is taken. */
final class Pictures {

    /** One pixel, as WebP's own documentation has it: lossy, lossless, with transparency. */
    private static final List<String> WEBP = List.of(
            "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
            "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
            "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABWUDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==");

    private Pictures() {}

    static List<byte[]> seeds() {
        BufferedImage picture = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 9 * 7; i++) {
            picture.setRGB(i % 9, i / 9, Color.HSBtoRGB(i / 63f, 1, 1));
        }
        List<byte[]> seeds = new ArrayList<>();
        for (String format : List.of("png", "jpeg", "gif")) {
            seeds.add(written(picture, format));
        }
        WEBP.forEach(text -> seeds.add(Base64.getDecoder().decode(text)));
        return seeds;
    }

    private static byte[] written(BufferedImage picture, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(picture, format, out)) {
                throw new IllegalStateException("this Java writes no " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
