package io.caravan.hub.connectors.delivery.dead;

import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.db.Audit;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.delivery.FaultPoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person does about dead letters. Methods throw {@link NoSuchElementException} when the account has no such dead
 * letter, and {@link IllegalStateException} when its state does not allow the step; both change nothing.
 *
 * <p>Replay, look-up and cancel of a request that is being accepted commit with its answer, so that the request may be asked
 * again under its key; they throw then as well as when they commit.
 */
public final class DeadLetters {

    /** Work type of the forced look-up; the engine runs it. */
    public static final String LOOK_UP = "delivery.lookup";
    /** A look-up older than this proves nothing any more. */
    private static final Duration FRESH = Duration.ofMinutes(30);

    private final Db db;
    private final UnitWrites writes;
    private final WorkStore work;

    public DeadLetters(Db db, UnitWrites writes, WorkStore work) {
        this.db = db;
        this.writes = writes;
        this.work = work;
    }

    /**
     * Open ones, newest first.
     *
     * @param cause only of this cause; null for all
     * @param type only of this work type; null for all
     * @param limit 1 to 1000
     */
    public Page<DeadLetter> list(
            AccountId account, @Nullable String cause, @Nullable String type, @Nullable String cursor, int limit) {
        List<DeadLetter> rows = db.tx(
                "list dead letters",
                connection -> Sql.list(
                        connection,
                        DeadLetter::of,
                        DeadLetter.SELECT + " WHERE d.tenant_id = ? AND d.state = 'OPEN' AND d.work_id < ?"
                                + " AND (CAST(? AS VARCHAR) IS NULL OR d.cause = ?)"
                                + " AND (CAST(? AS VARCHAR) IS NULL OR d.type = ?) ORDER BY d.work_id DESC LIMIT ?",
                        account.value(),
                        cursor == null ? "~" : cursor,
                        cause,
                        cause,
                        type,
                        type,
                        limit + 1));
        return Page.of(rows, limit, DeadLetter::workId);
    }

    public Optional<DeadLetter> show(AccountId account, String workId) {
        return db.tx(
                "show dead letter",
                connection -> Sql.one(
                        connection,
                        DeadLetter::of,
                        DeadLetter.SELECT + " WHERE d.tenant_id = ? AND d.work_id = ?",
                        account.value(),
                        workId));
    }

    /** Replaces the payload that a replay will use. The payload it failed with is kept, and both are in the audit. */
    public void edit(AccountId account, String workId, Map<String, Object> payload, String reason, String who) {
        Checks.text("reason", reason, 1000);
        db.run("edit dead letter", connection -> {
            DeadLetter before = open(connection, account, workId);
            Sql.update(
                    connection,
                    "UPDATE dead SET edited_payload = ?, edited_by = ?, edit_reason = ? WHERE work_id = ?",
                    Json.write(payload),
                    Sql.cut(who, 100),
                    reason,
                    workId);
            Map<String, Object> change = Map.of("before", before.payload(), "after", payload);
            Audit.write(connection, account, who, "dead.edit", workId, reason, change);
        });
        FaultPoint.CP35_EDIT_SAVED.hit();
    }

    /**
     * Runs it again under the same references: what it may have made before is found, not made again.
     *
     * @return the new item's id
     */
    public String replay(AccountId account, String workId, String who, String reason) {
        return replay(account, workId, who, reason, false);
    }

    /**
     * Runs it again under new references: makes a second object if the first one exists after all. Only within half an
     * hour after a forced look-up that found nothing, or for vendors that cannot be asked.
     */
    public String replayAsNew(AccountId account, String workId, String who, String reason) {
        return replay(account, workId, who, reason, true);
    }

    /**
     * Asks the vendors what carries the references of this item; the answer is in {@link DeadLetter#lookup()} later.
     *
     * @return id of the work item that asks
     */
    public String lookUp(AccountId account, String workId, String who) {
        String asking = Ids.next();
        demandOpen(account, workId, false);
        writes.put(
                "look up dead letter",
                tx -> {
                    Connection connection = tx.connection();
                    DeadLetter letter = open(connection, account, workId);
                    work.insert(
                            connection,
                            item(asking, letter, account, LOOK_UP, Map.of("dead", workId))
                                    .withJob(null));
                    Sql.update(
                            connection,
                            "UPDATE dead SET lookup_work_id = ?, lookup_found = NULL, lookup_at = NULL WHERE work_id = ?",
                            asking,
                            workId);
                    Audit.write(connection, account, who, "dead.lookup", workId, null, null);
                },
                () -> work.announce(LOOK_UP));
        return asking;
    }

