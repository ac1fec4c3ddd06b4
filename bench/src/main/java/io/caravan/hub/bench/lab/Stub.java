package io.caravan.hub.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stub vendors' process, and what the bench says to it. */
public final class Stub implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Http http;

    private Stub(Process process, int port) {
        this.process = process;
        this.port = port;
        this.http = new Http(port, Map.of());
    }

    /** What the sink has and was asked. {@code lastAt}: microseconds since 1970 at which it last made an object. */
    public record Counts(long objects, long creates, long cancelled, long lookUps, long enrichments, long lastAt) {}

    /** An object of the sink; {@code at} in microseconds since 1970. */
    public record Made(String item, String reference, long at) {}

    static Stub start(Settings settings) throws IOException {
        int port = Child.freePort();
        Path log = settings.work().resolve("stub.log");
        Process process = Child.start(command(settings, port), Map.of(), settings.work(), log);
        Stub stub = new Stub(process, port);
        Child.awaitAnswer("the stub", process, log, 20, stub::counts);
        return stub;
    }

    /** The same program again, with another command. */
    private static List<String> command(Settings settings, int port) {
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        boolean packaged = path.endsWith(".jar") && !path.contains(File.pathSeparator);
        Stream<String> program =
                packaged ? Stream.of("-jar", path) : Stream.of("-cp", path, "io.caravan.hub.bench.Bench");
        return Stream.of(
                        Stream.of(settings.java().toString(), "-Xmx256m", "-XX:+UseSerialGC"),
                        program,
                        Stream.of("stub", "--port", String.valueOf(port)))
                .flatMap(part -> part)
                .collect(Collectors.toList());
    }

    public int port() {
        return port;
    }

    public double cpu() {
        return Proc.cpu(process.toHandle());
    }

    /** Answers of the enricher take this long. */
    public void delay(int ms) throws IOException {
        http.json("/_bench/delay/" + ms);
    }

    /** From now on the enricher answers after seconds only: what is in flight stays there, the rest waits. */
    public void hold() throws IOException {
        http.json("/_bench/hold");
    }

    public void release() throws IOException {
        http.json("/_bench/release");
    }

    public void forget() throws IOException {
        http.json("/_bench/forget");
    }

    public Counts counts() throws IOException {
        JsonNode told = http.json("/_bench/counts");
        return new Counts(
                told.path("objects").asLong(),
                told.path("creates").asLong(),
                told.path("cancelled").asLong(),
                told.path("look_ups").asLong(),
                told.path("enrichments").asLong(),
                told.path("last_at").asLong());
    }

    public List<Made> objects() throws IOException {
        return http.get("/_bench/objects")
                .body()
                .lines()
                .map(line -> line.split(" "))
                .map(part -> new Made(part[0], part[1], Long.parseLong(part[2])))
                .toList();
    }

    @Override
    public void close() {
        Child.stop(process);
    }

    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
