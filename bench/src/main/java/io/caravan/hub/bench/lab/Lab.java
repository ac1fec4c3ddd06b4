package io.caravan.hub.bench.lab;

import io.caravan.hub.bench.load.Items;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that one scenario runs on. The hub may be started, killed and started again on the same data. */
public final class Lab implements AutoCloseable {

    /** Of the measured job's route file. */
    public static final String PATH = "/bench/products";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Settings settings;
    private final Scenario scenario;
    private final Database database;
    private final Stub stub;
    private final Path app;
    private final Path data;
    private final String key = "hub_" + HexFormat.of().formatHex(random(24));
    private final Map<String, String> environment = new HashMap<>();
    private final long seed = RANDOM.nextLong();
    private @Nullable Hub hub;
    private int runs;

    private Lab(Settings settings, Scenario scenario, Database database, Stub stub, Path app) throws IOException {
        this.settings = settings;
        this.scenario = scenario;
        this.database = database;
        this.stub = stub;
        this.app = app;
        this.data = settings.work().resolve("data");
        environment.putAll(database.environment());
        environment.put("HUB_ROUTES_DIR", settings.project().resolve("routes").toString());
        environment.put("HUB_CONFIG_DIR", files().toString());
        // one client plays all of them; what a queue may hold is measured here
        environment.put("HUB_RATE_PERSECOND", "1000000");
        environment.put("HUB_RATE_BURST", "1000000");
        environment.put("HUB_DELIVERY_BACKLOG", "1000000");
        environment.putAll(settings.environment());
        environment.put("HUB_VENDOR_BENCH_FACTS_BASE_URL", "http://127.0.0.1:" + stub.port());
        environment.put("HUB_VENDOR_BENCH_SINK_BASE_URL", "http://127.0.0.1:" + stub.port());
    }

    public static Lab open(Settings settings, Scenario scenario) throws IOException {
        Files.createDirectories(settings.work());
        Path app = Hub.prepared(settings);
        Stub.empty(settings.work().resolve("data"));
        Path server = settings.work().resolve("postgres");
        Stub.empty(server);
        Stub stub = Stub.start(settings);
        stub.delay(scenario.enrichMs());
        return new Lab(settings, scenario, Database.open(scenario.db(), server), stub, app);
    }

    /** The shipped files, and over them those of the measured job, as an engineer adds a job. */
    private Path files() throws IOException {
        Path folder = settings.work().resolve("files");
        Stub.empty(folder);
        copy(settings.project().resolve("config/files"), folder);
        copy(settings.project().resolve("bench/job"), folder);
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(one).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(one, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    public Settings settings() {
        return settings;
    }

    public Scenario scenario() {
        return scenario;
    }

    public Stub stub() {
        return stub;
    }

    /** Seconds; 0 when the database is part of the hub. */
    public double databaseCpu() {
        return database.cpu();
    }

    /** On the data of the one before; does not wait until it is ready. */
    public Hub startHub() throws IOException {
        Hub started = Hub.start(settings, app, data, key, environment);
        hub = started;
        return started;
    }

    /** The one that runs; starts it when none does. */
    public Hub hub() throws IOException {
        Hub running = hub == null || !hub.alive() ? startHub() : hub;
        running.awaitReady();
        return running;
    }

    /** The same numbers for the same seed, which the environment variable {@code BENCH_SEED} sets. */
    public Random random() {
        String given = System.getenv("BENCH_SEED");
        return new Random(given == null ? seed : Long.parseLong(given));
    }

    /** For vendors that the stub does not play; the hub is started anew with their address. */
    public Sandboxes sandboxes() throws IOException {
        if (hub != null) {
            hub.stop();
        }
        Sandboxes started = Sandboxes.start(settings, app);
        environment.put("HUB_SANDBOX_URL", started.url());
        return started;
    }

    /** Requests of a further run, with ids that no run before had. */
    public Items items() {
        runs++;
        return new Items(String.format(java.util.Locale.ROOT, "run%03d", runs), PATH, key, scenario.variants());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (hub != null) {
            hub.stop();
        }
        stub.close();
        database.close();
    }
}
