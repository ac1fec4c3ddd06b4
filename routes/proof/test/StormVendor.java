package io.caravan.hub.routes.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A store that shuts after so many creations, says for how long, and counts who knocks meanwhile. */
final class StormVendor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(48);
    private final Set<Integer> shutsAfter;
    private final int waitSeconds;
    private final Map<String, Integer> made = new ConcurrentHashMap<>();
    private final List<Shut> shuts = new ArrayList<>();
    private int taken;
    private long opensAt;

    /** One time of being shut: who knocked, and when the first came after it. */
    static final class Shut {
        private final long from;
        private int refused;
        private long lastRefused;
        private long firstAfter;

        private Shut(long from) {
            this.from = from;
        }

        /** The first refusal is what tells the hub; these are the others. */
        int further() {
            return refused - 1;
        }

        /** From the first refusal to the last one. */
        long knockedForMillis() {
            return TimeUnit.NANOSECONDS.toMillis(lastRefused - from);
        }

        /** From the first refusal until somebody came again. */
        long quietMillis() {
            return TimeUnit.NANOSECONDS.toMillis(firstAfter - from);
        }
    }

    /** @param shutsAfter numbers of creations after which it shuts */
    StormVendor(Set<Integer> shutsAfter, int waitSeconds) throws IOException {
        this.shutsAfter = shutsAfter;
        this.waitSeconds = waitSeconds;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(threads);
        server.createContext("/products", this::serve);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often each reference was made. */
    Map<String, Integer> made() {
        return made;
    }

    synchronized List<Shut> shuts() {
        return List.copyOf(shuts);
    }

    private void serve(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        if (shut()) {
            call.getResponseHeaders().add("Retry-After", String.valueOf(waitSeconds));
            answer(call, 429, Map.of("error", "slow down"));
        } else if (call.getRequestMethod().equals("GET")) {
            String reference = String.valueOf(call.getRequestURI().getQuery()).replace("external_id=", "");
            answer(
                    call,
                    200,
                    Map.of("products", made.containsKey(reference) ? List.of(product(reference)) : List.of()));
        } else {
            String reference = JSON.readTree(body).path("external_id").asText();
            made.merge(reference, 1, Integer::sum);
            answer(call, 201, Map.of("product", product(reference)));
        }
    }

    private static Map<String, String> product(String reference) {
        return Map.of("id", "p-" + reference, "url", "https://store.example/" + reference);
    }

    private synchronized boolean shut() {
        long now = System.nanoTime();
        if (opensAt != 0 && now - opensAt < 0) {
            Shut current = shuts.get(shuts.size() - 1);
            current.refused++;
            current.lastRefused = now;
            return true;
        }
        if (opensAt != 0) {
            opensAt = 0;
            shuts.get(shuts.size() - 1).firstAfter = now;
        }
        taken++;
        if (!shutsAfter.contains(taken)) {
            return false;
        }
        opensAt = now + TimeUnit.SECONDS.toNanos(waitSeconds);
        Shut shut = new Shut(now);
        shut.refused = 1;
        shut.lastRefused = now;
        shuts.add(shut);
        return true;
    }

    private static void answer(HttpExchange call, int status, Object body) throws IOException {
        try (call) {
            byte[] bytes = JSON.writeValueAsBytes(body);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
