package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.delivery.FaultPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code lane}: one row an aggregate, carrying what the claim needs, so that a claim reads one index and never
 * compares items with their predecessors. A lane that is owned shows the end of its lease as its due time, which is how
 * an owner's death hands it over.
 */
public final class Lanes {

    private static final String LEASE =
            "owner = ?, lease_until = " + Sql.NOW_PLUS_MS + ", next_due = " + Sql.NOW_PLUS_MS;

    private final Db db;
    private final String owner;
    private final Duration lease;
    private final AtomicLong refused = new AtomicLong();

    /** @param owner this process, this start: a restarted node is another owner */
    public Lanes(Db db, String owner, Duration lease) {
        this.db = db;
        this.owner = owner;
        this.lease = lease;
    }

    /** How many times a stale owner was stopped since the start. */
    public long refused() {
        return refused.get();
    }

    /** Takes up to {@code limit} lanes whose head is of this type and due, each under a new fence. */
    public List<Claimed> claim(String type, int limit) {
        long deadline = System.nanoTime() + lease.toNanos();
        return db.tx("claim " + type, connection -> {
            List<String> keys = Sql.list(
                    connection,
                    row -> row.getString(1),
                    "SELECT lane_key FROM lane WHERE next_type = ? AND next_due <= CURRENT_TIMESTAMP"
                            + " ORDER BY next_type, next_due LIMIT ? FOR UPDATE SKIP LOCKED",
                    type,
                    limit);
            if (keys.isEmpty()) {
                return List.of();
            }
            List<@Nullable Object> parameters = new ArrayList<>(List.of(owner, lease.toMillis(), lease.toMillis()));
            parameters.addAll(keys);
            String in = "(" + Sql.marks(keys.size()) + ")";
            Sql.update(
                    connection,
                    "UPDATE lane SET fence = fence + 1, " + LEASE + " WHERE lane_key IN " + in,
                    parameters.toArray());
            List<Claimed> claimed = Sql.list(
                    connection,
                    row -> new Claimed(
                            WorkItem.of(row), new Lease(row.getString("lane_key"), row.getLong("fence"), deadline)),
                    "SELECT l.fence, l.aggregate, " + WorkItem.COLUMNS + " FROM lane l JOIN work w"
                            + " ON w.lane_key = l.lane_key AND w.seq = l.head_seq LEFT JOIN job j ON j.id = w.job_id WHERE l.lane_key IN "
                            + in,
                    keys.toArray());
            FaultPoint.CP08_LOCKED_BEFORE_COMMIT.hit();
            return claimed;
        });
    }

    /**
     * Prolongs the leases that are still ours and marks the others as lost. A lane that was given back meanwhile keeps its
     * fence until the next claim and has no owner: it must stay free.
     */
    public void renew(Collection<Lease> leases) {
        long deadline = System.nanoTime() + lease.toNanos();
        List<Lease> all = List.copyOf(leases);
        int[] updated = db.tx("renew leases", connection -> {
            String sql = "UPDATE lane SET " + LEASE + " WHERE lane_key = ? AND fence = ? AND owner IS NOT NULL";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (Lease one : all) {
                    Sql.bind(statement, owner, lease.toMillis(), lease.toMillis(), one.laneKey(), one.fence());
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                all.get(i).lost();
            } else {
                all.get(i).renewed(deadline);
            }
        }
    }

    /**
     * Locks the lane's row and compares the fence.
     *
     * @throws StaleLease when another owner has it; the caller's transaction must roll back
     */
    public void check(Connection connection, Lease mine) throws SQLException {
        long fence = Sql.one(
                        connection,
                        row -> row.getLong(1),
                        "SELECT fence FROM lane WHERE lane_key = ? FOR UPDATE",
                        mine.laneKey())
                .orElse(-1L);
        if (fence != mine.fence()) {
            refused.incrementAndGet();
            throw new StaleLease(mine, fence);
        }
    }

    /** The item is over: the next open item becomes the head. Returns the type that may now be claimed, or null. */
    public @Nullable String advance(Connection connection, String laneKey, long doneSeq) throws SQLException {
        Head next = Sql.one(
                        connection,
                        row -> new Head(
                                row.getLong(1),
                                "PARKED".equals(row.getString(4)) ? null : row.getString(2),
                                row.getObject(3)),
                        "SELECT seq, type, due_at, state FROM work WHERE lane_key = ? AND seq > ?"
                                + " AND state IN ('WAITING', 'PARKED') ORDER BY seq LIMIT 1",
                        laneKey,
                        doneSeq)
                .orElse(new Head(null, null, null));
        Sql.update(
                connection,
                "UPDATE lane SET owner = NULL, lease_until = NULL, head_seq = ?, next_type = ?, next_due = ?"
                        + " WHERE lane_key = ?",
                next.seq(),
                next.type(),
                next.type() == null ? null : next.due(),
                laneKey);
        return next.type();
    }

    /** The item stays the head: claimable again when its row is due, or not at all when it was parked. */
    public void putBack(Connection connection, String laneKey, long seq) throws SQLException {
        Sql.update(
                connection,
                "UPDATE lane SET owner = NULL, lease_until = NULL,"
                        + " next_type = (SELECT type FROM work WHERE lane_key = ? AND seq = ? AND state = 'WAITING'),"
                        + " next_due = (SELECT due_at FROM work WHERE lane_key = ? AND seq = ? AND state = 'WAITING')"
                        + " WHERE lane_key = ?",
                laneKey,
                seq,
                laneKey,
                seq,
                laneKey);
    }

    /**
     * Makes room for one more item at the end of the lane and says its number. Locks the lane's row until the commit, so
     * numbers follow the order of commits.
     */
    public long append(Connection connection, String tenant, String aggregate, String type, long dueInMs)
            throws SQLException {
        String key = key(tenant, aggregate);
        int created = Sql.update(
                connection,
                "INSERT INTO lane (lane_key, tenant_id, aggregate, last_seq, head_seq, next_type, next_due)"
                        + " VALUES (?, ?, ?, 1, 1, ?, " + Sql.NOW_PLUS_MS + ") ON CONFLICT DO NOTHING",
                key,
                tenant,
                aggregate,
                type,
                dueInMs);
        if (created == 1) {
            return 1;
        }
        Sql.update(
                connection,
                "UPDATE lane SET last_seq = last_seq + 1, head_seq = COALESCE(head_seq, last_seq + 1),"
                        + " next_type = CASE WHEN head_seq IS NULL THEN ? ELSE next_type END,"
                        + " next_due = CASE WHEN head_seq IS NULL THEN " + Sql.NOW_PLUS_MS + " ELSE next_due END"
                        + " WHERE lane_key = ?",
                type,
                dueInMs,
                key);
        return Sql.one(connection, row -> row.getLong(1), "SELECT last_seq FROM lane WHERE lane_key = ?", key)
                .orElseThrow(() -> new SQLException("lane " + key + " vanished"));
    }

    public static String key(String tenant, String aggregate) {
        return tenant + "|" + aggregate;
    }

    private record Head(
            @Nullable Long seq,
            @Nullable String type,
            @Nullable Object due) {}
}
