package io.caravan.hub.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** The packaged hub in a process of its own, with the options of the launcher. */
public final class Hub {

    /** As in the script {@code hub}. */
    private static final List<String> OPTIONS = List.of(
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=6000",
            "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");

    private final Process process;
    private final int port;
    private final String key;
    private final Path log;
    private final long startedAt;
    private final Http http;

    private Hub(Process process, int port, String key, Path log, long startedAt) {
        this.process = process;
        this.port = port;
        this.key = key;
        this.log = log;
        this.startedAt = startedAt;
        this.http = new Http(port, Map.of("Authorization", "Bearer " + key));
    }

    /** Returns at once; see {@link #awaitReady}. */
    static Hub start(Settings settings, Path app, Path data, String key, Map<String, String> environment)
            throws IOException {
        int port = Child.freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERVER_PORT", String.valueOf(port));
        all.put("MANAGEMENT_SERVER_PORT", String.valueOf(Child.freePort()));
        all.put("HUB_DATA_DIR", data.toString());
        all.put("HUB_ADMIN_KEY", key);
        Path log = settings.work().resolve("hub.log");
        List<String> command = new ArrayList<>();
        command.add(settings.java().toString());
        command.addAll(OPTIONS);
        if (Runtime.version().feature() >= 21) {
            command.add("-Dcamel.threads.virtual.enabled=true");
        }
        String more = Objects.requireNonNullElse(System.getenv("BENCH_HUB_JAVA_OPTS"), "");
        // the JVM refuses two collectors
        if (!more.matches(".*-XX:\\+Use[A-Za-z]*GC.*")) {
            command.add("-XX:+UseParallelGC");
        }
        if (!more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        if (!more.contains("FlightRecord") && !more.contains("-agent") && !more.contains("-javaagent")) {
            command.addAll(shared(app));
        }
        command.addAll(List.of("-jar", app.toString(), "start"));
        long at = System.currentTimeMillis() * 1_000;
        return new Hub(Child.start(command, all, settings.project(), log), port, key, log, at);
    }

    /**
     * @throws IOException with the end of its log, when it ends or is not ready within two minutes
     */
    public void awaitReady() throws IOException {
        long end = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.get("/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Pause.millis(20);
        }
        throw new IOException("the hub did not become ready:\n" + Child.tail(log));
    }

    boolean alive() {
        return process.isAlive();
    }

    public int port() {
        return port;
    }

    public String key() {
        return key;
    }

    public Http http() {
        return http;
    }

    public long pid() {
        return process.pid();
    }

    /** Microseconds since 1970. */
    public long startedAt() {
        return startedAt;
    }

    public double cpu() {
        return Proc.cpu(process.toHandle());
    }

    public OptionalLong peakMegabytes() {
        return Proc.peakMegabytes(process.toHandle());
    }

    /** As the kernel does it when memory runs out: no shutdown hook, nothing flushed. */
    public void kill() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public void stop() {
        Child.stop(process);
    }

    /** Has the launcher build, unpack and prepare quick starts, as for anybody. */
    static Path prepared(Settings settings) throws IOException {
        Path log = settings.work().resolve("prepare.log");
        Process launcher = Child.start(
                List.of(settings.project().resolve("hub").toString(), "prepare"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                settings.project(),
                log);
        try {
            if (launcher.waitFor() != 0) {
                throw new IOException("./hub prepare failed:\n" + Child.tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return settings.hubJar();
    }

    /** What the launcher prepared for this JVM. */
    private static List<String> shared(Path app) {
        Path archive = app.resolveSibling(System.getProperty("java.vm.version") + ".jsa");
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }
}
