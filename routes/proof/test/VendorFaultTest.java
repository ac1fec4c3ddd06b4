package io.caravan.hub.routes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.routes.proof.Cell.Verdict;
import io.caravan.hub.routes.proof.Matrix.Try;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The vendor fault matrix: every effect operation on the class path against the 32 faults, through the real engine, the
 * real Kamelets and the real egress, at a sandbox of each cell's own. After every fault the vendor has exactly one, or,
 * where a change may not be repeated, a person is told; no worker is held, no failure goes without a name.
 *
 * <p>The short form strikes the request that makes the change; {@code -Dhub.proof=true} strikes each of an operation's
 * requests. {@code -Dhub.proof.only=etsy.listing/S500_AFTER} runs what contains that text.
 */
class VendorFaultTest {

    private static final boolean LONG = Boolean.getBoolean("hub.proof");
    private static final String ONLY = System.getProperty("hub.proof.only", "");
    /** What the heap may have grown by after all of it. */
    private static final long GROWTH = 64L * 1024 * 1024;

    @TempDir
    static Path folder;

    private static List<Operation> operations = List.of();
    private static Ways ways;
    private static Gateway gateway;
    private static Ledger ledger;
    private static DefaultCamelContext context;
    private static DeliveryEngine engine;
    private static Watch watch;
    private static Matrix matrix;

    @BeforeAll
    static void open() throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.OFF);
        operations = Operation.found(Proof.example());
        ways = new Ways(folder);
        gateway = new Gateway(folder, ways.canary());
        ledger = Ledger.fresh(Ledger.file(folder.resolve("ledger")));
        context = ProofHub.context(
                operations, LONG ? 4 : 3, Proof.own(operations, folder.resolve("files")), new Pictures());
        watch = new Watch(gateway, ways);
        context.getManagementStrategy().addEventNotifier(watch);
        engine = ProofHub.engine(
                ledger.dataSource(),
                context,
                new Shops(
                        gateway.url(), account -> gateway.line(account.value()).effect()),
                settings -> settings,
                () -> {});
        context.start();
        matrix = new Matrix(engine, ledger, gateway);
    }

    @AfterAll
    static void close() throws Exception {
        context.stop();
        engine.stop();
        gateway.close();
        ways.close();
        ledger.close();
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.INFO);
    }

    @Test
    void everyFaultEndsWithExactlyOneOrWithAPersonWhoKnows() {
        long start = System.nanoTime();
        Map<Operation, List<Line.Spot>> spots = baseline();
        long before = heap();
        List<Try> tries = new ArrayList<>();
        int pointless = 0;
        for (Map.Entry<Operation, List<Line.Spot>> one : spots.entrySet()) {
            for (VendorFault fault : VendorFault.values()) {
                for (Line.Spot spot : fault.spots(one.getValue())) {
                    if (!fault.pointless(one.getKey(), spot).isEmpty()) {
                        pointless++;
                    } else if (asked(one.getKey(), fault)) {
                        tries.add(new Try(one.getKey(), fault, spot));
                    }
                }
            }
        }
        List<Verdict> verdicts = matrix.run(tries, cell -> {});
        long grown = heap() - before;
        print(verdicts);
        System.out.printf(
                "vendor fault matrix: %d operations x %d faults: %d cases in %d s, %d tell nothing;"
                        + " %d calls, the longest held its worker for %d ms; redirects followed: %d; heap grew by %d MB%n",
                spots.size(),
                VendorFault.values().length,
                verdicts.size(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                pointless,
                watch.calls(),
                watch.longest(),
                ways.lured(),
                grown / 1024 / 1024);
        assertThat(verdicts).isNotEmpty().hasSameSizeAs(tries);
        assertThat(verdicts.stream().filter(one -> !one.wrong().isEmpty()).map(Verdict::toString))
                .isEmpty();
        assertThat(ways.lured()).as("redirects followed").isZero();
        assertThat(grown).as("heap grown after all").isLessThan(GROWTH);
    }

    /** Each once without a fault: where its requests are, the one that makes the change first. */
    private static Map<Operation, List<Line.Spot>> baseline() {
        Map<Operation, List<Line.Spot>> spots = new LinkedHashMap<>();
        List<Try> tries = operations.stream()
                .filter(one -> Stream.of(VendorFault.values()).anyMatch(fault -> asked(one, fault)))
                .map(one -> new Try(one, null, null))
                .toList();
        List<Verdict> verdicts = matrix.run(tries, cell -> spots.put(cell.operation(), spots(cell)));
        assertThat(verdicts.stream().filter(one -> !one.wrong().isEmpty()).map(Verdict::toString))
                .as("without any fault")
                .isEmpty();
        return spots;
    }

    private static boolean asked(Operation operation, VendorFault fault) {
        return (operation.effect() + "/" + fault).contains(ONLY);
    }

    private static List<Line.Spot> spots(Cell cell) {
        Operation operation = cell.operation();
        String prefix = operation.own() ? "http-effect-" : operation.effect().replace('.', '-') + "-";
        List<Seen> own = cell.line().seen().stream()
                .filter(seen -> seen.call().startsWith(prefix))
                .toList();
        assertThat(own).as("requests of " + operation.effect()).isNotEmpty();
        Seen first = own.stream().filter(Seen::changes).findFirst().orElse(own.get(0));
        return own.stream()
                .filter(seen -> LONG || seen == first)
                .map(seen -> new Line.Spot(seen.call(), seen.index()))
                .distinct()
                .toList();
    }

    private static void print(List<Verdict> verdicts) {
        VendorFault[] faults = VendorFault.values();
        System.out.println(". done by itself   p after reconnecting   r after a replayed dead letter"
                + "   d a dead letter for a person (at most once)   - tells nothing   X wrong");
        for (int i = 0; i < faults.length; i++) {
            System.out.printf("%2d %-16s%s", i + 1, faults[i], i % 5 == 4 ? "\n" : " ");
        }
        System.out.println();
        Map<String, List<Verdict>> rows = new TreeMap<>(verdicts.stream()
                .collect(Collectors.groupingBy(one -> one.what().operation().effect())));
        rows.forEach((effect, row) -> {
            StringBuilder line = new StringBuilder(String.format("%-22s", effect));
            for (VendorFault fault : faults) {
                String marks = row.stream()
                        .filter(one -> one.what().fault() == fault)
                        .map(Verdict::mark)
                        .distinct()
                        .collect(Collectors.joining());
                line.append(String.format("%-3s", marks.isEmpty() ? "-" : marks));
            }
            System.out.println(line);
        });
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
