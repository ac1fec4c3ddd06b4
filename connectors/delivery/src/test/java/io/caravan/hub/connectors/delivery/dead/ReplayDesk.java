package io.caravan.hub.connectors.delivery.dead;

import static io.caravan.hub.connectors.delivery.rig.FakeVendor.after;
import static io.caravan.hub.connectors.delivery.rig.FakeVendor.before;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.SweeperAtHand;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.dead.ReplayCell.Cause;
import io.caravan.hub.connectors.delivery.dead.ReplayCell.Thing;
import io.caravan.hub.connectors.delivery.dead.ReplayCell.Way;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Makes dead letters, does with them what the cells say, and looks what came of it. */
final class ReplayDesk {

    private static final AccountId OTHER = new AccountId("other");
    private static final String WHO = "ann";
    private static final String WHY = "looked at and mended";
    private static final int MANY = 16;
    private static final int ATTEMPTS = 2;

    private final Rig rig;
    private final DeliveryEngine engine;
    private final DeadLetters letters;
    private volatile boolean mended;

    ReplayDesk(Rig rig) {
        this.rig = rig;
        engine = rig.start(settings -> settings, Limits.none(), new RouteBuilder() {
            @Override
            public void configure() {
                for (Thing thing : Thing.values()) {
                    var route = from("work:" + thing.type() + "?maxAttempts=" + ATTEMPTS)
                            .process(exchange -> look(exchange, thing));
                    (thing.operation.isEmpty() ? route : route.to("effect:fake." + thing.operation))
                            .process(exchange -> did(exchange));
                }
            }
        });
        letters = engine.deadLetters();
    }

    private void look(Exchange exchange, Thing thing) {
        Map<?, ?> payload = exchange.getMessage().getBody(Map.class);
        if ("no".equals(payload.get("good")) && !mended) {
            throw new IllegalArgumentException("no good");
        }
        if (thing == Thing.PLAIN && "later".equals(payload.get("good")) && !mended) {
            throw new IllegalStateException("not yet");
        }
    }

    private void did(Exchange exchange) {
        String key = exchange.getVariable("aggregate", String.class);
        engine.writes()
                .write(
                        "did",
                        connection -> Sql.update(
                                connection,
                                "INSERT INTO audit (id, tenant_id, at, who, action, subject)"
                                        + " VALUES (?, 'acme', CURRENT_TIMESTAMP, 'w', 'did', ?)",
                                Ids.next(),
                                key));
    }

    /** From here on the code can do something with the payloads that it could not before. */
    void mend() {
        mended = true;
    }

    void bury(ReplayCell cell) {
        FakeVendor vendor = rig.vendor;
        String key = cell.key();
        switch (cell.cause()) {
            case REJECTED -> vendor.failFor(key, "create", before(ErrorKind.REJECTED, 400));
            case GONE -> vendor.failFor(key, "create", before(ErrorKind.GONE, 404));
            case ATTEMPTS ->
                vendor.failFor(
                        key,
                        "create",
                        Collections.nCopies(ATTEMPTS, before(ErrorKind.NOT_SENT, 0))
                                .toArray(FakeVendor.Fault[]::new));
            case HALF -> vendor.failFor(key, "confirm", before(ErrorKind.REJECTED, 400));
            case DOUBT -> {
                vendor.failFor(key, "create", after(ErrorKind.TRANSIENT, 500));
                vendor.failFor(key, "lookup", before(ErrorKind.REJECTED, 400));
            }
            case UNKNOWN -> vendor.failFor(key, "create", before(ErrorKind.TRANSIENT, 500));
            case INVALID -> {}
        }
        engine.work().insert(item(cell));
    }

    private static NewWork item(ReplayCell cell) {
        String good = cell.cause() == Cause.INVALID ? "no" : cell.cause() == Cause.ATTEMPTS ? "later" : "yes";
        return NewWork.of(
                Rig.ACCOUNT, cell.thing().type(), cell.key(), Map.of("key", cell.key(), "good", good, "said", "first"));
    }

    /** Those that died of something else than they should. */
    List<String> causes(List<ReplayCell> cells) {
        return cells.stream()
                .filter(cell -> !rig.text("SELECT cause FROM dead WHERE aggregate = ?", cell.key())
                        .equals(cell.cause().word))
                .map(cell -> cell + " died of " + rig.text("SELECT cause FROM dead WHERE aggregate = ?", cell.key()))
                .toList();
    }

    boolean idle() {
        return engine.inFlight() == 0 && rig.count("SELECT COUNT(*) FROM work WHERE state = 'WAITING'") == 0;
    }

