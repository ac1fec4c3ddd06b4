package io.caravan.hub.routes.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request on the wire.
 *
 * @param target path and query, as sent
 */
record Request(String method, String target, List<String> headers, byte[] body) {

    private static final int LONGEST_HEAD = 64 * 1024;

    /** Null at the end of the connection. */
    static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).trim());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        String[] words = first.split(" ");
        return new Request(words[0], words[1], headers, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int size = Integer.parseInt(line(in).trim(), 16);
        while (size > 0) {
            all.write(in.readNBytes(size));
            line(in);
            size = Integer.parseInt(line(in).trim(), 16);
        }
        line(in);
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            line.write(one);
            if (line.size() > LONGEST_HEAD) {
                throw new IOException("a head without an end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** As bytes for another server, on a connection that ends with the answer. */
    byte[] to(String path, String host) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        headers.stream()
                .filter(header -> !header.toLowerCase(Locale.ROOT)
                        .matches("(host|connection|content-length|transfer-encoding|expect|keep-alive):.*"))
                .forEach(header -> head.append(header).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\nConnection: close\r\n\r\n");
        byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }
}