    /** Puts it away: nothing more will be done about it. */
    public void cancel(AccountId account, String workId, String who, String reason) {
        Checks.text("reason", reason, 1000);
        demandOpen(account, workId, false);
        writes.put("cancel dead letter", tx -> {
            Connection connection = tx.connection();
            open(connection, account, workId);
            Sql.update(connection, "UPDATE dead SET state = 'CANCELLED' WHERE work_id = ?", workId);
            Audit.write(connection, account, who, "dead.cancel", workId, reason, null);
        });
    }

    private String replay(AccountId account, String workId, String who, String reason, boolean asNew) {
        Checks.text("reason", reason, 1000);
        String again = Ids.next();
        String type = demandOpen(account, workId, asNew);
        writes.put(
                "replay dead letter",
                tx -> replay(tx.connection(), account, workId, again, who, reason, asNew),
                () -> work.announce(type));
        return again;
    }

    private void replay(
            Connection connection,
            AccountId account,
            String workId,
            String again,
            String who,
            String reason,
            boolean asNew)
            throws SQLException {
        DeadLetter letter = open(connection, account, workId);
        int generation = Sql.one(connection, row -> row.getInt(1), "SELECT generation FROM work WHERE id = ?", workId)
                .orElse(0);
        if (asNew) {
            demandLookUp(connection, letter);
            generation++;
        }
        work.insert(
                connection,
                item(again, letter, account, letter.type(), letter.payload()).withGeneration(generation));
        Sql.update(
                connection, "UPDATE dead SET state = 'REPLAYED', replay_work_id = ? WHERE work_id = ?", again, workId);
        String action = asNew ? "dead.replay_as_new" : "dead.replay";
        Audit.write(connection, account, who, action, workId, reason, Map.of("work_id", again));
        FaultPoint.CP34_REPLAY_TX.hit();
    }

    private static NewWork item(
            String id, DeadLetter letter, AccountId account, String type, Map<String, Object> payload) {
        return new NewWork(
                id,
                account,
                type,
                letter.aggregate(),
                Json.write(payload),
                letter.traceId(),
                letter.jobId(),
                letter.workId(),
                Duration.ZERO,
                0);
    }

    /** Who is answered before the commit is told now what the transaction would find. Returns the letter's work type. */
    private String demandOpen(AccountId account, String workId, boolean lookedUp) {
        return db.tx("look at dead letter", connection -> {
            DeadLetter letter = open(connection, account, workId);
            if (lookedUp) {
                demandLookUp(connection, letter);
            }
            return letter.type();
        });
    }

    private static void demandLookUp(Connection connection, DeadLetter letter) throws SQLException {
        Optional<Instant> at = Sql.one(
                connection,
                row -> Sql.time(row, 1),
                "SELECT lookup_at FROM dead WHERE work_id = ? AND lookup_at IS NOT NULL AND lookup_found <= 0",
                letter.workId());
        if (at.isEmpty() || at.get().plus(FRESH).isBefore(Sql.now(connection))) {
            throw new IllegalStateException("a new effect needs a fresh look-up that found none; it says: "
                    + (letter.lookup() == null ? "not asked" : letter.lookup()));
        }
    }

    private static DeadLetter open(Connection connection, AccountId account, String workId) throws SQLException {
        Optional<String> locked = Sql.one(
                connection,
                row -> row.getString(1),
                "SELECT state FROM dead WHERE tenant_id = ? AND work_id = ? FOR UPDATE",
                account.value(),
                workId);
        if (locked.isEmpty()) {
            throw new NoSuchElementException("no dead letter " + workId);
        }
        DeadLetter letter = Sql.one(connection, DeadLetter::of, DeadLetter.SELECT + " WHERE d.work_id = ?", workId)
                .orElseThrow(() -> new NoSuchElementException("no dead letter " + workId));
        if (!"open".equals(letter.state())) {
            throw new IllegalStateException("dead letter " + workId + " is " + letter.state());
        }
        return letter;
    }
}
