package io.caravan.hub.enrich.image;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A 64-bit difference hash: the picture is averaged down to 9 by 8 grey fields, and each bit says whether a field is
 * brighter than its right neighbour. Copies that were scaled, compressed or tinted differ in few bits. Transparent
 * pixels count as white, the way a design looks on a white shirt.
 *
 * @see <a href="https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html">the method</a>
 */
public final class PerceptualHash {

    private static final int COLUMNS = 9;
    private static final int ROWS = 8;

    private PerceptualHash() {}

    /**
     * @param argb rows from the top, {@code 0xAARRGGBB}, {@code width * height} of them
     * @throws IllegalArgumentException when there is no pixel or their number does not fit
     */
    public static long of(int[] argb, int width, int height) {
        Pixels.check(argb, width, height);
        long hash = 0;
        for (int row = 0; row < ROWS; row++) {
            long left = brightness(argb, width, height, 0, row);
            for (int column = 1; column < COLUMNS; column++) {
                long right = brightness(argb, width, height, column, row);
                hash = (hash << 1) | (left > right ? 1 : 0);
                left = right;
            }
        }
        return hash;
    }

    /** Number of bits in which the hashes differ, 0 to 64. */
    public static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }

    public static boolean similar(long a, long b, int maxDistance) {
        return distance(a, b) <= maxDistance;
    }

    /**
     * Ids of the known pictures that are similar, nearest first, then by id.
     *
     * @param known id to hash
     */
    public static List<String> similarTo(long hash, Map<String, Long> known, int maxDistance) {
        return known.entrySet().stream()
                .filter(entry -> similar(hash, entry.getValue(), maxDistance))
                .sorted(Comparator.<Map.Entry<String, Long>>comparingInt(entry -> distance(hash, entry.getValue()))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** 16 lower-case hexadecimal digits. */
    public static String toHex(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }

    /**
     * @throws IllegalArgumentException when it is not 16 hexadecimal digits
     */
    public static long fromHex(String hex) {
        if (hex.length() != 16) {
            throw new IllegalArgumentException("a picture's hash has 16 hexadecimal digits");
        }
        return HexFormat.fromHexDigitsToLong(hex);
    }

    /** Mean brightness of one field in thousandths; a field holds at least one pixel. */
    private static long brightness(int[] argb, int width, int height, int column, int row) {
        int x0 = (int) ((long) column * width / COLUMNS);
        int x1 = Math.max(x0 + 1, (int) ((long) (column + 1) * width / COLUMNS));
        int y0 = (int) ((long) row * height / ROWS);
        int y1 = Math.max(y0 + 1, (int) ((long) (row + 1) * height / ROWS));
        long sum = 0;
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                sum += Pixels.brightness(argb[y * width + x]);
            }
        }
        return sum * 1_000 / ((long) (x1 - x0) * (y1 - y0));
    }
}
