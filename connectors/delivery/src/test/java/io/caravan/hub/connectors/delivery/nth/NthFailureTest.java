package io.caravan.hub.connectors.delivery.nth;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.nth.FaultyJdbc.Call;
import io.caravan.hub.connectors.delivery.nth.FaultyJdbc.Fault;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every flow is run once and its JDBC calls are counted; then it is run again for each of them, which fails: the
 * connection breaks, the transaction loses against another one, or the commit takes place and the answer is lost. The
 * engine has to come to its end by itself, with what was acknowledged done once, no connection kept, no lane held and
 * no thread dead.
 *
 * <p>The short form takes each {@link #STEP}-th case; {@code -Dhub.proof=true} takes every lost answer of a commit and each
 * third of the others, on PostgreSQL too, {@code -Dhub.nth.step=1} all. {@code -Dhub.nth.scene=<part of a name>} runs some
 * flows alone.
 */
class NthFailureTest {

    private static final boolean ALL = Boolean.getBoolean("hub.proof");
    private static final String ONLY = System.getProperty("hub.nth.scene", "");
    private static final int STEP = Integer.getInteger("hub.nth.step", ALL ? 3 : 45);
    /** After so many nothing new is learned. */
    private static final int ENOUGH = 8;

    private final List<String> failures = new ArrayList<>();
    private int cases;
    private int fired;
    private int keys;

    private record Case(Call call, Fault fault) {}

    @Test
    void whateverCallOfH2FailsTheFlowEndsAndNothingIsLostOrDoneTwice() {
        run(Database.H2);
    }

    @Test
    @EnabledIfSystemProperty(named = "hub.proof", matches = "true")
    void whateverCallOfPostgresFailsTheFlowEndsAndNothingIsLostOrDoneTwice() {
        run(Database.POSTGRES);
    }

    private void run(Database database) {
        int scenes = 0;
        try (Node node = new Node(database)) {
            for (Scene scene : Scenes.all()) {
                if (scene.name().contains(ONLY) && failures.size() < ENOUGH) {
                    scenes++;
                    play(node, scene, scenes);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "n-th failure, %s: %d flows, %d cases, the call was reached in %d, %d failures%n",
                database,
                scenes,
                cases,
                fired,
                failures.size());
        assertThat(failures).isEmpty();
        assertThat(fired).as("cases whose call was reached").isGreaterThan(cases * 3 / 4);
    }

    private void play(Node node, Scene scene, int number) {
        List<Call> calls = watched(node, scene);
        List<Case> all = new ArrayList<>();
        calls.forEach(call -> faults(call).forEach(fault -> all.add(new Case(call, fault))));
        for (int i = 0; i < all.size() && failures.size() < ENOUGH; i++) {
            Case one = all.get(i);
            if ((ALL && one.fault() == Fault.LOST) || (i + number) % STEP == 0) {
                run(node, scene, one);
            }
        }
        assertThat(node.stuck())
                .as("lanes that hold up their items after " + scene.name())
                .isZero();
        assertThat(node.deadThreads())
                .as("threads that ended in " + scene.name())
                .isEmpty();
    }

    private List<Call> watched(Node node, Scene scene) {
        String key = begin(node, scene);
        node.jdbc.watch();
        scene.deed().accept(node, key);
        ends(node, scene, key);
        List<Call> calls = node.jdbc.calls();
        scene.oracle().accept(node, key);
        assertThat(calls).as("calls of " + scene.name()).isNotEmpty();
        return calls;
    }

    private void run(Node node, Scene scene, Case one) {
        cases++;
        String key = "";
        try {
            key = begin(node, scene);
            node.jdbc.arm(one.call(), one.fault());
            scene.deed().accept(node, key);
            ends(node, scene, key);
            fired += node.jdbc.fired() ? 1 : 0;
            node.jdbc.watch();
            scene.oracle().accept(node, key);
        } catch (RuntimeException | AssertionError e) {
            failures.add(scene.name() + ", " + one.fault() + " at " + one.call() + ": " + e.getMessage() + "; "
                    + node.describe(key));
        }
    }

    /** A key of its own; all of one length, so that none is part of another. */
    private String begin(Node node, Scene scene) {
        node.jdbc.watch();
        node.rig.vendor.calm();
        node.rig.connections.connected = true;
        String key = String.format(Locale.ROOT, "k%05d", ++keys);
        scene.before().accept(node, key);
        return key;
    }

    private static void ends(Node node, Scene scene, String key) {
        Rig.eventually().until(() -> scene.over().test(node, key) && node.quiet());
    }

    private static List<Fault> faults(Call call) {
        return switch (call.kind()) {
            case "getConnection" -> List.of(Fault.BROKEN);
            case "commit" -> List.of(Fault.LOST, Fault.BROKEN, Fault.CONFLICT);
            default -> List.of(Fault.BROKEN, Fault.CONFLICT);
        };
    }
}