    /** The first that a person does. What went otherwise than it should. */
    List<String> act(ReplayCell cell) {
        List<String> wrong = new ArrayList<>();
        String id = first(cell);
        switch (cell.way()) {
            case REPLAY -> letters.replay(Rig.ACCOUNT, id, WHO, WHY);
            case EDIT_AND_REPLAY -> {
                edit(id, cell, "edited");
                letters.replay(Rig.ACCOUNT, id, WHO, WHY);
            }
            case BULK -> one(cell, wrong, at(2, () -> bulk(cell)));
            case SIXTEEN_AT_ONCE -> one(cell, wrong, at(MANY, () -> replayed(Rig.ACCOUNT, id)));
            case TWICE -> {
                letters.replay(Rig.ACCOUNT, id, WHO, WHY);
                refused(cell, wrong, IllegalStateException.class, () -> letters.replay(Rig.ACCOUNT, id, WHO, WHY));
                refused(cell, wrong, IllegalStateException.class, () -> edit(id, cell, "too late"));
            }
            case OTHER_ACCOUNT -> {
                stranger(cell, wrong, id);
                letters.replay(Rig.ACCOUNT, id, WHO, WHY);
            }
            case DONE_MEANWHILE -> engine.work().insert(item(cell));
            case PUT_AWAY -> {
                letters.cancel(Rig.ACCOUNT, id, WHO, WHY);
                refused(cell, wrong, IllegalStateException.class, () -> letters.replay(Rig.ACCOUNT, id, WHO, WHY));
            }
            case AS_NEW -> {
                refused(cell, wrong, IllegalStateException.class, () -> letters.replayAsNew(Rig.ACCOUNT, id, WHO, WHY));
                letters.lookUp(Rig.ACCOUNT, id, WHO);
            }
            case EDITED_WHILE_REPLAYED -> {
                edit(id, cell, "edited 0");
                at(MANY, number -> number == 0 ? replayed(Rig.ACCOUNT, id) : edited(id, cell, "edited " + number));
            }
        }
        return wrong;
    }

    /** What has to wait for what came of the first. */
    List<String> actAgain(ReplayCell cell) {
        List<String> wrong = new ArrayList<>();
        String id = first(cell);
        if (cell.way() == Way.AS_NEW && cell.cause().made) {
            refused(cell, wrong, IllegalStateException.class, () -> letters.replayAsNew(Rig.ACCOUNT, id, WHO, WHY));
            letters.replay(Rig.ACCOUNT, id, WHO, WHY);
        } else if (cell.way() == Way.AS_NEW) {
            letters.replayAsNew(Rig.ACCOUNT, id, WHO, WHY);
        } else if (cell.way() == Way.DONE_MEANWHILE && cell.cause() != Cause.UNKNOWN) {
            new SweeperAtHand(rig.db, Rig.settings(), engine).supersede();
            refused(cell, wrong, IllegalStateException.class, () -> letters.replay(Rig.ACCOUNT, id, WHO, WHY));
        }
        return wrong;
    }

    /** At the end. What is wrong. */
    List<String> judge(ReplayCell cell) {
        List<String> wrong = new ArrayList<>();
        boolean again = cell.way() != Way.PUT_AWAY;
        // a new effect was asked for by a person; newer work of the same key meets the same doubt
        boolean well = again && (cell.endsWell() || cell.way() == Way.AS_NEW);
        expect(cell, wrong, "rows", audited("did", cell.key()), well ? 1 : 0);
        if (cell.thing() != Thing.PLAIN) {
            int wanted = well || cell.cause().made ? 1 : 0;
            List<FakeVendor.Thing> made = rig.vendor.madeFor("key=" + cell.key());
            expect(cell, wrong, "objects", made.size(), wanted);
            boolean edited = cell.way() == Way.EDIT_AND_REPLAY && !cell.cause().made;
            if (well && edited && !String.valueOf(made.get(0).request).contains("said=edited")) {
                wrong.add(cell + ": the vendor was sent " + made.get(0).request);
            }
        }
        String id = first(cell);
        boolean asNew = cell.way() == Way.AS_NEW && !cell.cause().made;
        boolean replay = again && cell.way() != Way.DONE_MEANWHILE;
        expect(cell, wrong, "replays as new in the audit", audited("dead.replay_as_new", id), asNew ? 1 : 0);
        expect(cell, wrong, "replays in the audit", audited("dead.replay", id), replay && !asNew ? 1 : 0);
        expect(cell, wrong, "of them with who, why and the new item", reasoned(id), replay ? 1 : 0);
        expect(cell, wrong, "edits in the audit without their difference", undiffed(id), 0);
        String state = letters.show(Rig.ACCOUNT, id).orElseThrow().state();
        String wanted = replay
                ? "replayed"
                : cell.way() == Way.PUT_AWAY ? "cancelled" : cell.cause() == Cause.UNKNOWN ? "open" : "superseded";
        if (!state.equals(wanted)) {
            wrong.add(cell + ": it is " + state + ", not " + wanted);
        }
        return wrong;
    }

