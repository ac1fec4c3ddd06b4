package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.effect.Shape;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.h2.tools.Restore;
import org.jspecify.annotations.Nullable;

/** A ledger on H2 of which copies are made while a hub works, and that can be put back to each of them. */
final class Past {

    /** Shorter than in the matrices: here no effect comes late. */
    private static final double SETTLE = 0.01;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String WITHDRAWN = "-back";
    /**
     * A Printify product that was being published when the world was put back: nobody here knows that, and the vendor keeps
     * it locked until somebody tells it the end of a publication. It waits, and is a dead letter for a person in the end.
     */
    private static final String LOCKED = "%locked for a publication%";

    private final Path file;
    private final List<Operation> operations;
    private final Path files;
    private final Gateway gateway;
    private final Pictures pictures = new Pictures();
    private final List<Asked> asked = new ArrayList<>();
    private int adopted;
    private @Nullable Ledger ledger;

    /**
     * One business object of an account of its own.
     *
     * @param back whether it is taken back again
     */
    record Asked(Operation operation, String account, boolean back) {}

    /**
     * A copy.
     *
     * @param phases how many effects were how far
     */
    record Moment(Path copy, Instant at, int done, Map<String, Integer> phases) {
        @Override
        public String toString() {
            return "the moment with " + done + " items done and effects " + phases;
        }
    }

    Past(Path file, List<Operation> operations, Path files, Gateway gateway) {
        this.file = file;
        this.operations = operations;
        this.files = files;
        this.gateway = gateway;
    }

    /** Accepts the work, of which nothing is done yet; also one of each reversible operation that is taken back. */
    List<Asked> ask(int each) throws Exception {
        ledger = Ledger.fresh(Ledger.file(file));
        for (Operation operation : operations) {
            for (int i = 0; i < each; i++) {
                asked.add(new Asked(operation, "r" + asked.size(), false));
            }
            if (operation.shape() == Shape.REVERSIBLE) {
                asked.add(new Asked(operation, "r" + asked.size(), true));
            }
        }
        DeliveryEngine engine = engine(context());
        // of a hub that was started before, as every one that can make a backup
        engine.effects().installation();
        for (Asked one : asked) {
            gateway.open(one.account(), one.operation().effect());
            engine.work()
                    .insert(NewWork.of(
                            new AccountId(one.account()),
                            one.operation().type() + (one.back() ? WITHDRAWN : ""),
                            "one",
                            Map.of("key", one.account())));
        }
        return List.copyOf(asked);
    }

    /** Runs until everything is done, and copies meanwhile: the first before it begins. */
    List<Moment> live(int moments) throws Exception {
        List<Moment> all = new ArrayList<>();
        all.add(copy(0));
        run(engine -> {}, () -> {
            int share = asked.size() * all.size() / moments;
            if (all.size() < moments && done() >= share) {
                all.add(copy(all.size()));
            }
        });
        return all;
    }

    /** As {@code ./hub restore} and the start after it: the copy is the database, its leases end, the quarantine begins. */
    void goBack(Moment moment) throws Exception {
        ledger().close();
        Restore.execute(moment.copy().toString(), String.valueOf(file.getParent()), String.valueOf(file.getFileName()));
        ledger = Ledger.open(Ledger.file(file));
        run(
                engine -> {
                    engine.inherit();
                    engine.quarantine().begin(moment.at(), Duration.ofDays(1));
                },
                () -> {});
    }

