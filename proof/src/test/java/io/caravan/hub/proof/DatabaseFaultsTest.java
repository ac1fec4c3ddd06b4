package io.caravan.hub.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.sandbox.proxy.Direction;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hub says and does while its PostgreSQL is away, slow, silent, full or dead: each request is answered with 202 and
 * kept, or with 503 and a time to come again; and the same process goes on when the database is back.
 */
class DatabaseFaultsTest {

    private static final int ROUNDS = Proof.times(1, 10);

    /** At least; and until a client was told of it, which takes the five seconds that the pool waits for a connection. */
    private static final Duration FAULT = Duration.ofSeconds(Proof.times(2, 10));

    @RegisterExtension
    final Seed seed = new Seed();

    @TempDir
    Path folder;

    private Lab lab;
    private Postgres postgres;
    private FaultProxy way;
    private HubProcess hub;

    /** What is wrong, from the beginning of {@code begin} to the end of {@code end}. */
    private record Fault(String name, boolean refuses, Step begin, Step end) {}

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @BeforeEach
    void open() throws IOException {
        lab = Lab.open(folder.resolve("lab"));
        postgres = lab.with(Postgres.start(lab.folder().resolve("postgres")));
        way = lab.with(FaultProxy.start(postgres.port()));
        Map<String, String> properties = new HashMap<>(Postgres.properties(way.port()));
        properties.put("hub.db.pool", "6");
        properties.put("hub.db.answer", "4s");
        // a hub that a busy machine holds up for half a lease halts by itself, and here none may
        properties.put("hub.delivery.lease", "30s");
        hub = lab.hub("hub", lab.vendors().url(), properties);
        hub.start();
        hub.awaitReady();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void shouldRefuseWhatItCannotKeepAndGoOnWithoutARestart() throws Exception {
        long process = hub.pid();
        List<String> told = new ArrayList<>();
        Load load = lab.load(List.of(hub), 6, 1, Duration.ofMillis(80), seed.random());
        try (load) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Fault fault : faults()) {
                    told.add(one(fault, load));
                }
            }
        }
        assertThat(hub.halts())
                .as("the process that was there at the beginning")
                .isZero();
        assertThat(hub.pid()).isEqualTo(process);
        Oracle.Verdict verdict = lab.judge(postgres);
        Proof.tell(
                "database faults: %d faults %s; %d acknowledged, %s; answers %s",
                told.size(), told, lab.oracle().acknowledged(), verdict, load.statuses());
        assertThat(verdict.clean()).as("%s%n%s", verdict, lab.tails()).isTrue();
        assertThat(load.strange().stream().limit(5)).as("answers").isEmpty();
    }

    private String one(Fault fault, Load load) throws Exception {
        awaitAcknowledged(fault.name() + " begins", load);
        int refused = load.count(503);
        fault.begin().run();
        TimeUnit.MILLISECONDS.sleep(FAULT.toMillis());
        if (fault.refuses()) {
            Wait.until(
                    fault.name() + " is told to clients as 503",
                    Duration.ofSeconds(90),
                    () -> load.count(503) > refused,
                    () -> load.statuses() + " " + load.strange() + hub.tail());
        }
        int during = load.count(503) - refused;
        long end = System.nanoTime();
        fault.end().run();
        awaitAcknowledged(fault.name() + " is over", load);
        return "%s: %d times 503, accepts again after %d ms"
                .formatted(fault.name(), during, (System.nanoTime() - end) / 1_000_000);
    }

    private void awaitAcknowledged(String when, Load load) {
        int now = lab.oracle().acknowledged();
        Wait.until(
                when + ": the hub accepts",
                Duration.ofSeconds(120),
                () -> lab.oracle().acknowledged() >= now + 5,
                () -> load.statuses() + " " + load.strange() + hub.tail());
    }

    private List<Fault> faults() {
        return List.of(
                new Fault("down", true, way::down, way::clear),
                new Fault(
                        "slow",
                        false,
                        () -> way.set(
                                Direction.TO_CLIENT, new Toxic.Latency(Duration.ofMillis(250), Duration.ofMillis(200))),
                        way::clear),
                new Fault(
                        "reset in the middle",
                        true,
                        () -> way.set(Direction.TO_CLIENT, new Toxic.ResetPeer()),
                        way::clear),
                new Fault("paused", true, () -> way.set(new Toxic.Paused()), way::clear),
                new Fault("silent", true, () -> way.set(new Toxic.Timeout()), way::clear),
                new Fault("cut short", true, () -> way.set(Direction.TO_CLIENT, new Toxic.Limit(300)), way::clear),
                lockedOut(),
                new Fault("read-only", true, () -> readOnly(true), () -> readOnly(false)),
                new Fault("killed", true, postgres::kill, () -> {
                    postgres.restart();
                    way.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.port()));
                }));
    }

    /** Somebody else's lock: every connection of the pool waits for it, and further requests for a connection. */
    private Fault lockedOut() {
        List<Connection> holder = new ArrayList<>();
        return new Fault(
                "pool empty",
                true,
                () -> {
                    Connection connection = postgres.open();
                    holder.add(connection);
                    connection.setAutoCommit(false);
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("LOCK TABLE api_request IN ACCESS EXCLUSIVE MODE");
                    }
                },
                () -> holder.get(0).close());
    }

    private void readOnly(boolean on) throws Exception {
        postgres.execute("ALTER SYSTEM SET default_transaction_read_only = " + (on ? "on" : "off"));
        postgres.execute("SELECT pg_reload_conf()");
    }
}
