package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.proof.lab.H2File;
import io.caravan.hub.proof.lab.HubProcess;
import io.caravan.hub.proof.lab.Lab;
import io.caravan.hub.proof.lab.Ledger;
import io.caravan.hub.proof.lab.Load;
import io.caravan.hub.proof.lab.Oracle;
import io.caravan.hub.proof.lab.Postgres;
import io.caravan.hub.proof.lab.Proof;
import io.caravan.hub.proof.lab.Seed;
import io.caravan.hub.proof.lab.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hub is ended by SIGKILL at random times while clients send and the sink fails now and then after it did what it was
 * asked: nothing that was acknowledged is lost, nothing is there twice, nothing overtakes in its lane.
 */
class RandomKillTest {

    /** Of one laboratory; the long form opens as many as it needs. */
    private static final int KILLS = Proof.times(3, 25);

    /** Laboratories of each database. */
    private static final int LABS = Proof.rounds(1, 10);

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    /** In turn, and a test each: a run that is cut off, or fails in one, has tried both. */
    static Stream<String> labs() {
        return Stream.generate(() -> Stream.of("H2", "PostgreSQL")).limit(LABS).flatMap(databases -> databases);
    }

    @ParameterizedTest(name = "on {0}")
    @MethodSource("labs")
    void shouldLoseNothingAndMakeNothingTwiceWhenKilledAtRandomTimes(String database) throws Exception {
        try (Lab lab = Lab.open(folder.resolve("lab"));
                Ledger ledger = database.equals("H2")
                        ? new H2File(lab.folder().resolve("data"))
                        : Postgres.start(lab.folder().resolve("postgres"))) {
            kills(database, lab, ledger);
        }
    }

    private void kills(String database, Lab lab, Ledger ledger) throws Exception {
        Random random = seed.random();
        HubProcess hub = lab.hub("hub", lab.vendors().url(), ledger.properties());
        hub.start();
        hub.awaitReady();
        int killed = 0;
        Load load = lab.load(List.of(hub), 6, 2, Duration.ofMillis(100), random);
        try (load) {
            for (; killed < KILLS; killed++) {
                trouble(lab, random);
                // once in five times while it is still starting
                if (random.nextInt(5) > 0) {
                    awaitAcknowledged(lab, hub, load);
                }
                TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(Proof.times(2_500, 5_000)));
                hub.kill();
                hub.start();
            }
            hub.awaitReady();
        }
        lab.vendors().clearFaults();
        Oracle.Verdict verdict = lab.judge(ledger);
        Proof.tell(
                "random kills on %s: %d kills, %d acknowledged, %s; answers %s, %d halts",
                database, killed, lab.oracle().acknowledged(), verdict, load.statuses(), hub.halts());
        assertThat(lab.oracle().acknowledged()).as("acknowledged").isGreaterThanOrEqualTo(20);
        assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
        assertThat(verdict.dead()).as("dead letters").isEmpty();
        assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
    }

    /** Until the load is on again. */
    private static void awaitAcknowledged(Lab lab, HubProcess hub, Load load) {
        int now = lab.oracle().acknowledged();
        Wait.until(
                "the hub accepts",
                Duration.ofSeconds(150),
                () -> lab.oracle().acknowledged() >= now + 20,
                () -> load.statuses() + hub.tail());
    }

    /** A vendor that is never wholly well. */
    private static void trouble(Lab lab, Random random) throws Exception {
        lab.spoil("POST", "EFFECT_ANSWER", random.nextInt(20), 1, 0);
        lab.spoil("POST", "EFFECT_RESET", random.nextInt(20), 1, 0);
        lab.spoil("POST", "LATE_EFFECT", random.nextInt(20), 1, 300);
        lab.spoil("PUT", "EFFECT_ANSWER", random.nextInt(20), 1, 0);
        lab.spoil("GET", "RESET", random.nextInt(5), 1, 0);
    }
}
