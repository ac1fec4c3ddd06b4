package io.caravan.hub.routes.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One request on its way through the gateway, in the hands of a fault: what can be done with it. */
final class Visit {

    private static final int HEAD_END = 4;

    private final Socket client;
    private final Line line;
    private final Request request;
    private boolean open = true;

    Visit(Socket client, Line line, Request request) {
        this.client = client;
        this.line = line;
        this.request = request;
    }

    Line line() {
        return line;
    }

    /** Whether the connection can take a further request. */
    boolean open() {
        return open;
    }

    /** Lets the vendor act. Its whole answer, head and body, as it stood on the wire. */
    byte[] act() throws IOException {
        int port = line.sandbox().url().getPort();
        try (Socket vendor = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = vendor.getOutputStream();
            out.write(request.to(request.target().substring(line.prefix().length()), "127.0.0.1:" + port));
            out.flush();
            return vendor.getInputStream().readAllBytes();
        }
    }

    /** Lets the vendor act, later and whether or not anybody waits. */
    void actIn(long millis) {
        line.later(millis, this::act);
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Sends a whole answer and hangs up. */
    void answer(int status, String headers, byte[] body) throws IOException {
        send(("HTTP/1.1 " + status + " Said\r\n" + headers + "Content-Length: " + body.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        send(body);
        close();
    }

    void answer(int status, String headers, String body) throws IOException {
        answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Without a FIN: what the other side has not read is gone. */
    void reset() throws IOException {
        client.setSoLinger(true, 0);
        close();
    }

    void close() throws IOException {
        open = false;
        client.close();
    }

    /** Says nothing until the other side gives up. */
    void hold() throws IOException {
        while (client.getInputStream().read() >= 0) {
            // more from a client that should be waiting; not our concern
        }
        close();
    }

    /** A byte at a time, each soon enough to be no time-out. */
    void drip(byte[] bytes, long everyMillis) throws IOException {
        for (byte one : bytes) {
            send(new byte[] {one});
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(everyMillis));
        }
        close();
    }

    /** The first part of an answer: its head and half of its body. */
    static byte[] half(byte[] answer) {
        int body = bodyAt(answer);
        return Arrays.copyOf(answer, body + (answer.length - body) / 2);
    }

    static byte[] body(byte[] answer) {
        return Arrays.copyOfRange(answer, bodyAt(answer), answer.length);
    }

    static int status(byte[] answer) {
        return Integer.parseInt(new String(answer, 9, 3, StandardCharsets.ISO_8859_1));
    }

    /** Without the lines that are about the connection or the named header. */
    static String headers(byte[] answer, String but) {
        String head = new String(answer, 0, bodyAt(answer), StandardCharsets.ISO_8859_1);
        return Arrays.stream(head.split("\r\n"))
                .skip(1)
                .filter(one -> !one.isBlank()
                        && !one.matches("(?i)(connection|content-length|transfer-encoding|" + but + "):.*"))
                .map(one -> one + "\r\n")
                .collect(java.util.stream.Collectors.joining());
    }

    private static int bodyAt(byte[] answer) {
        for (int i = 0; i + HEAD_END <= answer.length; i++) {
            if (answer[i] == '\r' && answer[i + 1] == '\n' && answer[i + 2] == '\r' && answer[i + 3] == '\n') {
                return i + HEAD_END;
            }
        }
        return answer.length;
    }
}
