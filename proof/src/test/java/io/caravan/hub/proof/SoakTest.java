package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.proof.lab.HubProcess;
import io.caravan.hub.proof.lab.Lab;
import io.caravan.hub.proof.lab.Load;
import io.caravan.hub.proof.lab.Oracle;
import io.caravan.hub.proof.lab.Postgres;
import io.caravan.hub.proof.lab.Proof;
import io.caravan.hub.proof.lab.Seed;
import io.caravan.hub.proof.lab.Vitals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty requests a second for hours, with a vendor that fails now and then: nothing lost, nothing twice, and the process
 * is at the end as it was when it was warm. How long: {@code -Dhub.proof.soak=PT2H}.
 */
class SoakTest {

    private static final Duration LENGTH =
            Duration.parse(System.getProperty("hub.proof.soak", Proof.LONG ? "PT2H" : "PT12S"));

    private static final int ITEMS = 19;
    private static final int IMPORTS = 1;

    /** Shorter runs are over before caches and pools are as large as they get. */
    private static final Duration WARM = Duration.ofMinutes(10);

    /** A minute apart. */
    private static final int SAMPLES = (int) Math.max(12, LENGTH.toMinutes());

    /** Samples of a warm process that say something about its course. */
    private static final int ENOUGH = 40;

    /** Of the sampled heap, in MB: what a collection finds is not the same twice. */
    private static final double NOISE = 2;

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    @Test
    void shouldBeAsItWasAfterHoursOfWork() throws Exception {
        try (Lab lab = Lab.open(folder);
                Postgres postgres = Postgres.start(folder.resolve("postgres"))) {
            HubProcess hub = lab.hub("hub", lab.vendors().url(), settings(postgres));
            hub.start();
            hub.awaitReady();
            Load load = lab.load(List.of(hub), ITEMS, IMPORTS, Duration.ofSeconds(1), seed.random());
            List<Vitals> warm;
            try (load) {
                warm = watch(lab, hub, load);
            }
            lab.vendors().clearFaults();
            Oracle.Verdict verdict = lab.judge(postgres);
            Proof.tell(
                    "soak of %s: %d acknowledged, %s; answers %s, accept %s",
                    LENGTH, lab.oracle().acknowledged(), verdict, load.statuses(), load.times());
            assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
            assertThat(verdict.dead()).as("dead letters").isEmpty();
            assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
            assertThat(hub.halts()).as("ends by itself").isZero();
            assertThat(lab.oracle().acknowledged()).as("acknowledged").isPositive();
            if (warm.size() >= ENOUGH) {
                steady(warm);
            }
        }
    }

    /** With the lease that the hub has by default: other work on the machine may hold it up for seconds. */
    private static Map<String, String> settings(Postgres postgres) {
        Map<String, String> settings = new HashMap<>(postgres.properties());
        settings.put("hub.delivery.lease", "60s");
        return settings;
    }

    /** Samples over the whole length; those taken while it was warm. */
    private List<Vitals> watch(Lab lab, HubProcess hub, Load load) throws Exception {
        Random random = seed.random();
        List<Vitals> warm = new ArrayList<>();
        long begun = System.nanoTime();
        for (int sample = 1; sample <= SAMPLES; sample++) {
            Duration due = LENGTH.multipliedBy(sample).dividedBy(SAMPLES);
            TimeUnit.NANOSECONDS.sleep(begun + due.toNanos() - System.nanoTime());
            lab.spoil("POST", "EFFECT_ANSWER", random.nextInt(100), 1, 0);
            lab.spoil("PUT", "EFFECT_RESET", random.nextInt(100), 1, 0);
            Optional<Vitals> vitals = Vitals.of(hub);
            if (due.compareTo(WARM) > 0) {
                vitals.ifPresent(warm::add);
            }
            if (sample % (SAMPLES / 12) == 0) {
                Proof.tell(
                        "%s: %d acknowledged, %s, accept %s",
                        due,
                        lab.oracle().acknowledged(),
                        vitals.map(Vitals::toString).orElse("too busy to tell"),
                        load.times());
            }
        }
        return warm;
    }

    private static void steady(List<Vitals> warm) {
        int quarter = warm.size() / 4;
        List<Vitals> first = warm.subList(0, quarter);
        List<Vitals> last = warm.subList(warm.size() - quarter, warm.size());
        double hours = LENGTH.minus(WARM).toSeconds() / 3600.0 * 0.75;
        double before = median(first);
        double after = median(last);
        Proof.tell("heap after a collection %.1f to %.1f MB in %.2f hours", before, after, hours);
        assertThat(after).as("heap after a collection, MB").isLessThanOrEqualTo(before + hours + NOISE);
        assertThat(last.stream().mapToInt(Vitals::threads).max().orElseThrow())
                .as("threads")
                .isLessThanOrEqualTo(
                        first.stream().mapToInt(Vitals::threads).max().orElseThrow() + 4);
        assertThat(last.stream().mapToInt(Vitals::files).min().orElseThrow())
                .as("open files, when fewest")
                .isLessThanOrEqualTo(
                        first.stream().mapToInt(Vitals::files).max().orElseThrow());
        assertThat(warm.stream().mapToInt(Vitals::residentMb).max().orElseThrow())
                .as("resident, MB")
                .isLessThanOrEqualTo(1_200);
    }

    private static double median(List<Vitals> samples) {
        return samples.stream()
                .mapToDouble(Vitals::heapMb)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
