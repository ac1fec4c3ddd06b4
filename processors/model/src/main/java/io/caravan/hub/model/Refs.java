package io.caravan.hub.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Deterministic references: the same parts give the same reference on every node and every replay, so that a
 * redelivery finds what an earlier delivery made instead of making it again.
 */
public final class Refs {

    /** Length of a reference in characters; 130 bits of a SHA-256. */
    public static final int LENGTH = 26;

    private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private Refs() {}

    /**
     * {@code base32(sha256(part|part|...))} cut to {@value #LENGTH} lower-case characters. A {@code |} inside a part is
     * escaped, so that different parts never join to the same text.
     */
    public static String of(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            joined.append(part.replace("\\", "\\\\").replace("|", "\\|")).append('|');
        }
        return base32(sha256(joined.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Lower-case hexadecimal SHA-256 of the bytes: the name of a stored object. */
    public static String sha256Hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(sha256(bytes));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder out = new StringBuilder(LENGTH);
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << 8) | (b & 0xff);
            bits += 8;
            while (bits >= 5 && out.length() < LENGTH) {
                out.append(BASE32[(buffer >> (bits - 5)) & 31]);
                bits -= 5;
            }
        }
        return out.toString();
    }
}
