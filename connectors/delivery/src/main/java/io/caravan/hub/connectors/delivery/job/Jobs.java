package io.caravan.hub.connectors.delivery.job;

import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.db.Audit;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import io.caravan.hub.connectors.delivery.work.Signals;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs: opened with the first work item, reported by its items, read by whoever asked for them. */
public final class Jobs {

    private static final String COLUMNS = "SELECT j.id, j.kind, j.outcome, j.progress, j.trace_id, j.cancelled,"
            + " j.created_at, j.updated_at FROM job j";

    private static final Update OPEN =
            new Update("INSERT INTO job (id, tenant_id, kind, trace_id, request_id, created_at, updated_at)"
                    + " VALUES (?, ?, ?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");

    private final Db db;
    private final UnitWrites writes;
    private final Lanes lanes;
    private final Signals signals;

    public Jobs(Db db, UnitWrites writes, Lanes lanes, Signals signals) {
        this.db = db;
        this.writes = writes;
        this.lanes = lanes;
        this.signals = signals;
    }

    public String open(AccountId account, String kind, @Nullable String traceId) {
        return open(account, kind, traceId, null);
    }

    /**
     * Inside a unit the row commits with it.
     *
     * @return the job's id
     */
    public String open(AccountId account, String kind, @Nullable String traceId, @Nullable String requestId) {
        NewJob job = NewJob.of(account, kind, traceId, requestId);
        open(job);
        return job.id();
    }

    /** As {@link #open(AccountId, String, String, String)}, for a job whose id is known already. */
    public void open(NewJob job) {
        writes.put("open job", tx -> tx.later(OPEN, row(job)));
    }

    /** In the caller's transaction. */
    public void open(Connection connection, NewJob job) throws SQLException {
        OPEN.run(connection, List.<@Nullable Object[]>of(row(job)));
    }

    private static @Nullable Object[] row(NewJob job) {
        return Update.with(job.id(), job.account().value(), job.kind(), job.traceId(), Sql.cut(job.requestId(), 64));
    }

    /**
     * What came of the current item's job; commits with the item. Without a job nothing happens.
     *
     * @param outcome JSON-compatible
     */
    public void outcome(Object outcome) {
        String job = currentJob();
        if (job != null) {
            String json = Json.write(outcome);
            writes.write("job outcome", connection -> set(connection, job, "outcome", json));
        }
    }

    /** How far the current item's job is; visible at once. Without a job nothing happens. */
    public void progress(String text) {
        String job = currentJob();
        if (job != null) {
            db.run("job progress", connection -> set(connection, job, "progress", Sql.cut(text, 1000)));
        }
    }

    public Optional<JobView> find(AccountId account, String jobId) {
        return db.tx("find job", connection -> {
            Optional<Row> row = Sql.one(
                    connection, Row::of, COLUMNS + " WHERE j.tenant_id = ? AND j.id = ?", account.value(), jobId);
            return row.isPresent() ? Optional.of(view(connection, row.get())) : Optional.<JobView>empty();
        });
    }

    /**
     * Newest first.
     *
     * @param limit 1 to 200
     */
    public Page<JobView> list(AccountId account, @Nullable String cursor, int limit) {
        return db.tx("list jobs", connection -> {
            List<JobView> views = new java.util.ArrayList<>();
            for (Row row : Sql.list(
                    connection,
                    Row::of,
                    COLUMNS + " WHERE j.tenant_id = ? AND j.id < ? ORDER BY j.id DESC LIMIT ?",
                    account.value(),
                    cursor == null ? "~" : cursor,
                    limit + 1)) {
                views.add(view(connection, row));
            }
            return Page.of(views, limit, JobView::id);
        });
    }

    /**
     * Drops what has not begun; an item in flight ends, and what it adds is dropped when it is claimed.
     *
     * @return false when there is no such job
     */
    public boolean cancel(AccountId account, String jobId, String who, String reason) {
        Set<String> types = new LinkedHashSet<>();
        boolean known = db.tx("cancel job", connection -> {
            types.clear();
            int updated = Sql.update(
                    connection,
                    "UPDATE job SET cancelled = TRUE, updated_at = CURRENT_TIMESTAMP WHERE tenant_id = ? AND id = ?",
                    account.value(),
                    jobId);
            if (updated == 1) {
                cancelItems(connection, jobId, types);
                Audit.write(connection, account, who, "job.cancel", jobId, reason, null);
            }
            return updated == 1;
        });
        types.forEach(signals::work);
        return known;
    }

