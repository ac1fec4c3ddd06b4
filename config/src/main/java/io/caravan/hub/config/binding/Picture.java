package io.caravan.hub.config.binding;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A decoded picture.
 *
 * @param argb rows from the top, {@code 0xAARRGGBB}
 */
record Picture(int[] argb, int width, int height) {

    private static final long MOST_PIXELS = 40_000_000;

    /**
     * Reads the header before the pixels, so that a small file cannot claim a huge picture.
     *
     * @throws IllegalArgumentException when the bytes are no picture that can be read, or it is too large
     */
    static Picture decode(byte[] bytes) {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IllegalArgumentException("the picture is neither PNG nor JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS) {
                    throw new IllegalArgumentException("the picture of " + width + " by " + height + " is too large");
                }
                BufferedImage image = reader.read(0);
                return new Picture(image.getRGB(0, 0, width, height, null, 0, width), width, height);
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the picture cannot be read: " + e.getMessage(), e);
        }
    }
}
