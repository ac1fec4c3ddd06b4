package io.caravan.hub.connectors.delivery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.sim.Protocol.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Replay one seed with {@code -Dhub.sim.seed=N -Dtest=ProtocolSimulationTest}; more of them with {@code -Dhub.sim.seeds}. */
class ProtocolSimulationTest {

    private static final int SEEDS = Integer.getInteger("hub.sim.seeds", 100_000);

    private static final Map<String, Function<World, Protocol>> PROTOCOLS = new LinkedHashMap<>();

    static {
        PROTOCOLS.put("naive", Protocol.Naive::new);
        PROTOCOLS.put("idempotentConsumer", Protocol.IdempotentConsumer::new);
        PROTOCOLS.put("ledger, immediate look-up", world -> new Protocol.Ledger(world, false));
        PROTOCOLS.put("ledger, settle", world -> new Protocol.Ledger(world, true));
        PROTOCOLS.put("two-phase", world -> new Protocol.TwoPhase(world, true));
        PROTOCOLS.put("two-phase, settle only after doubt", world -> new Protocol.TwoPhase(world, false));
    }

    @Test
    void twoPhaseProtocolsNeverLoseNorDoubleAndTheOthersShowThatTheWorldIsHarsh() {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        PROTOCOLS.forEach((name, protocol) -> tallies.put(name, tally(protocol)));
        tallies.forEach((name, tally) -> System.out.printf("%-36s %s%n", name, tally));

        assertThat(of(tallies, "two-phase").failures()).isEmpty();
        assertThat(of(tallies, "two-phase, settle only after doubt").failures()).isEmpty();
        assertThat(share(tallies, "naive", Verdict.DUPLICATED)).isGreaterThan(0.3);
        assertThat(share(tallies, "idempotentConsumer", Verdict.LOST)).isGreaterThan(0.08);
        assertThat(share(tallies, "idempotentConsumer", Verdict.DUPLICATED)).isGreaterThan(0.1);
        assertThat(share(tallies, "ledger, immediate look-up", Verdict.DUPLICATED))
                .isGreaterThan(0.05);
        assertThat(share(tallies, "ledger, settle", Verdict.DUPLICATED)).isBetween(0.0005, 0.02);
    }

    @Test
    @EnabledIfSystemProperty(named = "hub.sim.seed", matches = "\\d+")
    void replaysOneSeedWithItsTrace() {
        long seed = Long.getLong("hub.sim.seed", 0);
        PROTOCOLS.forEach((name, protocol) -> {
            List<String> trace = new ArrayList<>();
            Verdict verdict = protocol.apply(new World(seed, trace)).run();
            System.out.println("--- seed " + seed + ", " + name + ": " + verdict);
            trace.forEach(System.out::println);
        });
    }

    @Test
    void aSeedReplaysExactly() {
        for (Function<World, Protocol> protocol : PROTOCOLS.values()) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            protocol.apply(new World(4711, first)).run();
            protocol.apply(new World(4711, second)).run();
            assertThat(second).isEqualTo(first).isNotEmpty();
        }
    }

    private static double share(Map<String, Tally> tallies, String name, Verdict verdict) {
        Tally tally = of(tallies, name);
        return (double) (verdict == Verdict.LOST ? tally.lost() : tally.duplicated()) / SEEDS;
    }

    private static Tally of(Map<String, Tally> tallies, String name) {
        return Objects.requireNonNull(tallies.get(name), name);
    }

    private static Tally tally(Function<World, Protocol> protocol) {
        int lost = 0;
        int duplicated = 0;
        long strays = 0;
        List<Long> failures = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, null);
            Protocol run = protocol.apply(world);
            Verdict verdict = run.run();
            lost += verdict == Verdict.LOST ? 1 : 0;
            duplicated += verdict == Verdict.DUPLICATED ? 1 : 0;
            strays += world.live() - run.effects();
            if (verdict != Verdict.ONCE && failures.size() < 5) {
                failures.add(seed);
            }
        }
        return new Tally(lost, duplicated, strays, failures);
    }

    /** @param failures the first seeds that went wrong, for the replay */
    private record Tally(int lost, int duplicated, long strays, List<Long> failures) {
        @Override
        public String toString() {
            return "lost " + lost + ", duplicated " + duplicated + ", strays " + strays
                    + (failures.isEmpty() ? "" : ", for example -Dhub.sim.seed=" + failures.get(0));
        }
    }
}
