package io.caravan.hub.connectors.delivery.nth;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.SweeperAtHand;
import io.caravan.hub.connectors.delivery.accept.Problem;
import io.caravan.hub.connectors.delivery.db.DatabaseException;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.Names;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One node on a database that fails when told to, and what the flows do with it. */
final class Node implements AutoCloseable {

    /** Short, so that what a failed call left to its lease goes on soon; long enough for a machine that is busy. */
    static final Duration LEASE = Duration.ofMillis(1_500);

    private static final int ASKED = 20;

    final FaultyJdbc jdbc = new FaultyJdbc();
    final Rig rig;
    final DeliveryEngine engine;
    final SweeperAtHand sweeper;
    /** The sweeper on the database as the engine sees it. */
    final Db faulty;

    private final Rig.Node node;
    private final Connection held;
    private final Set<String> threads;

    Node(Database database) {
        rig = Rig.on(database, jdbc::under, jdbc::above);
        try {
            // a server lives on without connections; H2 would close itself with its last one
            held = rig.dataSource.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        faulty = new Db(jdbc.above(rig.dataSource));
        Limits.Window slots = new Limits.Window("slots", 1, Duration.ofMillis(200), null, null, List.of("slot.create"));
        Limits limits = new Limits(
                Map.of("fake", new Limits.Vendor(List.of(slots), null)),
                Map.of("fake.usd-micros", new Limits.Money(1_000_000_000_000L, Duration.ofDays(1))));
        Routes routes = new Routes(rig);
        node = rig.node(
                settings -> settings.withLease(LEASE)
                        .withPoll(Duration.ofMillis(300))
                        .withSubscribers(Map.of("things", List.of("sub"))),
                limits,
                routes);
        engine = node.engine();
        routes.use(engine);
        sweeper = new SweeperAtHand(faulty, Rig.settings().withKept(Duration.ofDays(1), Duration.ofHours(1)), engine);
        Rig.eventually().until(() -> threads().stream().anyMatch(name -> name.startsWith("hub-claim")));
        threads = threads();
    }

    /** A request; asked again with the same key until it is answered. Returns the problems on the way. */
    List<Problem> ask(String key) {
        return ask("direct:ask", Map.of("key", key), key);
    }

    List<Problem> ask(String uri, Map<String, Object> body, String key) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            Exchange answer = askOnce(uri, body, key);
            if (answer.getException() == null) {
                return problems;
            }
            Problem problem = answer.getException(Problem.class);
            if (problem != null) {
                problems.add(problem);
            } else if (answer.getException(DatabaseException.class) == null) {
                // that of a step is a 503 too, by the routes' own error handling
                throw new AssertionError("neither answered nor refused", answer.getException());
            }
        }
        throw new AssertionError("never answered: " + problems);
    }

    Exchange askOnce(String uri, Map<String, Object> body, @Nullable String key) {
        return node.context()
                .createFluentProducerTemplate()
                .withProcessor(exchange -> {
                    exchange.setVariable(Names.ACCOUNT, Rig.ACCOUNT);
                    exchange.setVariable("idempotencyKey", key);
                    exchange.getMessage().setBody(body);
                })
                .to(uri)
                .send();
    }

    /** As a person or a caller does: once more after each failure. The value of the call that was answered. */
    static <T> T again(Supplier<T> call) {
        for (int i = 1; ; i++) {
            try {
                return call.get();
            } catch (DatabaseException e) {
                if (i == ASKED) {
                    throw e;
                }
            }
        }
    }

    static void again(Runnable call) {
        again(() -> {
            call.run();
            return true;
        });
    }

    /** Inserts until it is known to be inserted; the same id, which the database takes once. */
    void insert(NewWork work) {
        again(() -> {
            if (rig.count("SELECT COUNT(*) FROM work WHERE id = ?", work.id()) == 0) {
                engine.work().insert(work);
            }
        });
    }

    static NewWork work(String type, String key) {
        return NewWork.of(Rig.ACCOUNT, type, key, Map.of("key", key));
    }

    /** How often what this key stands for was done. */
    int done(String what, String key) {
        return rig.count("SELECT COUNT(*) FROM audit WHERE action = ? AND subject = ?", what, key);
    }

    int items(String state, String key) {
        return rig.count(
                "SELECT COUNT(*) FROM work WHERE lane_key = ? AND state = ?", Rig.ACCOUNT.value() + "|" + key, state);
    }

    /** Nothing is in flight, no lane is held, and every connection is back in the pool, but ours and the bell's. */
    boolean quiet() {
        return engine.inFlight() == 0
                && rig.dataSource.getHikariPoolMXBean().getActiveConnections() <= kept()
                && rig.count("SELECT COUNT(*) FROM lane WHERE owner IS NOT NULL") == 0;
    }

    private int kept() {
        return rig.dataSource.getJdbcUrl().startsWith("jdbc:postgresql") ? 2 : 1;
    }

    /** Where the key's items are, and what is not quiet. */
    String describe(String key) {
        List<String> rows = rig.db.read(
                "describe",
                connection -> Sql.list(
                        connection,
                        row -> row.getString(1) + " " + row.getString(2) + " due " + row.getString(3) + " ("
                                + row.getString(4) + "), lane of " + row.getString(5) + " next " + row.getString(6)
                                + " at " + row.getString(7) + ", now " + row.getString(8),
                        "SELECT w.type, w.state, w.due_at, w.reason, l.owner, l.next_type, l.next_due, CURRENT_TIMESTAMP"
                                + " FROM work w JOIN lane l ON l.lane_key = w.lane_key WHERE l.aggregate = ? ORDER BY w.seq",
                        key));
        return rows + ", in flight " + engine.inFlight() + ", connections out "
                + rig.dataSource.getHikariPoolMXBean().getActiveConnections() + ", lanes owned "
                + rig.count("SELECT COUNT(*) FROM lane WHERE owner IS NOT NULL");
    }

    /** Lanes that have something to do and nothing that would do it. */
    int stuck() {
        return rig.count("SELECT COUNT(*) FROM lane l WHERE EXISTS (SELECT 1 FROM work w WHERE w.lane_key = l.lane_key"
                + " AND w.state = 'WAITING') AND (l.head_seq IS NULL OR l.next_type IS NULL)");
    }

    /** Threads of the engine that were there at the start and are gone. */
    Set<String> deadThreads() {
        Set<String> gone = new TreeSet<>(threads);
        gone.removeAll(threads());
        return gone;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("hub-") && !name.startsWith("hub-work") && !name.equals("hub-bell"))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        jdbc.watch();
        try {
            held.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            rig.close();
        }
    }
}
