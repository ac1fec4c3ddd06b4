package io.caravan.hub.connectors.delivery.db;

import java.security.SecureRandom;

/** New ids: 26 lower-case characters that sort by time of making, so that indexes grow at one end. */
public final class Ids {

    public static final int LENGTH = 26;

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** 48 bits of wall clock for locality only, 80 random bits for uniqueness. */
    public static String next() {
        char[] id = new char[LENGTH];
        long time = System.currentTimeMillis();
        for (int i = 9; i >= 0; i--) {
            id[i] = DIGITS[(int) (time & 31)];
            time >>>= 5;
        }
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        for (int i = 0; i < 16; i++) {
            id[10 + i] = DIGITS[random[i] & 31];
        }
        return new String(id);
    }
}