    private void cancelItems(Connection connection, String jobId, Set<String> types) throws SQLException {
        List<Item> items = Sql.list(
                connection,
                row -> new Item(row.getString(1), row.getString(2), row.getLong(3)),
                "SELECT id, lane_key, seq FROM work w WHERE job_id = ? AND state IN ('WAITING', 'PARKED')"
                        + " AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.work_id = w.id) ORDER BY lane_key, seq",
                jobId);
        for (Item item : items) {
            boolean inFlight = Sql.one(
                            connection,
                            row -> row.getObject(1) != null && row.getLong(2) == item.seq(),
                            "SELECT owner, head_seq FROM lane WHERE lane_key = ? FOR UPDATE",
                            item.lane())
                    .orElse(false);
            if (inFlight) {
                continue;
            }
            Sql.update(
                    connection,
                    "UPDATE work SET state = 'CANCELLED', reason = 'its job was cancelled',"
                            + " finished_at = CURRENT_TIMESTAMP WHERE id = ? AND state IN ('WAITING', 'PARKED')",
                    item.id());
            boolean head = Sql.one(
                            connection,
                            row -> row.getLong(1) == item.seq(),
                            "SELECT head_seq FROM lane WHERE lane_key = ?",
                            item.lane())
                    .orElse(false);
            String next = head ? lanes.advance(connection, item.lane(), item.seq()) : null;
            if (next != null) {
                types.add(next);
            }
        }
    }

    private static void set(Connection connection, String job, String column, @Nullable String value)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE job SET " + column + " = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ?",
                value,
                job);
    }

    private static @Nullable String currentJob() {
        Unit unit = Unit.current();
        WorkItem item = unit == null ? null : unit.item();
        return item == null ? null : item.jobId();
    }

    private static JobView view(Connection connection, Row row) throws SQLException {
        Counts counts = Sql.one(
                        connection,
                        Counts::of,
                        "SELECT COUNT(*), SUM(CASE WHEN w.state = 'WAITING' THEN 1 ELSE 0 END),"
                                + " SUM(CASE WHEN w.state = 'PARKED' THEN 1 ELSE 0 END),"
                                + " SUM(CASE WHEN w.state = 'DEAD' AND d.state IN ('OPEN', 'SUPERSEDED') THEN 1 ELSE 0 END),"
                                + " SUM(CASE WHEN w.state = 'WAITING' AND (w.attempts > 0 OR (l.owner IS NOT NULL"
                                + " AND l.head_seq = w.seq)) THEN 1 ELSE 0 END), MAX(w.finished_at)"
                                + " FROM work w JOIN lane l ON l.lane_key = w.lane_key"
                                + " LEFT JOIN dead d ON d.work_id = w.id WHERE w.job_id = ?",
                        row.id())
                .orElse(Counts.NONE);
        boolean events = Sql.one(
                        connection,
                        one -> one.getInt(1),
                        "SELECT 1 FROM outbox WHERE published = FALSE AND job_id = ? LIMIT 1",
                        row.id())
                .isPresent();
        List<String> causes = counts.parked() + counts.dead() == 0
                ? List.of()
                : Sql.list(
                        connection,
                        one -> one.getString(1) + ": " + one.getString(2),
                        "SELECT type, reason FROM work WHERE job_id = ? AND state IN ('PARKED', 'DEAD') ORDER BY id",
                        row.id());
        int open = counts.waiting() + counts.parked();
        Instant finished = counts.finished();
        String outcome = row.outcome();
        return new JobView(
                row.id(),
                row.kind(),
                status(row.cancelled(), counts, events),
                outcome == null ? null : Json.value(outcome),
                row.progress(),
                counts.total() - open,
                counts.total(),
                row.traceId(),
                row.createdAt(),
                finished != null && finished.isAfter(row.updatedAt()) ? finished : row.updatedAt(),
                causes);
    }

    static JobStatus status(boolean cancelled, Counts counts, boolean events) {
        if (counts.waiting() > 0 || events) {
            boolean begun = events || counts.started() > 0 || counts.total() > counts.waiting();
            return begun ? JobStatus.RUNNING : JobStatus.PENDING;
        }
        if (cancelled) {
            return JobStatus.CANCELLED;
        }
        if (counts.parked() > 0) {
            return JobStatus.PARKED;
        }
        return counts.dead() > 0 ? JobStatus.FAILED : JobStatus.COMPLETED;
    }

    /** A job's items by state. */
    record Counts(
            int total,
            int waiting,
            int parked,
            int dead,
            int started,
            @Nullable Instant finished) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0, null);

        static Counts of(ResultSet row) throws SQLException {
            java.time.OffsetDateTime finished = row.getObject(6, java.time.OffsetDateTime.class);
            return new Counts(
                    row.getInt(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getInt(4),
                    row.getInt(5),
                    finished == null ? null : finished.toInstant());
        }
    }

    private record Item(String id, String lane, long seq) {}

    private record Row(
            String id,
            String kind,
            @Nullable String outcome,
            @Nullable String progress,
            @Nullable String traceId,
            boolean cancelled,
            Instant createdAt,
            Instant updatedAt) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("id"),
                    row.getString("kind"),
                    row.getString("outcome"),
                    row.getString("progress"),
                    row.getString("trace_id"),
                    row.getBoolean("cancelled"),
                    Sql.time(row, "created_at"),
                    Sql.time(row, "updated_at"));
        }
    }
}