    private void run(Consumer<DeliveryEngine> before, Runnable meanwhile) throws Exception {
        DefaultCamelContext context = context();
        DeliveryEngine engine = engine(context);
        before.accept(engine);
        context.start();
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(10))
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        meanwhile.run();
                        return open() == 0;
                    });
            adopted = asked.stream()
                    .map(one -> engine.quarantine().report(new AccountId(one.account()), 1))
                    .mapToInt(report -> report.map(one -> one.adopted()).orElse(0))
                    .sum();
        } finally {
            context.stop();
            engine.stop();
        }
    }

    private DefaultCamelContext context() throws Exception {
        return ProofHub.context(operations, 1, files, pictures);
    }

    private DeliveryEngine engine(DefaultCamelContext context) {
        Map<String, String> effects = new TreeMap<>();
        asked.forEach(one -> effects.put(one.account(), one.operation().effect()));
        return ProofHub.engine(
                ledger().dataSource(),
                context,
                new Shops(gateway.url(), account -> String.valueOf(effects.get(account.value()))),
                settings -> settings.withSettleScale(SETTLE),
                () -> {});
    }

    /** Objects that were taken over since the last restore. */
    int adopted() {
        return adopted;
    }

    /** What is wrong with one, at the vendor and in the ledger; empty when nothing is. */
    List<String> wrong(Asked one, String when, boolean first) {
        List<String> wrong = new ArrayList<>();
        List<String> item = ledger().rows(
                        "SELECT state, reason FROM work WHERE tenant_id = ? AND type LIKE 'proof.%' ORDER BY seq DESC",
                        one.account())
                .get(0);
        String state = item.get(0);
        boolean once = one.operation().shape() == Shape.ONCE;
        boolean told = once
                && !first
                && !ledger().rows("SELECT 1 FROM dead WHERE tenant_id = ? AND cause = 'unknown_outcome'", one.account())
                        .isEmpty();
        boolean locked = !first && one.operation().effect().equals("printify.publish") && state.equals("WAITING");
        // what it stood on was taken back in the time that was lost: nothing is there, and nothing more can be taken
        // back
        boolean gone = !first
                && one.back()
                && !ledger().rows("SELECT 1 FROM dead WHERE tenant_id = ? AND cause = 'gone'", one.account())
                        .isEmpty();
        if (!state.equals(told || gone ? "DEAD" : "DONE") && !locked) {
            wrong.add("it ended as " + item);
        }
        int wanted = one.back() ? 0 : 1;
        wrong.addAll(Flow.of(one.operation())
                .wrong(
                        gateway.line(one.account())
                                .sandbox()
                                .state(one.operation().vendor()),
                        wanted,
                        wanted));
        wrong.replaceAll(what -> one + ", " + when + ": " + what);
        return wrong;
    }

    /** Accounts whose item waits for {@link #LOCKED}. */
    List<String> locked() {
        return ledger()
                .rows("SELECT tenant_id FROM work WHERE state = 'WAITING' AND reason LIKE '" + LOCKED + "'")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** What the ledger takes for the vendor's objects, of effects that can be looked up; what is taken back has none. */
    Map<String, String> objects() {
        Map<String, String> objects = new TreeMap<>();
        ledger().rows("SELECT tenant_id, vendor, operation, business_key, vendor_id FROM effect"
                        + " WHERE shape IN ('REVERSIBLE', 'IDEMPOTENT') AND phase = 'CONFIRMED'"
                        + " AND tenant_id NOT IN (SELECT tenant_id FROM work WHERE type LIKE 'proof.%-back')")
                .forEach(row -> objects.put(String.join(" ", row.subList(0, 4)), row.get(4)));
        return objects;
    }

    private int done() {
        return number("SELECT COUNT(*) FROM work WHERE state = 'DONE'");
    }

    /** Items and events that are not over and not waiting for {@link #LOCKED}. */
    private int open() {
        return number("SELECT (SELECT COUNT(*) FROM work WHERE type LIKE 'proof.%' AND state IN ('WAITING', 'PARKED')"
                + " AND NOT COALESCE(reason, '') LIKE '" + LOCKED + "')"
                + " + (SELECT COUNT(*) FROM outbox WHERE published = FALSE)");
    }

    private Moment copy(int number) {
        Path copy = Path.of(file + "-" + number + ".zip");
        Instant at = Instant.now();
        try (var connection = ledger().dataSource().getConnection();
                var statement = connection.createStatement()) {
            Files.deleteIfExists(copy);
            statement.execute("BACKUP TO '" + copy + "'");
            Map<String, Integer> phases = new TreeMap<>();
            ledger().rows("SELECT phase, COUNT(*) FROM effect GROUP BY phase")
                    .forEach(row -> phases.put(row.get(0), Integer.valueOf(row.get(1))));
            return new Moment(copy, at, done(), phases);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int number(String query) {
        return Integer.parseInt(ledger().rows(query).get(0).get(0));
    }

    private Ledger ledger() {
        Ledger open = ledger;
        if (open == null) {
            throw new IllegalStateException("nothing was asked yet");
        }
        return open;
    }
}
