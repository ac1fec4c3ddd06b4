package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A hub in a process of its own, under a supervisor: one that ends by itself, as it does when it was held up for half a
 * lease, is started again on the same data.
 */
public final class HubProcess implements AutoCloseable {

    /** Longest wait for a hub to be ready; a busy machine needs a part of it. */
    private static final Duration READY = Duration.ofSeconds(150);

    private static final String KEY = "hub_proof-tests-alone-know-this-key";
    private static final String MAIN = "io.caravan.hub.config.Hub";

    private final String name;
    private final Path folder;
    private final Map<String, String> properties;
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger halts = new AtomicInteger();
    private volatile @Nullable Process process;
    private volatile Path ports;
    private @Nullable String fault;

    /** @param folder its log, and its data when the properties name no other folder */
    HubProcess(String name, Path folder, Map<String, String> properties) {
        this.name = name;
        this.folder = folder;
        this.ports = folder.resolve("none");
        this.properties = new LinkedHashMap<>(properties);
        this.properties.putIfAbsent("hub.data.dir", folder.resolve("data").toString());
        this.properties.putIfAbsent("hub.delivery.node-id", name);
    }

    /** Returns at once; see {@link #awaitReady}. */
    public synchronized void start() throws IOException {
        Files.createDirectories(folder);
        Path told = folder.resolve("ports-" + starts.incrementAndGet());
        ports = told;
        List<String> arguments = new ArrayList<>(List.of("start", "--"));
        properties.forEach((property, value) -> arguments.add("--" + property + "=" + value));
        arguments.addAll(List.of("--server.port=0", "--management.server.port=0", "--hub.admin.key=" + KEY));
        List<String> options = new ArrayList<>(List.of("-Xmx400m", "-D" + PortFile.PROPERTY + "=" + told));
        if (fault != null) {
            options.add("-Dhub.fault=" + fault);
            fault = null;
        }
        Process started = Child.java(log(), options, MAIN, arguments);
        process = started;
        started.onExit().thenAccept(this::ended);
    }

    /** Its next process, that one alone, halts at this point: {@code CP30:5}. */
    public synchronized HubProcess arm(String point) {
        fault = point;
        return this;
    }

    /** Nobody wanted that. */
    private synchronized void ended(Process which) {
        if (process == which) {
            halts.incrementAndGet();
            try {
                start();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    public HubProcess awaitReady() {
        Wait.until(name + " is ready", READY, this::ready, this::tail);
        return this;
    }

    public boolean ready() {
        return address()
                .map(at -> {
                    try {
                        return Http.get(at.resolve("/ready"), Map.of()).statusCode() == 200;
                    } catch (IOException e) {
                        return false;
                    }
                })
                .orElse(false);
    }

    /** As the kernel does it when memory runs out: no shutdown hook, nothing flushed. */
    public void kill() {
        Child.kill(taken());
    }

    /** Ends it as an operator does; what is in flight is finished. */
    public void end() {
        Process running = process;
        if (running != null) {
            Child.end(taken());
        }
    }

    private synchronized Process taken() {
        Process running = running();
        process = null;
        return running;
    }

    /** Nothing of it runs until {@link #resume}. */
    public void pause() throws IOException {
        Child.signal(running().pid(), "STOP");
    }

    public void resume() throws IOException {
        Child.signal(running().pid(), "CONT");
    }

    /**
     * What no file of it may grow beyond from now on, in bytes: writes fail as on a full disk, of one file and for one process.
     *
     * @param most null for no limit
     */
    public void limitFiles(@Nullable Long most) throws IOException {
        Child.run(
                "prlimit",
                "--pid",
                String.valueOf(pid()),
                "--fsize=" + (most == null ? "unlimited" : most) + ":unlimited");
    }

    public long pid() {
        return running().pid();
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return running;
    }

    public boolean runs() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** How often it ended at a point that it was armed for. */
    public long halted() {
        return logged(" hit, halting");
    }

    /** How often it ended by itself. */
    public int halts() {
        return halts.get();
    }

    /** Where requests go; nothing while it does not listen. */
    public Optional<URI> address() {
        return process == null
                ? Optional.empty()
                : PortFile.read(ports, "server").map(HubProcess::at);
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public static Map<String, String> login() {
        return Map.of("Authorization", "Bearer " + KEY);
    }

    /** A metric of the process that runs now, summed over its labels; empty when it does not answer. */
    public Optional<Double> metric(String metric) {
        return metric(metric, "");
    }

    /** The same over the lines that hold the label. @param label {@code area="heap"}, empty for all lines */
    public Optional<Double> metric(String metric, String label) {
        String basic = Base64.getEncoder().encodeToString(("admin:" + KEY).getBytes(StandardCharsets.UTF_8));
        try {
            Optional<Integer> port = PortFile.read(ports, "management");
            if (port.isEmpty()) {
                return Optional.empty();
            }
            HttpResponse<String> answer =
                    Http.get(at(port.get()).resolve("/observe/metrics"), Map.of("Authorization", "Basic " + basic));
            return answer.statusCode() == 200
                    ? Optional.of(answer.body()
                            .lines()
                            .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                            .filter(line -> line.contains(label))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What its health says of a part, with details; empty when it does not answer. */
    public String health(String part) {
        try {
            return healthOf(part);
        } catch (IOException e) {
            return "";
        }
    }

    private String healthOf(String part) throws IOException {
        String basic = Base64.getEncoder().encodeToString(("admin:" + KEY).getBytes(StandardCharsets.UTF_8));
        int port = PortFile.read(ports, "management").orElseThrow(() -> new IOException(name + " does not listen"));
        return Http.JSON
                .readTree(Http.get(at(port).resolve("/observe/health"), Map.of("Authorization", "Basic " + basic))
                        .body())
                .path("components")
                .path(part)
                .toString();
    }

    /** Lines of the logs of all its processes that hold the text. */
    public long logged(String text) {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public String tail() {
        return "end of the log of " + name + ":\n" + Child.tail(log(), 40);
    }

    private Path log() {
        return folder.resolve("hub.log");
    }

    @Override
    public void close() {
        synchronized (this) {
            Process running = process;
            process = null;
            if (running != null) {
                Child.kill(running);
            }
        }
    }
}
