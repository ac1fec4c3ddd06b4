package io.caravan.hub.connectors.media;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegment;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.util.List;

/** How a camera held the picture: EXIF orientation, 1 to 8. Our copy is turned and says nothing of it any more. */
final class Orientation {

    private Orientation() {}

    /** 1, upright, when the file does not say or says it unreadably. */
    static int ofJpeg(byte[] jpeg) {
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(jpeg)) {
            List<JPEGSegment> segments = JPEGSegmentUtil.readSegments(in, JPEG.APP1, "Exif");
            if (segments.isEmpty()) {
                return 1;
            }
            return read(segments.get(0).data().readAllBytes());
        } catch (IOException | RuntimeException e) {
            return 1;
        }
    }

    private static int read(byte[] segment) throws IOException {
        // one byte of padding stands between the name and the TIFF inside
        int from = segment.length > 1 && segment[0] == 0 ? 1 : 0;
        byte[] tiff = java.util.Arrays.copyOfRange(segment, from, segment.length);
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(tiff)) {
            Directory directory = new TIFFReader().read(in);
            Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
            int value = entry != null && entry.getValue() instanceof Number number ? number.intValue() : 1;
            return value >= 1 && value <= 8 ? value : 1;
        }
    }

    static boolean swapsSides(int orientation) {
        return orientation >= 5;
    }

    /** From the stored picture, {@code width} by {@code height}, to the upright one. */
    static AffineTransform upright(int orientation, double width, double height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
