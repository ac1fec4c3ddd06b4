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
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs: opened with the first work item, reported by its items, read by whoever asked for them. */
public final class Jobs {

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
        return db.read("find job", connection -> JobReads.find(connection, account, jobId));
    }

    /**
     * Newest first.
     *
     * @param limit 1 to 200
     */
    public Page<JobView> list(AccountId account, @Nullable String cursor, int limit) {
        return db.read("list jobs", connection -> JobReads.list(connection, account, cursor, limit));
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

    private record Item(String id, String lane, long seq) {}
}
