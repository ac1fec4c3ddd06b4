package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.delivery.FaultPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code lane}: one row an aggregate, carrying what the claim needs, so that a claim reads one index and never
 * compares items with their predecessors. A lane that is owned shows the end of its lease as its due time, which is how
 * an owner's death hands it over.
 */
public final class Lanes {

    private static final String LEASE =
            "owner = ?, lease_until = " + Sql.NOW_PLUS_MS + ", next_due = " + Sql.NOW_PLUS_MS;

    private static final Update EMPTY = new Update("UPDATE lane SET owner = NULL, lease_until = NULL, head_seq = NULL,"
            + " next_type = NULL, next_due = NULL WHERE lane_key = ? AND last_seq = ?");
    private static final Update NEW =
            new Update("INSERT INTO lane (lane_key, tenant_id, aggregate, last_seq, head_seq, next_type, next_due)"
                    + " VALUES (?, ?, ?, 1, 1, ?, " + Sql.NOW_PLUS_MS + ") ON CONFLICT DO NOTHING");
    private static final Update LONGER =
            new Update("UPDATE lane SET last_seq = last_seq + 1, head_seq = COALESCE(head_seq, last_seq + 1),"
                    + " next_type = CASE WHEN head_seq IS NULL THEN ? ELSE next_type END,"
                    + " next_due = CASE WHEN head_seq IS NULL THEN " + Sql.NOW_PLUS_MS + " ELSE next_due END"
                    + " WHERE lane_key = ?");

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

    /** As {@link #claim(String, int, BiPredicate)}, for who holds nothing. */
    public List<Claimed> claim(String type, int limit) {
        return claim(type, limit, (lane, fence) -> false);
    }