    private int audited(String action, String subject) {
        return rig.count("SELECT COUNT(*) FROM audit WHERE action = ? AND subject = ?", action, subject);
    }

    private int reasoned(String id) {
        return rig.count(
                "SELECT COUNT(*) FROM audit WHERE action LIKE 'dead.replay%' AND subject = ? AND tenant_id = 'acme'"
                        + " AND who = ? AND reason = ? AND detail LIKE '%work_id%'",
                id, WHO, WHY);
    }

    private int undiffed(String id) {
        return rig.count(
                "SELECT COUNT(*) FROM audit WHERE action = 'dead.edit' AND subject = ? AND NOT (who = ? AND reason = ?"
                        + " AND detail LIKE '%\"after\":{%edited%' AND detail LIKE '%\"before\":{%')",
                id, WHO, WHY);
    }

    private static void expect(ReplayCell cell, List<String> wrong, String what, int found, int wanted) {
        if (found != wanted) {
            wrong.add(cell + ": " + what + ": " + found + ", not " + wanted);
        }
    }

    /** The dead letter that the cell is about; a later one of the same key is another. */
    private String first(ReplayCell cell) {
        return rig.text("SELECT work_id FROM dead WHERE aggregate = ? ORDER BY died_at LIMIT 1", cell.key());
    }

    private void edit(String id, ReplayCell cell, String said) {
        letters.edit(Rig.ACCOUNT, id, Map.of("key", cell.key(), "good", "yes", "said", said), WHY, WHO);
    }

    private boolean edited(String id, ReplayCell cell, String said) {
        try {
            edit(id, cell, said);
            return true;
        } catch (IllegalStateException replayedAlready) {
            return false;
        }
    }

    private boolean replayed(AccountId account, String id) {
        try {
            letters.replay(account, id, WHO, WHY);
            return true;
        } catch (IllegalStateException replayedAlready) {
            return false;
        }
    }

    /** As the REST face does it; the cell's own among all that the filter finds. */
    private boolean bulk(ReplayCell cell) {
        return letters.list(Rig.ACCOUNT, cell.cause().word, cell.thing().type(), null, 1000).items().stream()
                .filter(letter -> letter.aggregate().equals(cell.key()))
                .map(letter -> replayed(Rig.ACCOUNT, letter.workId()))
                .reduce(false, Boolean::logicalOr);
    }

    private void stranger(ReplayCell cell, List<String> wrong, String id) {
        Class<NoSuchElementException> unknown = NoSuchElementException.class;
        refused(cell, wrong, unknown, () -> letters.replay(OTHER, id, "eve", WHY));
        refused(cell, wrong, unknown, () -> letters.replayAsNew(OTHER, id, "eve", WHY));
        refused(cell, wrong, unknown, () -> letters.edit(OTHER, id, Map.of("key", "mine"), WHY, "eve"));
        refused(cell, wrong, unknown, () -> letters.lookUp(OTHER, id, "eve"));
        refused(cell, wrong, unknown, () -> letters.cancel(OTHER, id, "eve", WHY));
        if (letters.show(OTHER, id).isPresent()
                || !letters.list(OTHER, null, null, null, 1000).items().isEmpty()
                || rig.count("SELECT COUNT(*) FROM audit WHERE who = 'eve'") > 0) {
            wrong.add(cell + ": another account was shown something, or stands in the audit");
        }
    }

    private static void refused(
            ReplayCell cell, List<String> wrong, Class<? extends RuntimeException> how, Runnable what) {
        try {
            what.run();
            wrong.add(cell + ": not refused");
        } catch (RuntimeException e) {
            if (!how.isInstance(e)) {
                wrong.add(cell + ": refused by " + e);
            }
        }
    }

    private static void one(ReplayCell cell, List<String> wrong, List<Boolean> successes) {
        long yes = successes.stream().filter(Boolean::booleanValue).count();
        if (yes != 1) {
            wrong.add(cell + ": " + yes + " were told yes");
        }
    }

    private static List<Boolean> at(int many, Callable<Boolean> what) {
        return at(many, number -> what.call());
    }

    /** What one of many does. */
    private interface Numbered {
        boolean run(int number) throws Exception;
    }

    /** All at the same moment. */
    private static List<Boolean> at(int many, Numbered what) {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CyclicBarrier together = new CyclicBarrier(many);
        try {
            List<Future<Boolean>> running = IntStream.range(0, many)
                    .mapToObj(number -> threads.submit(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        return what.run(number);
                    }))
                    .toList();
            List<Boolean> answers = new ArrayList<>();
            for (Future<Boolean> one : running) {
                answers.add(one.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
