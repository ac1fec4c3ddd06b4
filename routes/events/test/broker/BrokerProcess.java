package io.caravan.hub.routes.events.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker that can be killed, stopped and started again on its data, at the same address. */
public final class BrokerProcess implements AutoCloseable {

    /** Longest wait for it; a busy machine needs a part of it. */
    private static final Duration READY = Duration.ofSeconds(120);

    static {
        // without an application nobody says so, and the clients tell of every byte
        Broker.quiet("org.apache.kafka");
    }

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final List<String> settings;
    private @Nullable Process process;

    private BrokerProcess(Path folder, List<String> settings) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.port = free();
        this.controllerPort = free();
        this.settings = settings.stream()
                .map(setting -> setting.replace("@port@", String.valueOf(port))
                        .replace("@controller@", String.valueOf(controllerPort)))
                .toList();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Not started yet: its address is known already. @param settings {@code name=value}, over those that it has */
    public static BrokerProcess at(Path folder, String... settings) throws IOException {
        return new BrokerProcess(folder, List.of(settings));
    }

    /** The same address after a restart, so it is chosen once. */
    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns at once. */
    public BrokerProcess start() {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Broker.class.getName(),
                    folder.toString(),
                    String.valueOf(port),
                    String.valueOf(controllerPort)));
            command.addAll(settings);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolveSibling(folder.getFileName() + ".log").toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BrokerProcess awaitReady() {
        return awaitReady(Map.of());
    }

    /** @param client what a client needs beside the address */
    public BrokerProcess awaitReady(Map<String, Object> client) {
        try (AdminClient admin = admin(client)) {
            Awaitility.await("the broker")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster()
                                    .nodes()
                                    .get(2, TimeUnit.SECONDS)
                                    .size()
                            == 1);
        }
        return this;
    }

    public AdminClient admin(Map<String, Object> client) {
        Map<String, Object> all = new java.util.HashMap<>(client);
        all.put("bootstrap.servers", address());
        return AdminClient.create(all);
    }

    /** As the kernel does it: what it had not written to its files is in the page cache, or nowhere. */
    public void kill() {
        Process running = process;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public void pause() throws IOException {
        signal("-STOP");
    }

    public void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException {
        Process running = process;
        if (running != null) {
            new ProcessBuilder("kill", name, String.valueOf(running.pid())).start();
        }
    }

    public boolean runs() {
        Process running = process;
        return running != null && running.isAlive();
    }

    @Override
    public void close() {
        kill();
    }
}
