package io.caravan.hub.connectors.media;

import io.caravan.hub.model.VendorException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Looks at how a file is built before a decoder does, for bombs that a decoder would unpack. */
final class Structure {

    /** A picture needs what draws it; compressed texts and profiles may be a million times their size. */
    private static final Set<String> DRAWN = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** Cameras and encoders write about ten; each costs a decoder one walk over all pixels. */
    private static final int MOST_SCANS = 64;

    private Structure() {}

    /**
     * A PNG with nothing but the chunks that draw it.
     *
     * @throws VendorException REJECTED {@code not-an-image} when its chunks do not add up
     */
    static byte[] plainPng(byte[] png) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length);
        out.write(png, 0, 8);
        int at = 8;
        while (at + 12 <= png.length) {
            long length = unsigned(png, at);
            if (at + 12 + length > png.length) {
                break;
            }
            String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            int whole = (int) length + 12;
            if (DRAWN.contains(type)) {
                out.write(png, at, whole);
            }
            at += whole;
            if (type.equals("IEND")) {
                return out.toByteArray();
            }
        }
        throw Refusal.rejected("not-an-image", "the PNG ends before its end");
    }

    /**
     * @throws VendorException REJECTED {@code too-many-pixels} for a JPEG with so many scans that drawing it would take
     *     minutes
     */
    static void checkScans(byte[] jpeg) {
        int scans = 0;
        for (int i = 0; i + 1 < jpeg.length; i++) {
            // inside a scan's data an FF is followed by 00, so FF DA is always a new scan or part of a comment
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xDA && ++scans > MOST_SCANS) {
                throw Refusal.rejected(
                        "too-many-pixels", "the JPEG draws its pixels more than " + MOST_SCANS + " times");
            }
        }
    }

    private static long unsigned(byte[] bytes, int at) {
        return ((bytes[at] & 0xFFL) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }
}
