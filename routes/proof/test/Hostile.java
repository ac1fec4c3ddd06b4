package io.caravan.hub.routes.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bodies that no vendor should send. */
final class Hostile {

    static final int HUGE = 50 * 1024 * 1024;

    private static final int BLOCK = 64 * 1024;
    private static final int BOMB_BLOCKS = 3_200;

    static final String CAPTCHA =
            "<!DOCTYPE html><html><title>Just a moment...</title><body>Are you human?</body></html>";

    /** As many vendors say it: a failure with a status of success. */
    static final String ERROR_INSIDE =
            "{\"status\":\"error\",\"error\":{\"type\":\"server_error\",\"code\":\"server_error\","
                    + "\"message\":\"The server had an error\"},\"errors\":[{\"message\":\"Internal error\","
                    + "\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}]}";

    static final String TWICE = "{\"id\":1,\"id\":2,\"listing_id\":1,\"listing_id\":2,\"data\":{},\"data\":{}}";
    static final String NAN = "{\"id\":NaN,\"listing_id\":Infinity,\"price\":-Infinity}";
    static final String DEEP = "{\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    private static final byte[] BOMB = bomb();

    private Hostile() {}

    /** 50 MB of JSON, written as long as somebody reads. */
    static void huge(Visit visit) throws IOException {
        visit.send(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + HUGE
                        + "\r\nConnection: close\r\n\r\n{\"id\":\"1\",\"junk\":\"")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'a');
        for (int sent = 0; sent < HUGE; sent += BLOCK) {
            visit.send(block);
        }
        visit.close();
    }

    /** 200 KB that become 200 MB. */
    static void bomb(Visit visit) throws IOException {
        visit.answer(200, "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", BOMB);
    }

    private static byte[] bomb() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                byte[] block = new byte[BLOCK];
                Arrays.fill(block, (byte) ' ');
                for (int i = 0; i < BOMB_BLOCKS; i++) {
                    gzip.write(block);
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
