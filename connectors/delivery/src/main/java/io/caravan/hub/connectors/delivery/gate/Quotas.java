package io.caravan.hub.connectors.delivery.gate;

import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits.ErrorRatio;
import io.caravan.hub.connectors.delivery.gate.Limits.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code quota}: how much of each window, bucket and budget an account has used, shared by all nodes. Every
 * method runs in the caller's transaction; a refusal rolls it back, so that nothing is counted that was not sent.
 */
final class Quotas {

    /** The step of a route that reads. It may not come back, so it gets no turn. */
    static final String READ = "read";

    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final Limits limits;
    private final Turns turns = new Turns();

    Quotas(Limits limits) {
        this.limits = limits;
    }

    /** Whether this vendor has anything to count. */
    boolean counts(String vendor) {
        Limits.Vendor all = limits.vendor(vendor);
        return !all.windows().isEmpty() || all.errorRatio() != null;
    }

    /** Counts one call in each window that it falls into. */
    void take(Connection connection, String tenant, String vendor, String step, Instant now) throws SQLException {
        Limits.Vendor all = limits.vendor(vendor);
        for (Window window : all.windows()) {
            if (window.counts(step)) {
                take(connection, tenant, vendor, window, READ.equals(step), now);
            }
        }
        ErrorRatio ratio = all.errorRatio();
        if (ratio != null && !READ.equals(step)) {
            checkRatio(connection, tenant, vendor, ratio, now);
        }
    }

    /** After a call: did it fail, and what did the vendor say about what remains. */
    void learn(Connection connection, String tenant, String vendor, boolean failed, Map<String, Long> told, Instant now)
            throws SQLException {
        Limits.Vendor all = limits.vendor(vendor);
        ErrorRatio ratio = all.errorRatio();
        if (ratio != null) {
            add(connection, tenant, vendor + "/calls", ratio.period(), 1, now);
            add(connection, tenant, vendor + "/errors", ratio.period(), failed ? 1 : 0, now);
        }
        for (Window window : all.windows()) {
            Long remaining = told.get(window.name() + "_remaining");
            if (remaining != null) {
                Bucket bucket = bucket(connection, tenant, vendor, window, now);
                // a leaky bucket of the vendor's that is larger than ours has not used up ours
                long cap = window.refillPerSecond() == null
                        ? told.getOrDefault(window.name() + "_limit", window.cap())
                        : bucket.cap();
                save(connection, tenant, bucket.withUsed(Math.max(bucket.used(), cap - remaining)));
            }
        }
    }

    /**
     * Sets an amount aside until the outcome is known. Unknown buckets are not limited.
     *
     * @throws UsedUp when the budget does not hold it
     */
    void hold(Connection connection, String tenant, String name, String effectId, int attempt, long amount, Instant now)
            throws SQLException {
        Limits.Money money = limits.money().get(name);
        if (money == null) {
            return;
        }
        Bucket bucket = lock(connection, tenant, name, money.period(), money.cap(), now);
        if (bucket.used() + bucket.held() + amount > bucket.cap()) {
            throw new UsedUp(name, bucket.end());
        }
        save(connection, tenant, bucket.withHeld(bucket.held() + amount));
        Sql.update(
                connection,
                "INSERT INTO quota_hold (effect_id, attempt, tenant_id, bucket, amount, state, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'HELD', CURRENT_TIMESTAMP)",
                effectId,
                attempt,
                tenant,
                name,
                amount);
    }

    /**
     * The outcome of what was held for this effect is known.
     *
     * @param spent the amount to book for the newest attempt; -1 books what was held, 0 gives it back
     */
    void settle(Connection connection, String tenant, String effectId, long spent, Instant now) throws SQLException {
        for (Hold hold : Sql.list(
                connection,
                row -> new Hold(row.getInt(1), row.getString(2), row.getLong(3)),
                "SELECT attempt, bucket, amount FROM quota_hold WHERE effect_id = ? AND state = 'HELD'"
                        + " ORDER BY attempt DESC",
                effectId)) {
            long booked = spent < 0 ? hold.amount() : spent;
            Limits.Money money = limits.money().get(hold.bucket());
            Duration period = money == null ? FOREVER : money.period();
            long cap = money == null ? Long.MAX_VALUE : money.cap();
            Bucket bucket = lock(connection, tenant, hold.bucket(), period, cap, now);
            save(
                    connection,
                    tenant,
                    bucket.withHeld(Math.max(0, bucket.held() - hold.amount())).withUsed(bucket.used() + booked));
            Sql.update(
                    connection,
                    "UPDATE quota_hold SET state = ? WHERE effect_id = ? AND attempt = ?",
                    booked == 0 ? "RELEASED" : "SPENT",
                    effectId,
                    hold.attempt());
        }
    }

    private void take(Connection connection, String tenant, String vendor, Window window, boolean read, Instant now)
            throws SQLException {
        Bucket bucket = bucket(connection, tenant, vendor, window, now);
        long over = bucket.used() + window.price() - bucket.cap();
        if (over > 0) {
            Double refill = window.refillPerSecond();
            Instant until = refill == null ? bucket.end() : now.plusMillis((long) Math.ceil(over * 1000.0 / refill));
            Instant turn = read ? until : turns.next(tenant + "|" + bucket.name(), until, pace(window, bucket.cap()));
            throw new UsedUp(bucket.name(), until, turn);
        }
        save(connection, tenant, bucket.withUsed(bucket.used() + window.price()));
    }

