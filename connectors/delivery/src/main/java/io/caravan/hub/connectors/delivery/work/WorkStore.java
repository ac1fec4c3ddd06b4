package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Tx;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table {@code work}. Methods with a connection run in the caller's transaction. */
public final class WorkStore {

    /** Set by the first failure or wait, kept by the others; takes one parameter, milliseconds. */
    private static final String GIVE_UP = "COALESCE(give_up_at, " + Sql.NOW_PLUS_MS + ")";

    private static final String TIME = "CAST(? AS TIMESTAMP WITH TIME ZONE)";

    private static final Update INSERT = new Update(
            "INSERT INTO work (id, tenant_id, lane_key, seq, type, payload, state, generation, due_at, cause_id,"
                    + " trace_id, job_id, created_at) VALUES (?, ?, ?, ?, ?, ?, 'WAITING', ?, " + Sql.NOW_PLUS_MS
                    + ", ?, ?, ?, CURRENT_TIMESTAMP)");
    private static final Update DONE =
            new Update("UPDATE work SET state = 'DONE', reason = NULL, finished_at = CURRENT_TIMESTAMP WHERE id = ?");

    private final Lanes lanes;
    private final UnitWrites writes;
    private final Signals signals;
    private final Tx.Step<NewWork> inserts = this::insert;
    private final Tx.Step<Lanes.Over> releases;

    public WorkStore(Lanes lanes, UnitWrites writes, Signals signals) {
        this.lanes = lanes;
        this.writes = writes;
        this.signals = signals;
        this.releases = lanes::release;
    }

    /**
     * Inserts into the thread's unit, or at once. Inside a work item the new one inherits trace, job and cause where it
     * names none.
     *
     * @return the item's id
     */
    public String insert(NewWork work) {
        NewWork complete = inherited(work);
        writes.put("insert " + work.type(), tx -> tx.later(inserts, complete), () -> announce(complete));
        return complete.id();
    }

    /** In the caller's transaction; call {@link #announce} after its commit. */
    public void insert(Connection connection, NewWork work) throws SQLException {
        insert(connection, List.of(work));
    }

    private void insert(Connection connection, List<NewWork> all) throws SQLException {
        long[] seq = lanes.append(
                connection,
                all.stream()
                        .map(one -> new Lanes.Added(
                                one.account().value(), one.aggregate(), one.type(), Sql.millis(one.dueIn())))
                        .toList());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < seq.length; i++) {
            NewWork one = all.get(i);
            rows.add(Update.with(
                    one.id(),
                    one.account().value(),
                    Lanes.key(one.account().value(), one.aggregate()),
                    seq[i],
                    one.type(),
                    one.payload(),
                    one.generation(),
                    Sql.millis(one.dueIn()),
                    one.causeId(),
                    one.traceId(),
                    one.jobId()));
        }
        INSERT.run(connection, rows);
    }

    public void announce(NewWork work) {
        if (work.dueIn().isZero() || work.dueIn().isNegative()) {
            signals.work(work.type());
        } else {
            signals.workIn(work.type(), work.dueIn());
        }
    }

    /** As {@link #announce(NewWork)}, for an item of this type that is due. */
    public void announce(String type) {
        signals.work(type);
    }

    /** Ends the item as done, together with others; {@code next} is told the type that may be claimed then, or null. */
    void done(Tx tx, WorkItem item, Consumer<@Nullable String> next) {
        tx.later(DONE, Update.with(item.id()));
        tx.later(releases, new Lanes.Over(item.laneKey(), item.seq(), next));
    }

    /** Ends the item and lets the lane go on. Returns the type that may now be claimed, or null. */
    @Nullable
    String finish(Connection connection, WorkItem item, String state, @Nullable String reason) throws SQLException {
        Sql.update(
                connection,
                "UPDATE work SET state = ?, reason = ?, finished_at = CURRENT_TIMESTAMP WHERE id = ?",
                state,
                Sql.cut(reason, 1000),
                item.id());
        return lanes.advance(connection, item.laneKey(), item.seq());
    }

    /** Failed, to be tried again after a while, for the last time when its time to give up has come. */
    void retry(Connection connection, WorkItem item, Duration wait, Duration giveUp, boolean counts, String reason)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE work SET attempts = attempts + ?, due_at = LEAST(" + Sql.NOW_PLUS_MS + ", " + GIVE_UP
                        + "), reason = ?, give_up_at = " + GIVE_UP + " WHERE id = ?",
                counts ? 1 : 0,
                Sql.millis(wait),
                Sql.millis(giveUp),
                Sql.cut(reason, 1000),
                Sql.millis(giveUp),
                item.id());
        lanes.putBack(connection, item.laneKey(), item.seq());
    }

    /**
     * Waiting for a time of the database's clock; not a failure. A wait that ends at the time to give up is due then, so
     * that a gate that stays closed for longer does not keep what was begun hanging.
     */
    void suspend(Connection connection, WorkItem item, Verdict.Wait wait, Duration giveUp) throws SQLException {
        Instant until = wait.until();
        long giveUpMs = Sql.millis(giveUp);
        Sql.update(
                connection,
                "UPDATE work SET due_at = CASE WHEN ? THEN LEAST(" + TIME + ", " + GIVE_UP + ") ELSE " + TIME
                        + " END, give_up_at = CASE WHEN ? THEN GREATEST(" + GIVE_UP + ", " + TIME + ") ELSE " + GIVE_UP
                        + " END, reason = ? WHERE id = ?",
                wait.atGiveUp() == Suspended.AtGiveUp.ENDS,
                until,
                giveUpMs,
                until,
                wait.atGiveUp() == Suspended.AtGiveUp.BEGINS_ANEW,
                giveUpMs,
                until.plus(giveUp),
                giveUpMs,
                Sql.cut(wait.reason(), 1000),
                item.id());
        lanes.putBack(connection, item.laneKey(), item.seq());
    }

    /** Not for this node: back as it was, claimable again after a while. */
    void leave(Connection connection, WorkItem item, Duration wait, String reason) throws SQLException {
        Sql.update(
                connection,
                "UPDATE work SET due_at = " + Sql.NOW_PLUS_MS + ", reason = ? WHERE id = ?",
                wait.toMillis(),
                reason,
                item.id());
        lanes.putBack(connection, item.laneKey(), item.seq());
    }

    /** Out of the way until a person or a renewed connection resumes it; its lane waits with it. */
    void park(Connection connection, WorkItem item, @Nullable String vendor, String reason) throws SQLException {
        Sql.update(
                connection,
                "UPDATE work SET state = 'PARKED', vendor = ?, reason = ?, give_up_at = NULL WHERE id = ?",
                vendor,
                Sql.cut(reason, 1000),
                item.id());
        lanes.putBack(connection, item.laneKey(), item.seq());
    }

    /** Whether the item may still be dropped: nothing of it was ever on its way to a vendor. */
    boolean untouched(Db db, WorkItem item) {
        return db.tx(
                "effects of " + item.id(),
                connection -> Sql.one(
                                connection, row -> row.getInt(1), "SELECT 1 FROM effect WHERE work_id = ?", item.id())
                        .isEmpty());
    }

    private static NewWork inherited(NewWork work) {
        Unit unit = Unit.current();
        WorkItem item = unit == null ? null : unit.item();
        if (item == null) {
            return work;
        }
        return work.withTrace(work.traceId() == null ? item.traceId() : work.traceId())
                .withJob(work.jobId() == null ? item.jobId() : work.jobId())
                .withCause(work.causeId() == null ? item.id() : work.causeId());
    }
}
