package io.caravan.hub.routes.proof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Stands before all sandboxes, at {@code /<line>/<vendor>}, and does to chosen requests what networks and vendors do. Raw
 * sockets, so that it can be as rude as they are.
 */
final class Gateway implements AutoCloseable {

    private final ServerSocket server;
    private final Path folder;
    private final URI canary;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Gateway::daemon);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, Gateway::daemon);

    /** @param canary where redirects point to */
    Gateway(Path folder, URI canary) {
        this.folder = folder;
        this.canary = canary;
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "gateway");
        thread.setDaemon(true);
        return thread;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** A line with a fresh sandbox, ready to be used. */
    Line open(String id, String effect) {
        Line line = new Line(id, effect, folder, canary, timer);
        lines.put(id, line);
        String vendor = effect.substring(0, effect.indexOf('.'));
        Desk.prepare(effect, line.sandbox().state(vendor), URI.create(url() + "/" + id + "/" + vendor));
        return line;
    }

    Line line(String id) {
        Line line = lines.get(id);
        if (line == null) {
            throw new IllegalStateException("no line " + id);
        }
        return line;
    }

    void close(Line line) {
        lines.remove(line.id());
        line.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            for (Request request = Request.read(in); request != null; request = Request.read(in)) {
                Line line = lines.get(request.target().split("/")[1]);
                if (line == null || !passed(new Visit(client, line, request), line.arrives(request))) {
                    return;
                }
            }
        } catch (IOException e) {
            // the hub hung up, which it may
        }
    }

    /** Whether the connection goes on. */
    private static boolean passed(Visit visit, VendorFault.@org.jspecify.annotations.Nullable Strike strike)
            throws IOException {
        VendorFault.Wire wire = strike == null ? null : strike.wire();
        if (wire == null && visit.line().blind()) {
            visit.answer(404, "Content-Type: application/json\r\n", "{\"error\":\"not found\"}");
            return false;
        }
        if (wire == null) {
            byte[] answer = visit.act();
            byte[] body = Visit.body(answer);
            String length = Visit.status(answer) == 204 ? "" : "Content-Length: " + body.length + "\r\n";
            visit.send(
                    ("HTTP/1.1 " + Visit.status(answer) + " Said\r\n" + Visit.headers(answer, "none") + length + "\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            visit.send(body);
            return true;
        }
        wire.strike(visit);
        return visit.open();
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines.values().forEach(Line::close);
        threads.shutdownNow();
        timer.shutdownNow();
    }
}
