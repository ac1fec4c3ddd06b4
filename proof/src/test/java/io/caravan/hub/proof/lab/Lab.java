package io.caravan.hub.proof.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One run: a folder, the vendors in their process, the files that hubs are started on, and the judge. Hubs and the
 * database are the test's.
 */
public final class Lab implements AutoCloseable {

    /** What a dead node's work waits for. A hub that a busy machine holds up for half of it halts by itself. */
    public static final Duration LEASE = Duration.ofSeconds(4);

    /** As long as nothing at all goes live: settle times and leases of what was under way are shorter. */
    private static final Duration STUCK = Duration.ofSeconds(180);

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final String run = "r" + RUNS.incrementAndGet();
    private final Path folder;
    private final LabFiles files;
    private final SandboxProcess vendors;
    private final Oracle oracle = new Oracle();
    private final List<HubProcess> hubs = new ArrayList<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Lab(Path folder) throws IOException {
        this.folder = folder;
        files = new LabFiles(folder.resolve("files"), run);
        vendors = SandboxProcess.start(folder.resolve("vendors"));
    }

    public static Lab open(Path folder) throws IOException {
        return new Lab(Files.createDirectories(folder).toRealPath());
    }

    public Path folder() {
        return folder;
    }

    String run() {
        return run;
    }

    /** A product that nobody asked for before. */
    String product() {
        return files.product();
    }

    /** Something of the run that is closed with it, the newest first, behind the hubs. */
    public <T extends AutoCloseable> T with(T part) {
        parts.push(part);
        return part;
    }

    public SandboxProcess vendors() {
        return vendors;
    }

    public Oracle oracle() {
        return oracle;
    }

    /**
     * A hub that is not started yet.
     *
     * @param sandbox address under which it reaches the vendors: {@link SandboxProcess#url}, or a proxy before it
     */
    public HubProcess hub(String name, URI sandbox, Map<String, String> properties) {
        Path root = Path.of(System.getProperty("project.root"));
        Map<String, String> all = new LinkedHashMap<>();
        all.put("hub.config.dir", files.folder().toString());
        all.put("hub.routes.dir", root.resolve("routes").toString());
        all.put("hub.sandbox.url", sandbox.toString());
        all.put("hub.vendor.proof-sink.base-url", sandbox + "/" + SinkSandbox.VENDOR);
        all.put("hub.master.key", java.util.Base64.getEncoder().encodeToString(new byte[32]));
        all.put("hub.delivery.lease", LEASE.toMillis() + "ms");
        all.put("hub.delivery.poll", "200ms");
        all.put("hub.delivery.backoff", "500ms,1s,2s");
        // vendors that are never late by more than the tests make them: 18 s of the sink become 2 s
        all.put("hub.delivery.settle-scale", "0.1");
        all.put("hub.delivery.drain", "10s");
        all.put("hub.rate.per-second", "100000");
        all.put("hub.rate.burst", "100000");
        for (String cron : List.of(
                "trends.google-trends.cron",
                "trends.tiktok.cron",
                "trends.reddit.cron",
                "trends.sweep-cron",
                "ops.retention-cron",
                "listings.watch-cron")) {
            all.put("hub." + cron, "0 0 0 1 1 ? 2098");
        }
        all.putAll(properties);
        HubProcess hub = new HubProcess(name, folder.resolve(name), all);
        hubs.add(hub);
        return hub;
    }

    /** Copies a folder of the project over the files that hubs are started on. */
    public Lab over(String from) throws IOException {
        files.over(from);
        return this;
    }

    public Load load(List<HubProcess> targets, int itemClients, int importClients, Duration pace, Random random) {
        return new Load(this, targets, "/proof/items").begin(itemClients, importClients, pace, random);
    }

    /** Items that each become an event. */
    public Load tell(List<HubProcess> targets, int clients, Duration pace, Random random) {
        return new Load(this, targets, "/proof/events").begin(clients, 0, pace, random);
    }