    /**
     * Takes up to {@code limit} lanes whose head is of this type and due, each under a new fence.
     *
     * @param held whether this process is still at work on a lane under a fence: such a lane is not taken a second time
     *     here, whatever the database's clock says about its lease, which a clock that was set forward ends early
     */
    public List<Claimed> claim(String type, int limit, BiPredicate<String, Long> held) {
        long deadline = System.nanoTime() + lease.toNanos();
        return db.tx("claim " + type, connection -> {
            List<String> keys = new ArrayList<>();
            Sql.list(
                    connection,
                    row -> row.getString(2) != null && held.test(row.getString(1), row.getLong(3))
                            ? false
                            : keys.add(row.getString(1)),
                    "SELECT lane_key, owner, fence FROM lane WHERE next_type = ? AND next_due <= CURRENT_TIMESTAMP"
                            + " ORDER BY next_type, next_due LIMIT ? FOR UPDATE SKIP LOCKED",
                    type,
                    limit);
            if (keys.isEmpty()) {
                return List.of();
            }
            List<@Nullable Object> parameters = new ArrayList<>(List.of(owner, lease.toMillis(), lease.toMillis()));
            Object[] padded = Sql.padded(keys);
            parameters.addAll(List.of(padded));
            String in = "(" + Sql.marks(padded.length) + ")";
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
                    padded);
            FaultPoint.CP08_LOCKED_BEFORE_COMMIT.hit(type);
            return claimed;
        });
    }

    /**
     * Ends the leases of all other owners at once, instead of when they run out.
     *
     * @return how many there were
     */
    public int inherit() {
        return db.tx(
                "inherit leases",
                connection -> Sql.update(
                        connection,
                        "UPDATE lane SET lease_until = CURRENT_TIMESTAMP, next_due = CURRENT_TIMESTAMP"
                                + " WHERE owner IS NOT NULL AND owner <> ?",
                        owner));
    }

    /**
     * Prolongs the leases that are still ours and marks the others as lost. A lane that was given back meanwhile keeps its
     * fence until the next claim and has no owner: it must stay free.
     */
    public void renew(Collection<Lease> leases) {
        long deadline = System.nanoTime() + lease.toNanos();
        // in the order in which commits lock them
        List<Lease> all =
                leases.stream().sorted(Comparator.comparing(Lease::laneKey)).toList();
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
        if (!lost(connection, List.of(mine)).isEmpty()) {
            throw stale(mine);
        }
    }

    /**
     * Locks the lanes' rows, always in the same order, and compares the fences. A lane without an owner was given back:
     * its item is written down already.
     *
     * @return those that are no longer ours
     */
    Set<Lease> lost(Connection connection, List<Lease> leases) throws SQLException {
        if (leases.isEmpty()) {
            return Set.of();
        }
        Object[] keys = Sql.padded(leases.stream().map(Lease::laneKey).sorted().toList());
        Map<String, Long> fences = new HashMap<>();
        Sql.list(
                connection,
                row -> fences.put(row.getString(1), row.getString(3) == null ? -1L : row.getLong(2)),
                "SELECT lane_key, fence, owner FROM lane WHERE lane_key IN (" + Sql.marks(keys.length)
                        + ") ORDER BY lane_key FOR UPDATE",
                keys);
        Set<Lease> lost = new HashSet<>();
        for (Lease one : leases) {
            if (fences.getOrDefault(one.laneKey(), -1L) != one.fence()) {
                lost.add(one);
            }
        }
        return lost;
    }

    StaleLease stale(Lease lease) {
        refused.incrementAndGet();
        return new StaleLease(lease);
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

    /** The item is over; see {@link #advance}. */
    public record Over(String laneKey, long seq, Consumer<@Nullable String> next) {}

    /** Lanes whose items are over: those that hold no other are emptied in one batch, the others advance. */
    public void release(Connection connection, List<Over> over) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Over one : over) {
            rows.add(Update.with(one.laneKey(), one.seq()));
        }
        int[] emptied = EMPTY.counts(connection, rows);
        for (int i = 0; i < emptied.length; i++) {
            Over one = over.get(i);
            one.next().accept(emptied[i] == 1 ? null : advance(connection, one.laneKey(), one.seq()));
        }
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

    /** One more item at the end of a lane. */
    public record Added(String tenant, String aggregate, String type, long dueInMs) {
        String laneKey() {
            return key(tenant, aggregate);
        }
    }

    /**
     * Makes room for items at the ends of their lanes, in the order given, and says their numbers. Locks the lanes' rows
     * until the commit, so numbers follow the order of commits.
     */
    public long[] append(Connection connection, List<Added> added) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Added one : added) {
            rows.add(Update.with(one.laneKey(), one.tenant(), one.aggregate(), one.type(), one.dueInMs()));
        }
        int[] created = NEW.counts(connection, rows);
        long[] numbers = new long[added.size()];
        List<Integer> behind = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            if (created[i] == 1) {
                numbers[i] = 1;
            } else {
                behind.add(i);
            }
        }
        if (!behind.isEmpty()) {
            appendBehind(connection, added, behind, numbers);
        }
        return numbers;
    }

    /** To lanes that exist: all of them grow in one batch, then their ends are read and counted back from. */
    private static void appendBehind(Connection connection, List<Added> added, List<Integer> behind, long[] numbers)
            throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i : behind) {
            Added one = added.get(i);
            rows.add(Update.with(one.type(), one.dueInMs(), one.laneKey()));
        }
        LONGER.run(connection, rows);
        Object[] keys = Sql.padded(
                behind.stream().map(i -> added.get(i).laneKey()).distinct().toList());
        Map<String, Long> ends = new HashMap<>();
        Sql.list(
                connection,
                row -> ends.put(row.getString(1), row.getLong(2)),
                "SELECT lane_key, last_seq FROM lane WHERE lane_key IN (" + Sql.marks(keys.length) + ")",
                keys);
        for (int at = behind.size() - 1; at >= 0; at--) {
            int i = behind.get(at);
            Long end = ends.get(added.get(i).laneKey());
            if (end == null) {
                throw new SQLException("lane " + added.get(i).laneKey() + " vanished");
            }
            numbers[i] = end;
            ends.put(added.get(i).laneKey(), end - 1);
        }
    }

    public static String key(String tenant, String aggregate) {
        return tenant + "|" + aggregate;
    }

    private record Head(
            @Nullable Long seq,
            @Nullable String type,
            @Nullable Object due) {}
}
