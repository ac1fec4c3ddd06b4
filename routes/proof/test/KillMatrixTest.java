package io.caravan.hub.routes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.model.delivery.FaultPoint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The kill matrix: every effect operation at every point that its shape can pass, and every other point of delivery, each
 * killed by {@code Runtime.halt} in a process of its own; the vendors live in this one. Afterwards every acknowledged item
 * is at its vendor once, or lies as a dead letter where it may not be repeated; no draft is left, nothing overtook.
 *
 * <p>{@code -Dhub.proof=true} kills five times as often, also on PostgreSQL. {@code -Dhub.proof.kill=CP12@etsy.listing}
 * runs the cells whose name contains that text.
 */
class KillMatrixTest {

    private static final boolean LONG = Boolean.getBoolean("hub.proof");
    private static final String ONLY = System.getProperty("hub.proof.kill", "");
    private static final int CHAINS = 2;
    /** Number of the cell that nobody kills. */
    private static final int FIRST = 1_000_000;

    @TempDir
    static Path folder;

    private static List<Operation> operations = List.of();

    @BeforeAll
    static void find() {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.WARN);
        operations = Operation.found(Proof.example());
    }

    /** Needs nothing but the enumerations: a new operation or point without a cell fails here at once. */
    @Test
    void everyPointThatAnOperationCanPassIsKilledAt() {
        List<Kill> kills = Kills.of(operations, 1);
        Set<String> faults =
                kills.stream().flatMap(kill -> kill.faults().stream()).collect(Collectors.toSet());
        for (Operation one : operations) {
            for (FaultPoint point : Reach.of(one)) {
                assertThat(faults).contains(point.code() + "@" + one.effect());
            }
        }
        Set<FaultPoint> points = faults.stream().map(Kill::point).collect(Collectors.toSet());
        assertThat(points).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(Reach.EXCLUDED)));
    }

    @Test
    void noKillLosesOrDoublesAnything() throws Exception {
        for (int round = 0; round < (LONG ? 5 : 1); round++) {
            run(round, "H2", chain -> Ledger.file(folder.resolve("ledger-" + chain)));
        }
        if (LONG) {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start()) {
                for (int round = 0; round < 5; round++) {
                    run(round, "PostgreSQL", chain -> database(server, chain));
                }
            }
        }
    }

    private interface Addresses {
        String of(String chain) throws Exception;
    }

    private static String database(EmbeddedPostgres server, String chain) throws Exception {
        String name = "chain_" + chain.replace('-', '_').toLowerCase(java.util.Locale.ROOT);
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    private static void run(int round, String name, Addresses addresses) throws Exception {
        long start = System.nanoTime();
        List<Kill> kills = Kills.of(operations, LONG ? 4 : 1).stream()
                .filter(kill -> kill.toString().contains(ONLY))
                .toList();
        Path here = Files.createDirectories(folder.resolve(name + round));
        try (Gateway gateway = new Gateway(here.resolve("vendors"), URI.create("http://127.0.0.1:1"))) {
            Life life = life(here, gateway);
            ExecutorService threads = Executors.newFixedThreadPool(CHAINS);
            List<Future<KillChain.Report>> running = new ArrayList<>();
            List<String> ledgers = new ArrayList<>();
            for (int chain = 0; chain < CHAINS; chain++) {
                int mine = chain;
                Path its = folder(here.resolve("chain" + chain));
                String ledger = addresses.of(name + round + "-" + chain);
                ledgers.add(ledger);
                Ledger.fresh(ledger).close();
                List<Kill> part = IntStream.range(0, kills.size())
                        .filter(i -> i % CHAINS == mine)
                        .mapToObj(kills::get)
                        .toList();
                running.add(threads.submit(new KillChain(ledger, gateway, its, life, part)));
            }
            List<String> killed = new ArrayList<>();
            List<String> wrong = new ArrayList<>();
            int lives = 0;
            for (int chain = 0; chain < CHAINS; chain++) {
                KillChain.Report report = running.get(chain).get();
                killed.addAll(report.killed());
                wrong.addAll(report.wrong());
                lives += report.lives();
                try (Ledger ledger = Ledger.open(ledgers.get(chain))) {
                    KillJudge judge = new KillJudge(ledger, gateway);
                    for (int i = chain; i < kills.size(); i += CHAINS) {
                        wrong.addAll(judge.wrong(kills.get(i)));
                    }
                }
            }
            threads.shutdown();
            print(name, killed, kills.size(), lives, wrong.size(), Duration.ofNanos(System.nanoTime() - start));
            assertThat(wrong).isEmpty();
            assertThat(killed)
                    .as("points killed at")
                    .hasSize(kills.stream()
                            .mapToInt(kill -> kill.faults().size())
                            .sum());
        }
    }

    private static Path folder(Path chain) throws IOException {
        Files.createDirectories(chain);
        Proof.own(operations, chain.resolve("files"));
        return chain;
    }

    private static Life life(Path here, Gateway gateway) throws Exception {
        Path its = folder(here.resolve("first"));
        String ledger = Ledger.file(its.resolve("ledger"));
        Ledger.fresh(ledger).close();
        Operation one = operations.get(0);
        Kill none = new Kill(FIRST, one, List.of("CP01"), List.of("accept"), false);
        gateway.open(none.account(), one.effect());
        Path deeds = Files.write(
                its.resolve("deeds"), none.deeds().stream().map(Deed::toString).toList());
        Life life = new Life(gateway.url(), its);
        life.first(ledger, its, deeds);
        return life;
    }

    private static void print(String name, List<String> killed, int cells, int lives, int wrong, Duration took) {
        TreeMap<String, Long> byPoint = new TreeMap<>(
                killed.stream().collect(Collectors.groupingBy(one -> one.substring(0, 4), Collectors.counting())));
        System.out.println("kills by point: " + byPoint);
        TreeMap<String, Long> byEffect = new TreeMap<>(killed.stream()
                .filter(one -> one.contains("@"))
                .collect(Collectors.groupingBy(one -> one.substring(5), Collectors.counting())));
        System.out.println("kills by what was worked on: " + byEffect);
        System.out.println("of the profile kafka, killed at in proof/: " + Reach.EXCLUDED);
        System.out.printf(
                "kill matrix on %s: %d kills in %d cells of two items, %d processes, %d operations, %d s: %d things wrong%n",
                name, killed.size(), cells, lives, operations.size(), took.toSeconds(), wrong);
    }
}
