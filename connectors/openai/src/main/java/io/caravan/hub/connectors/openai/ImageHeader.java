package io.caravan.hub.connectors.openai;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What the first bytes of a picture say, without decoding it: decoders are where pictures do harm.
 *
 * @param mediaType {@code image/png}, {@code image/jpeg} or {@code image/webp}
 */
record ImageHeader(String mediaType, int width, int height) {

    private static final int LONGEST_SIDE = 12_000;
    private static final long MOST_PIXELS = 80_000_000;

    /** Empty when the bytes are none of the three kinds, are cut within their header, or claim an absurd size. */
    static Optional<ImageHeader> of(byte[] bytes) {
        return mediaType(bytes)
                .flatMap(type -> type.equals("image/webp") ? webp(bytes) : known(type, bytes))
                .filter(header -> header.width > 0
                        && header.height > 0
                        && Math.max(header.width, header.height) <= LONGEST_SIDE
                        && (long) header.width * header.height <= MOST_PIXELS);
    }

    /** By magic bytes alone. */
    static Optional<String> mediaType(byte[] bytes) {
        if (starts(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (starts(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        return starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static Optional<ImageHeader> known(String type, byte[] bytes) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type);
        if (!readers.hasNext()) {
            return Optional.empty();
        }
        ImageReader reader = readers.next();
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
            return Optional.of(new ImageHeader(type, reader.getWidth(0), reader.getHeight(0)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        } finally {
            reader.dispose();
        }
    }

    /** The JDK reads no WebP. Three forms: extended, lossless, lossy. Source: RFC 9649, read 2026-11-20. */
    private static Optional<ImageHeader> webp(byte[] bytes) {
        if (bytes.length < 30) {
            return Optional.empty();
        }
        if (starts(bytes, 12, "VP8X")) {
            return Optional.of(new ImageHeader("image/webp", little(bytes, 24, 3) + 1, little(bytes, 27, 3) + 1));
        }
        if (starts(bytes, 12, "VP8L") && (bytes[20] & 0xff) == 0x2f) {
            int packed = little(bytes, 21, 4);
            return Optional.of(new ImageHeader("image/webp", (packed & 0x3fff) + 1, (packed >>> 14 & 0x3fff) + 1));
        }
        if (starts(bytes, 12, "VP8 ") && starts(bytes, 23, "\u009d\u0001\u002a")) {
            return Optional.of(
                    new ImageHeader("image/webp", little(bytes, 26, 2) & 0x3fff, little(bytes, 28, 2) & 0x3fff));
        }
        return Optional.empty();
    }

    private static int little(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }

    private static boolean starts(byte[] bytes, int at, String latin1) {
        byte[] magic = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (bytes[at + i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
