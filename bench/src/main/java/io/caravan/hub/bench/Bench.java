package io.caravan.hub.bench;

import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Machine;
import io.caravan.hub.bench.lab.Scenario;
import io.caravan.hub.bench.lab.Settings;
import io.caravan.hub.bench.part.Bulk;
import io.caravan.hub.bench.part.Growth;
import io.caravan.hub.bench.part.Kill;
import io.caravan.hub.bench.part.Latency;
import io.caravan.hub.bench.part.Part;
import io.caravan.hub.bench.part.Reads;
import io.caravan.hub.bench.part.Start;
import io.caravan.hub.bench.part.Throughput;
import io.caravan.hub.bench.report.Report;
import io.caravan.hub.bench.stub.StubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the packaged hub: starts it, stub vendors and a database as other processes, and sends load.",
            "Without parts all of them run, for both databases; growth, kill, reads and bulk with the first number of variants"
                    + " only.",
            "Times are told, never judged; a lost or doubled item makes the exit code 1."
        },
        subcommands = Bench.StubCommand.class)
public final class Bench implements Callable<Integer> {

    private static final List<String> PARTS =
            List.of("start", "throughput", "latency", "growth", "kill", "reads", "bulk");

    @Parameters(paramLabel = "PART", description = "start, throughput, latency, growth, kill, reads, bulk")
    private List<String> parts = new ArrayList<>();

    @Option(names = "--db", split = ",", paramLabel = "h2|postgres", description = "Default: both.")
    private List<String> databases = new ArrayList<>();

    @Option(names = "--variants", split = ",", paramLabel = "N", description = "Of each product. Default: 12,60.")
    private List<Integer> variants = new ArrayList<>();

    @Option(names = "--enrich-ms", paramLabel = "MS", description = "The enricher's time to answer. Default: 0.")
    private int enrichMs;

    @Option(names = "--items", paramLabel = "N", description = "Of throughput. Default: ${DEFAULT-VALUE}.")
    private int items = 20_000;

    @Option(names = "--rates", split = ",", paramLabel = "N", description = "Of latency, a second. Default: 50,200.")
    private List<Integer> rates = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "N", description = "Of each rate. Default: ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(names = "--waiting", paramLabel = "N", description = "Of growth. Default: ${DEFAULT-VALUE}.")
    private int waiting = 50_000;

    @Option(names = "--in-flight", paramLabel = "N", description = "Of kill. Default: ${DEFAULT-VALUE}.")
    private int inFlight = 6_000;

    @Option(names = "--connections", paramLabel = "N", description = "Of reads. Default: ${DEFAULT-VALUE}.")
    private int connections = 2_000;

    @Option(names = "--read-rate", paramLabel = "N", description = "Of reads, a second. Default: ${DEFAULT-VALUE}.")
    private int readRate = 2_000;

    @Option(names = "--rows", paramLabel = "N", description = "Of bulk. Default: ${DEFAULT-VALUE}.")
    private int rows = 100_000;

    @Option(names = "--quick", description = "A twentieth of the items and short times: does it work?")
    private boolean quick;

    @Option(names = "--project", paramLabel = "DIR", description = "Root of the project. Default: this folder.")
    private Path project = Path.of("");

    @Option(names = "--work", paramLabel = "DIR", description = "Data and logs. Default: bench/target/work.")
    private @Nullable Path work;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Results, as FILE.md and FILE.json. Default:" + " bench/target/results/<time>.")
    private @Nullable Path out;

    private String command = "";

    public static void main(String[] arguments) {
        Bench bench = new Bench();
        bench.command = "bench/run " + String.join(" ", arguments);
        System.exit(new CommandLine(bench).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path root = project.toAbsolutePath().normalize();
        Settings settings = new Settings(
                root,
                (work == null ? root.resolve("bench/target/work") : work).toAbsolutePath(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Map.of(),
                quick);
        Files.createDirectories(settings.work());
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Report report = new Report(command.strip(), now.toString(), Machine.describe(settings));
        for (Scenario scenario : scenarios()) {
            measure(settings, scenario, report);
        }
        write(root, now, report);
        return report.figures().stream()
                        .anyMatch(one -> one.value() > 0
                                && (one.name().equals("items lost")
                                        || one.name().equals("items doubled")))
                ? 1
                : 0;
    }

    private List<Scenario> scenarios() {
        List<Scenario> all = new ArrayList<>();
        for (String database : databases.isEmpty() ? List.of("h2", "postgres") : databases) {
            for (int count : variants()) {
                all.add(new Scenario(Scenario.Db.valueOf(database.toUpperCase(Locale.ROOT)), count, enrichMs));
            }
        }
        return all;
    }

    private List<Integer> variants() {
        return variants.isEmpty() ? List.of(12, 60) : variants;
    }

    private void measure(Settings settings, Scenario scenario, Report report) throws IOException {
        List<Part> wanted = parts(scenario.variants() == variants().get(0));
        if (wanted.isEmpty()) {
            return;
        }
        System.err.println(scenario.label());
        try (Lab lab = Lab.open(settings, scenario)) {
            for (Part part : wanted) {
                System.err.println("  " + part.name());
                part.measure(lab, report);
            }
        }
    }

    private List<Part> parts(boolean first) {
        Set<String> names = new LinkedHashSet<>(parts);
        for (String name : names) {
            if (!PARTS.contains(name)) {
                throw new CommandLine.ParameterException(
                        new CommandLine(this), "no such part: " + name + "; there are " + String.join(", ", PARTS));
            }
        }
        List<Part> all = new ArrayList<>();
        for (String name : names.isEmpty() ? PARTS : names) {
            Part part = part(name);
            boolean dear = name.equals("growth") || name.equals("kill") || name.equals("reads") || name.equals("bulk");
            if (first || !dear) {
                all.add(part);
            }
        }
        return all;
    }

    private Part part(String name) {
        return switch (name) {
            case "start" -> new Start();
            case "throughput" -> new Throughput(items);
            case "latency" -> new Latency(rates.isEmpty() ? List.of(50, 200) : rates, Duration.ofSeconds(seconds));
            case "growth" -> new Growth(waiting);
            case "kill" -> new Kill(inFlight);
            case "bulk" -> new Bulk(rows);
            default -> new Reads(connections, readRate);
        };
    }

    private void write(Path root, Instant now, Report report) throws IOException {
        Path base = out == null
                ? root.resolve("bench/target/results/" + now.toString().replace(":", ""))
                : out.toAbsolutePath();
        Files.createDirectories(base.resolveSibling("."));
        Files.writeString(base.resolveSibling(base.getFileName() + ".json"), report.json());
        Files.writeString(base.resolveSibling(base.getFileName() + ".md"), report.markdown());
        System.out.println();
        System.out.println(report.markdown());
        System.out.println("written to " + base + ".md and .json");
    }

    /** The vendors; started by the bench. */
    @Command(name = "stub", hidden = true, description = "Runs the stub vendors.")
    static final class StubCommand implements Callable<Integer> {

        @Option(names = "--port", required = true)
        private int port;

        @Override
        public Integer call() throws InterruptedException {
            try (StubServer server = new StubServer(port)) {
                server.awaitEnd();
            }
            return 0;
        }
    }
}
