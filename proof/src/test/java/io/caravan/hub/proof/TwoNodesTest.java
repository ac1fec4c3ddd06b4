package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.sandbox.proxy.FaultProxy;
import io.caravan.hub.connectors.sandbox.proxy.Toxic;
import io.caravan.hub.proof.lab.HubProcess;
import io.caravan.hub.proof.lab.Lab;
import io.caravan.hub.proof.lab.Load;
import io.caravan.hub.proof.lab.Oracle;
import io.caravan.hub.proof.lab.Postgres;
import io.caravan.hub.proof.lab.Proof;
import io.caravan.hub.proof.lab.Seed;
import io.caravan.hub.proof.lab.Wait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL, each with a way of its own to the database and to the vendors. One of them is stopped, or
 * cut off from either, for half a lease to three leases while it works; the other goes on, and both take requests.
 */
class TwoNodesTest {

    private static final int PAUSES = Proof.rounds(2, 200);
    private static final int CUTS = Math.min(PAUSES, Proof.times(2, 50));

    private static final Toxic DISTANCE = new Toxic.Latency(Duration.ofMillis(150), Duration.ofMillis(100));

    private static final String FINISHED = "hub_work_finished_total";

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    private Lab lab;
    private Postgres postgres;
    private Node a;
    private Node b;

    /** A hub and what stands between it and the others. */
    private record Node(HubProcess hub, FaultProxy database, FaultProxy vendors) {

        static Node of(String name, Lab lab, Postgres postgres) throws IOException {
            FaultProxy database = lab.with(FaultProxy.start(postgres.port()));
            FaultProxy vendors = lab.with(FaultProxy.start(lab.vendors().url().getPort()));
            HubProcess hub = lab.hub(
                    name, URI.create("http://127.0.0.1:" + vendors.port()), Postgres.properties(database.port()));
            hub.start();
            return new Node(hub, database, vendors);
        }
    }

    @BeforeEach
    void open() throws IOException {
        lab = Lab.open(folder.resolve("lab"));
        postgres = lab.with(Postgres.start(lab.folder().resolve("postgres")));
        a = Node.of("a", lab, postgres);
        // one after the other: both would migrate the empty database, and the second start is for its work alone
        a.hub().awaitReady();
        b = Node.of("b", lab, postgres);
        b.hub().awaitReady();
        for (Node node : List.of(a, b)) {
            // long enough that there is always something under way
            node.vendors().set(DISTANCE);
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void shouldDoNothingTwiceWhenANodeIsStoppedWhileItWorksOrLosesItsDatabase() throws Exception {
        Random random = seed.random();
        int pauses = 0;
        int cuts = 0;
        long before = counted();
        Load load = lab.load(List.of(a.hub(), b.hub()), 6, 1, Duration.ofMillis(100), random);
        try (load) {
            for (int i = 0; i < Math.max(PAUSES, CUTS); i++) {
                Node node = random.nextBoolean() ? a : b;
                if (pauses < PAUSES) {
                    awaitWork(node, load);
                    node.hub().pause();
                    TimeUnit.MILLISECONDS.sleep(leases(random, 0.5, i == 0 ? 1 : 3));
                    node.hub().resume();
                    pauses++;
                }
                if (cuts < CUTS) {
                    awaitWork(node, load);
                    if (cuts % 2 == 0) {
                        loseDatabase(node, cuts % 4 == 2, random);
                    } else {
                        loseVendors(node, cuts % 4 == 3, random);
                    }
                    cuts++;
                }
            }
            // a cut that met nothing but transactions that held their lanes' rows proves nothing
            for (int more = 0; lab.refusals() == 0 && more < 6; more++) {
                awaitWork(a, load);
                loseDatabase(a, false, random);
                cuts++;
            }
            a.hub().awaitReady();
            b.hub().awaitReady();
        }
        long counted = counted() - before;
        Oracle.Verdict verdict = lab.judge(postgres);
        int halts = a.hub().halts() + b.hub().halts();
        Proof.tell(
                "two nodes: %d pauses, %d cuts, %d acknowledged, %s; %d writes of stale owners refused (%d by the"
                        + " metric of the processes at the end), %d halts of a node that was held up, answers %s",
                pauses, cuts, lab.oracle().acknowledged(), verdict, lab.refusals(), counted, halts, load.statuses());
        assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
        assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
        assertThat(lab.refusals()).as("writes of stale owners refused").isPositive();
    }

    /** What it did meanwhile is written down too late: another node has its lanes by then, or some of them. */
    private void loseDatabase(Node node, boolean refused, Random random) throws Exception {
        if (refused) {
            node.database().down();
        } else {
            node.database().set(new Toxic.Paused());
        }
        long held = lanesOf(node);
        long end = System.nanoTime() + Lab.LEASE.multipliedBy(4).toNanos();
        while (held > 0 && lanesOf(node) >= held && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        TimeUnit.MILLISECONDS.sleep(leases(random, 0.1, 0.5));
        node.database().clear();
        awaitWork(node, null);
    }

    private long lanesOf(Node node) throws SQLException {
        return Long.parseLong(
                postgres.texts("select count(*) from lane where owner like '" + (node == a ? "a" : "b") + "-%'")
                        .get(0));
    }

    /** Nothing is sent meanwhile, or nothing is heard of it. */
    private void loseVendors(Node node, boolean refused, Random random) throws Exception {
        if (refused) {
            node.vendors().down();
        } else {
            node.vendors().set(new Toxic.Paused());
        }
        TimeUnit.MILLISECONDS.sleep(leases(random, 1.2, 2));
        node.vendors().clear();
        node.vendors().set(DISTANCE);
    }

    private static long leases(Random random, double least, double most) {
        return (long) (Lab.LEASE.toMillis() * (least + random.nextDouble() * (most - least)));
    }

    /** Until the node finishes one item after the other, so that it has something under way when it is stopped. */
    private static void awaitWork(Node node, @Nullable Load load) {
        HubProcess hub = node.hub().awaitReady();
        double before = hub.metric(FINISHED).orElse(0.0);
        Wait.until(
                "the node works",
                Duration.ofSeconds(120),
                () -> hub.metric(FINISHED).orElse(0.0) >= before + 5,
                () -> (load == null ? "" : load.statuses()) + hub.tail());
    }

    private long counted() {
        return (long) (a.hub().metric("hub_fence_refused_total").orElse(0.0)
                + b.hub().metric("hub_fence_refused_total").orElse(0.0));
    }
}