    /** How long a bucket takes to gain what one call takes. */
    private static Duration pace(Window window, long cap) {
        Double refill = window.refillPerSecond();
        double millis = refill == null
                ? period(window).toMillis() * (double) window.price() / cap
                : window.price() * 1000.0 / refill;
        return Duration.ofMillis((long) Math.ceil(millis));
    }

    /** Locked; a leaky one with what it has gained until now. */
    private Bucket bucket(Connection connection, String tenant, String vendor, Window window, Instant now)
            throws SQLException {
        Bucket bucket = lock(connection, tenant, vendor + "/" + window.name(), period(window), window.cap(), now);
        Double refill = window.refillPerSecond();
        if (refill == null) {
            return bucket;
        }
        long gained = (long) (Duration.between(bucket.start(), now).toMillis() / 1000.0 * refill);
        // what is less than one is gained the next time
        Duration spent = Duration.ofMillis((long) (gained * 1000.0 / refill));
        return bucket.withUsed(Math.max(0, bucket.used() - gained))
                .startedAt(bucket.start().plus(spent));
    }

    private void checkRatio(Connection connection, String tenant, String vendor, ErrorRatio ratio, Instant now)
            throws SQLException {
        Bucket calls = lock(connection, tenant, vendor + "/calls", ratio.period(), Long.MAX_VALUE, now);
        Bucket errors = lock(connection, tenant, vendor + "/errors", ratio.period(), Long.MAX_VALUE, now);
        if (calls.used() >= ratio.leastCalls() && errors.used() > ratio.max() * calls.used()) {
            throw new UsedUp(vendor + "/error_ratio", calls.end());
        }
    }

    private void add(Connection connection, String tenant, String name, Duration period, long count, Instant now)
            throws SQLException {
        Bucket bucket = lock(connection, tenant, name, period, Long.MAX_VALUE, now);
        save(connection, tenant, bucket.withUsed(bucket.used() + count));
    }

    /** The row, locked, made when it is missing, begun anew when its window is over. */
    private Bucket lock(Connection connection, String tenant, String name, Duration period, long cap, Instant now)
            throws SQLException {
        Optional<Bucket> found = read(connection, tenant, name);
        if (found.isEmpty()) {
            Sql.update(
                    connection,
                    "INSERT INTO quota (bucket, tenant_id, window_start, window_end, cap, used) VALUES (?, ?, ?, ?, ?, 0)"
                            + " ON CONFLICT DO NOTHING",
                    name,
                    tenant,
                    now,
                    now.plus(period),
                    cap);
            found = read(connection, tenant, name);
        }
        Bucket bucket = found.orElseThrow(() -> new SQLException("quota " + name + " vanished"));
        if (!bucket.capIsOwn()) {
            bucket = bucket.withCap(cap);
        }
        return bucket.end().isAfter(now) ? bucket : bucket.begunAt(now, now.plus(period));
    }

    private static Optional<Bucket> read(Connection connection, String tenant, String name) throws SQLException {
        return Sql.one(
                connection,
                row -> new Bucket(
                        name,
                        Sql.time(row, "window_start"),
                        Sql.time(row, "window_end"),
                        row.getLong("cap"),
                        row.getString("cap_by") != null,
                        row.getLong("used"),
                        row.getLong("held")),
                "SELECT window_start, window_end, cap, cap_by, used, held FROM quota"
                        + " WHERE tenant_id = ? AND bucket = ? FOR UPDATE",
                tenant,
                name);
    }

    private static void save(Connection connection, String tenant, Bucket bucket) throws SQLException {
        Sql.update(
                connection,
                "UPDATE quota SET window_start = ?, window_end = ?, cap = ?, used = ?, held = ?"
                        + " WHERE tenant_id = ? AND bucket = ?",
                bucket.start(),
                bucket.end(),
                bucket.cap(),
                bucket.used(),
                bucket.held(),
                tenant,
                bucket.name());
    }

    private static Duration period(Window window) {
        Duration period = window.period();
        return period == null ? FOREVER : period;
    }

    /** Nothing left before {@code until}. */
    static final class UsedUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Instant until;
        private final Instant turn;

        UsedUp(String bucket, Instant until) {
            this(bucket, until, until);
        }

        /** @param turn when the one that met it comes back, not before {@code until} */
        UsedUp(String bucket, Instant until, Instant turn) {
            super(bucket + " is used up", null, false, false);
            this.until = until;
            this.turn = turn;
        }

        Instant turn() {
            return turn;
        }

        Instant until() {
            return until;
        }
    }

    private record Hold(int attempt, String bucket, long amount) {}

    private record Bucket(String name, Instant start, Instant end, long cap, boolean capIsOwn, long used, long held) {
        Bucket withUsed(long value) {
            return new Bucket(name, start, end, cap, capIsOwn, value, held);
        }

        Bucket withHeld(long value) {
            return new Bucket(name, start, end, cap, capIsOwn, used, value);
        }

        Bucket withCap(long value) {
            return new Bucket(name, start, end, value, capIsOwn, used, held);
        }

        Bucket startedAt(Instant value) {
            return new Bucket(name, value, end, cap, capIsOwn, used, held);
        }

        Bucket begunAt(Instant from, Instant to) {
            return new Bucket(name, from, to, cap, capIsOwn, 0, held);
        }
    }
}
