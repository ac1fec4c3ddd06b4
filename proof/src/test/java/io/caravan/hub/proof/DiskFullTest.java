package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caravan.hub.proof.lab.H2File;
import io.caravan.hub.proof.lab.HubProcess;
import io.caravan.hub.proof.lab.Lab;
import io.caravan.hub.proof.lab.Load;
import io.caravan.hub.proof.lab.Oracle;
import io.caravan.hub.proof.lab.Proof;
import io.caravan.hub.proof.lab.Seed;
import io.caravan.hub.proof.lab.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded database can write no more. A limit on the size of the hub's files stands for the full disk, since that needs
 * no right to mount one.
 */
class DiskFullTest {

    private static final int ROUNDS = Proof.times(1, 20);
    /** More than the hub's log will need. */
    private static final long LEAST = 4L << 20;

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    @Test
    void shouldAcceptNothingThatItCannotWriteDownAndGoOnWhenThereIsRoomAgain() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit")))
                .as("prlimit, of util-linux, sets the limit of a process that runs")
                .isTrue();
        try (Lab lab = Lab.open(folder.resolve("lab"))) {
            H2File ledger = new H2File(lab.folder().resolve("data"));
            Map<String, String> properties = new HashMap<>(ledger.properties());
            // a hub that a busy machine holds up for half a lease halts by itself, and here none may
            properties.put("hub.delivery.lease", "30s");
            HubProcess hub = lab.hub("hub", lab.vendors().url(), properties);
            hub.start();
            hub.awaitReady();
            long process = hub.pid();
            int told = 0;
            Load load = lab.load(List.of(hub), 4, 1, Duration.ofMillis(40), seed.random());
            try (load) {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitAcknowledged(lab, hub, load);
                    int before = load.count(503);
                    long size = Files.size(ledger.data().resolve("hub.mv.db"));
                    hub.limitFiles(Math.max(LEAST, size + (64L << 10)));
                    Wait.until(
                            "the full disk is told to clients as 503",
                            Duration.ofSeconds(120),
                            () -> load.count(503) > before,
                            () -> load.statuses() + " " + load.strange() + hub.tail());
                    hub.limitFiles(null);
                    awaitAcknowledged(lab, hub, load);
                    told += load.count(503) - before;
                }
            }
            assertThat(hub.pid())
                    .as("the process that was there at the beginning")
                    .isEqualTo(process);
            Oracle.Verdict verdict = lab.judge(ledger);
            Proof.tell(
                    "disk full on H2: %d times, %d requests told so, %d acknowledged, %s; answers %s",
                    ROUNDS, told, lab.oracle().acknowledged(), verdict, load.statuses());
            assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
            assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
        }
    }

    private static void awaitAcknowledged(Lab lab, HubProcess hub, Load load) {
        int now = lab.oracle().acknowledged();
        Wait.until(
                "the hub accepts",
                Duration.ofSeconds(90),
                () -> lab.oracle().acknowledged() >= now + 5,
                () -> load.statuses() + " " + load.strange() + hub.tail());
    }
}
