package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Clients that send items and imports, each again with the same Idempotency-Key until it is acknowledged, as clients do.
 * What they were answered that no client should see is kept in {@link #strange}.
 */
public final class Load implements AutoCloseable {

    /** A client's patience with one answer. */
    private static final Duration ANSWER = Duration.ofSeconds(12);

    private final Lab lab;
    private final List<HubProcess> hubs;
    private final String items;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> clients = new ArrayList<>();
    private final ConcurrentMap<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final ConcurrentHistogram accepted = new ConcurrentHistogram(3);
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    /** @param items where items go */
    Load(Lab lab, List<HubProcess> hubs, String items) {
        this.lab = lab;
        this.hubs = hubs;
        this.items = items;
    }

    /** One client after the other sends, at most one request in {@code pace}. */
    Load begin(int itemClients, int importClients, Duration pace, Random random) {
        for (int i = 0; i < itemClients + importClients; i++) {
            boolean item = i < itemClients;
            String name = lab.run() + (item ? "i" : "p") + i;
            Random chances = new Random(random.nextLong());
            Thread client = new Thread(() -> send(item, name, pace, chances), "client-" + name);
            client.setDaemon(true);
            clients.add(client);
            client.start();
        }
        return this;
    }

    private void send(boolean item, String name, Duration pace, Random chances) {
        try {
            // not all of them in the same moment
            over.await(chances.nextLong(pace.toMillis()), TimeUnit.MILLISECONDS);
            for (int n = 0; !over.await(pace.toMillis(), TimeUnit.MILLISECONDS); n++) {
                Request request =
                        item ? Request.item(items, name, n, chances) : Request.product(lab.product(), n % 2 == 0);
                int status = 0;
                while (status != 202 && over.getCount() > 0) {
                    status = once(request, hubs.get(chances.nextInt(hubs.size())));
                    if (status != 202) {
                        over.await(50 + chances.nextInt(150), TimeUnit.MILLISECONDS);
                    }
                }
                if (status == 202) {
                    lab.oracle().acknowledged(request.key(), request.lane());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is sent: {@code key} is what it is about, and its Idempotency-Key. */
    private record Request(String path, Map<String, Object> body, String key, String lane) {

        /** Of a client's three lanes one; a lane's items are sent one after the other. */
        static Request item(String path, String client, int number, Random chances) {
            String lane = client + "-" + chances.nextInt(3);
            String item = client + "-" + number;
            return new Request(path, Map.of("lane", lane, "item", item), item, lane);
        }

        static Request product(String product, boolean shopify) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("source_url", "https://supplier-csv.invalid/" + product);
            body.put("shop", shopify ? "shopify" : "woocommerce");
            return new Request("/api/v1/imports", body, product, "");
        }
    }

    private int once(Request request, HubProcess hub) {
        URI address = hub.address().orElse(null);
        if (address == null) {
            return 0;
        }
        Map<String, String> headers = new LinkedHashMap<>(HubProcess.login());
        headers.put("Idempotency-Key", request.key());
        try {
            long sent = System.nanoTime();
            HttpResponse<String> answer = Http.post(address.resolve(request.path()), request.body(), headers, ANSWER);
            int status = answer.statusCode();
            if (status == 202) {
                accepted.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent));
            }
            statuses.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
            look(request, answer);
            return status;
        } catch (IOException e) {
            statuses.computeIfAbsent(0, any -> new AtomicInteger()).incrementAndGet();
            return 0;
        }
    }

    private void look(Request request, HttpResponse<String> answer) {
        int status = answer.statusCode();
        String type = answer.headers().firstValue("Content-Type").orElse("");
        boolean says = status == 202
                || (type.startsWith("application/problem+json")
                        && (status != 503
                                || answer.headers().firstValue("Retry-After").isPresent()));
        // 409: the same key is just running; 429: too much waits
        boolean known = List.of(202, 409, 429, 503).contains(status);
        if (!says || !known) {
            strange.add(status + " for " + request.path() + " " + request.key() + ": " + type + " " + answer.body());
        }
    }

    public int count(int status) {
        return statuses.getOrDefault(status, new AtomicInteger()).get();
    }

    /** Answers by status; 0 stands for none. */
    public Map<Integer, AtomicInteger> statuses() {
        return statuses;
    }

    /** How long acceptances took. */
    public String times() {
        return "p50 %.1f, p95 %.1f, p99 %.1f ms"
                .formatted(
                        accepted.getValueAtPercentile(50) / 1000.0,
                        accepted.getValueAtPercentile(95) / 1000.0,
                        accepted.getValueAtPercentile(99) / 1000.0);
    }

    /** Answers that are neither acceptance nor a refusal as the contract has it. */
    public List<String> strange() {
        return List.copyOf(strange);
    }

    /** No more requests; returns when the last one is answered. */
    @Override
    public void close() {
        over.countDown();
        for (Thread client : clients) {
            try {
                client.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