    /** Something that goes wrong at the sink for so many requests. @param after requests that pass first */
    public void spoil(String method, String kind, int after, int times, int delayMs) throws IOException {
        vendors.arm(Map.of(
                "vendor",
                SinkSandbox.VENDOR,
                "method",
                method,
                "kind",
                kind,
                "after",
                after,
                "times",
                times,
                "delay_ms",
                delayMs));
    }

    /** The keys of all live objects, in the order in which they went live, the sink's first. */
    public List<String> live() throws IOException {
        List<String> live = new ArrayList<>();
        vendors.objects(SinkSandbox.VENDOR)
                .path(SinkSandbox.LIVE)
                .forEach(object -> live.add(object.path("item").asText()));
        for (JsonNode product : vendors.objects("woocommerce").path("products")) {
            if (product.path("status").asText().equals("publish")) {
                live.add(key(product.path("name").asText()));
            }
        }
        for (JsonNode product : vendors.objects("shopify").path("products")) {
            if (product.path("status").asText().equalsIgnoreCase("active")) {
                live.add(key(product.path("title").asText()));
            }
        }
        return live;
    }

    private static String key(String title) {
        return title.substring(title.lastIndexOf(' ') + 1);
    }

    /** Drafts that lie about at the sink. */
    public long drafts() throws IOException {
        long drafts = 0;
        for (JsonNode object : vendors.objects(SinkSandbox.VENDOR).path(SinkSandbox.OBJECTS)) {
            drafts += object.path("state").asText().equals("draft") ? 1 : 0;
        }
        return drafts;
    }

    /**
     * Waits until nothing that was acknowledged is without its effect and no draft is left, or for long enough; ends the
     * hubs in good order, and judges by the vendors' objects and the database.
     */
    public Oracle.Verdict judge(Ledger ledger) throws IOException, SQLException {
        drain();
        hubs.stream().filter(HubProcess::runs).forEach(HubProcess::end);
        Set<String> visible = new TreeSet<>();
        for (List<String> dead : ledger.rows("select aggregate, snapshot from dead where state = 'OPEN'")) {
            visible.add(Http.JSON.readTree(dead.get(1)).path("item").asText());
        }
        visible.addAll(ledger.texts("select external_id from import_job where state = 'failed'"));
        Set<String> unknown = oracle.keys();
        unknown.removeAll(ledger.texts("select idem_key from api_request where status = 202"));
        if (!unknown.isEmpty()) {
            throw new AssertionError("acknowledged, and the database does not know it: " + unknown);
        }
        if (drafts() > 0) {
            throw new AssertionError(
                    drafts() + " drafts at the sink that nobody takes back: created once too often\n" + tails());
        }
        return oracle.judge(live(), visible);
    }

    /** Until all that was acknowledged is live, or nothing happens any more. */
    private void drain() throws IOException {
        long open = Long.MAX_VALUE;
        long moved = System.nanoTime();
        while (System.nanoTime() - moved < STUCK.toNanos()) {
            long now = oracle.judge(live(), Set.of()).lost().size() + drafts();
            if (now == 0) {
                return;
            }
            if (now < open) {
                open = now;
                moved = System.nanoTime();
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        // the verdict says what is missing, with the dead letters taken into account
        Proof.tell("not drained: %s, %d drafts", oracle.judge(live(), Set.of()), drafts());
    }

    /** Stale owners that were stopped, by what the hubs that run now count and what all have logged. */
    public long refusals() {
        return hubs.stream()
                .mapToLong(hub -> hub.logged(" was taken over, our fence was "))
                .sum();
    }

    public String tails() {
        return hubs.stream().map(HubProcess::tail).reduce("", (a, b) -> a + "\n" + b);
    }

    @Override
    public void close() {
        hubs.forEach(HubProcess::close);
        vendors.close();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                Proof.tell("not closed: %s", e);
            }
        }
    }
}
