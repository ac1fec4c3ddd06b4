package io.caravan.hub.connectors.delivery.gate;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Tx;
import io.caravan.hub.connectors.delivery.work.Suspended;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may call a vendor now. A 429 closes the gate in the database, so every node and every item sees it
 * before it sends; a window that is used up closes it in the same way until the window is over.
 */
public final class Gates {

    /** Code of what {@link #admit(AccountId, String)} throws: nothing was sent. */
    public static final String CLOSED = "gate-closed";

    /** A vendor that tells a longer wait is asked again after this one. */
    private static final Duration LONGEST = Duration.ofHours(1);
    /** Those who wait come back spread over this part of the wait. */
    private static final double SPREAD = 0.2;

    private final Db db;
    private final Quotas quotas;

    public Gates(Db db, Limits limits) {
        this.db = db;
        this.quotas = new Quotas(limits);
    }

    /** A closed gate, for operators. */
    public record GateView(String vendor, Instant notBefore, String reason, int strikes) {}

    /**
     * For a route that reads: asks before each call and counts it.
     *
     * @throws VendorException of kind RATE_LIMITED, with the wait, when the vendor is not to be called now
     */
    public void admit(AccountId account, String vendor) {
        try {
            if (quotas.counts(vendor)) {
                db.run("admit " + vendor, connection -> admit(new Tx(connection), account, vendor, Quotas.READ));
            } else {
                passGate(account, vendor);
            }
        } catch (Suspended closed) {
            Instant now = db.tx("clock", Sql::now);
            Duration wait = Duration.between(now, closed.until());
            throw new VendorException(
                    ErrorKind.RATE_LIMITED,
                    vendor,
                    CLOSED,
                    0,
                    "not sent: " + closed.getMessage(),
                    wait.isNegative() ? Duration.ZERO : wait,
                    "",
                    null);
        }
    }

    /** Where nothing is counted nothing is written, and one question without a transaction is enough. */
    private void passGate(AccountId account, String vendor) {
        Optional<Shut> shut = db.read("gate of " + vendor, connection -> closed(connection, account, vendor));
        if (shut.isPresent()) {
            throw closed(
                    vendor,
                    shut.get().notBefore(),
                    db.tx("clock", Sql::now),
                    shut.get().reason());
        }
    }

    /**
     * In the transaction that comes before a call.
     *
     * @param step {@code <operation>.<create|lookup|confirm|cancel>} or {@code read}
     * @throws Suspended when the gate is closed or a window is used up
     */
    public void admit(Tx tx, AccountId account, String vendor, String step) throws SQLException {
        Optional<Shut> closed = tx.once(new Asked(account, vendor), connection -> closed(connection, account, vendor));
        if (closed.isPresent()) {
            throw closed(
                    vendor, closed.get().notBefore(), tx.now(), closed.get().reason());
        }
        if (quotas.counts(vendor)) {
            try {
                quotas.take(tx.aside(), account.value(), vendor, step, tx.now());
            } catch (Quotas.UsedUp e) {
                throw usedUp(e, tx.now());
            }
        }
    }

    private static Optional<Shut> closed(Connection connection, AccountId account, String vendor) throws SQLException {
        return Sql.one(
                connection,
                row -> new Shut(Instant.EPOCH, Sql.time(row, 1), String.valueOf(row.getString(2))),
                "SELECT not_before, reason FROM vendor_gate WHERE tenant_id = ? AND vendor = ?"
                        + " AND not_before > CURRENT_TIMESTAMP",
                account.value(),
                vendor);
    }

    /** What waits for a gate says for how long and why, since it may be the last that is heard of its item. */
    private static Suspended closed(String vendor, Instant notBefore, Instant now, @Nullable String why) {
        String reason = why == null || why.isEmpty() ? "" : ": " + why;
        return new Suspended(spread(now, notBefore), "gate " + vendor + " closed until " + seconds(notBefore) + reason);
    }

    private static Suspended usedUp(Quotas.UsedUp e, Instant now) {
        return new Suspended(spread(now, e.turn()), e.getMessage() + " until " + seconds(e.until()));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Closes the gate as {@link #close(VendorException, AccountId)} does. Returns what the item that met it throws. */
    public Suspended closed(VendorException e, AccountId account) {
        Shut shut = shut(account, e.vendor(), e.retryAfter().orElse(null), String.valueOf(e.getMessage()));
        return closed(e.vendor(), shut.notBefore(), shut.at(), e.getMessage());
    }

    /** As {@link #close(AccountId, String, Duration, String)}, from what a connector threw. */
    public Instant close(VendorException e, AccountId account) {
        return close(account, e.vendor(), e.retryAfter().orElse(null), String.valueOf(e.getMessage()));
    }

    /**
     * Closes the gate for every node.
     *
     * @param told the wait the vendor told, at most an hour of it; null doubles from 1 s with each strike
     * @return when it opens, spread for this caller
     */
    public Instant close(AccountId account, String vendor, @Nullable Duration told, String reason) {
        Shut shut = shut(account, vendor, told, reason);
        return spread(shut.at(), shut.notBefore());
    }

    private Shut shut(AccountId account, String vendor, @Nullable Duration told, String reason) {
        return db.tx("close gate of " + vendor, connection -> {
            Instant now = Sql.now(connection);
            Sql.update(
                    connection,
                    "INSERT INTO vendor_gate (tenant_id, vendor, not_before, strikes, updated_at)"
                            + " VALUES (?, ?, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                    account.value(),
                    vendor);
            Gate gate = Sql.one(
                            connection,
                            row -> new Gate(Sql.time(row, 1), row.getInt(2)),
                            "SELECT not_before, strikes FROM vendor_gate WHERE tenant_id = ? AND vendor = ? FOR UPDATE",
                            account.value(),
                            vendor)
                    .orElseThrow(() -> new SQLException("gate of " + vendor + " vanished"));
            // calls in flight when the gate closed are one strike, not many
            int strikes = gate.notBefore().isAfter(now) ? gate.strikes() : gate.strikes() + 1;
            Duration wait = told == null ? Duration.ofSeconds(1L << Math.max(0, Math.min(strikes - 1, 12))) : told;
            Instant until = now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
            Instant notBefore = until.isAfter(gate.notBefore()) ? until : gate.notBefore();
            Sql.update(
                    connection,
                    "UPDATE vendor_gate SET not_before = ?, strikes = ?, reason = ?, updated_at = CURRENT_TIMESTAMP"
                            + " WHERE tenant_id = ? AND vendor = ?",
                    notBefore,
                    strikes,
                    Sql.cut(reason, 1000),
                    account.value(),
                    vendor);
            return new Shut(now, notBefore, reason);
        });
    }

    /** Feeds what a vendor's rate headers said: {@code <window>_remaining}, {@code <window>_limit}. */
    public void learn(AccountId account, String vendor, Map<String, Long> told) {
        db.run("learn " + vendor, connection -> learned(connection, account, vendor, false, told));
    }

    /** In the transaction that comes after a call that worked. */
    public void worked(Tx tx, AccountId account, String vendor, Map<String, Long> told) throws SQLException {
        tx.once(new Said(account, vendor), connection -> forgive(connection, account, vendor));
        if (quotas.counts(vendor)) {
            quotas.learn(tx.aside(), account.value(), vendor, false, told, tx.now());
        }
    }

    private static int forgive(Connection connection, AccountId account, String vendor) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE vendor_gate SET strikes = 0 WHERE tenant_id = ? AND vendor = ? AND strikes > 0",
                account.value(),
                vendor);
    }

    /** In the transaction that comes after a call. */
    public void learned(Connection connection, AccountId account, String vendor, boolean failed, Map<String, Long> told)
            throws SQLException {
        if (!failed) {
            forgive(connection, account, vendor);
        }
        quotas.learn(connection, account.value(), vendor, failed, told, Sql.now(connection));
    }

    /** Sets money aside in the intent's transaction. Throws {@link Suspended} when the budget does not hold it. */
    public void hold(Connection connection, AccountId account, String bucket, String effectId, int attempt, long amount)
            throws SQLException {
        Instant now = Sql.now(connection);
        try {
            quotas.hold(connection, account.value(), bucket, effectId, attempt, amount, now);
        } catch (Quotas.UsedUp e) {
            throw usedUp(e, now);
        }
    }

    /** See {@link Quotas#settle}. */
    public void settle(Connection connection, AccountId account, String effectId, long spent) throws SQLException {
        quotas.settle(connection, account.value(), effectId, spent, Sql.now(connection));
    }

    /** Gates that are closed now. */
    public List<GateView> list(AccountId account) {
        return db.tx(
                "list gates",
                connection -> Sql.list(
                        connection,
                        row -> new GateView(
                                row.getString(1),
                                Sql.time(row, "not_before"),
                                String.valueOf(row.getString("reason")),
                                row.getInt("strikes")),
                        "SELECT vendor, not_before, reason, strikes FROM vendor_gate"
                                + " WHERE tenant_id = ? AND not_before > CURRENT_TIMESTAMP ORDER BY vendor",
                        account.value()));
    }

    private static Instant spread(Instant now, Instant until) {
        long wait = Math.max(0, Duration.between(now, until).toMillis());
        return until.plusMillis(ThreadLocalRandom.current().nextLong((long) (wait * SPREAD) + 5));
    }

    private record Shut(Instant at, Instant notBefore, String reason) {}

    /** One question of a transaction: is this gate closed? */
    private record Asked(AccountId account, String vendor) {}

    /** The other one: has it been said that calls work again? */
    private record Said(AccountId account, String vendor) {}

    private record Gate(Instant notBefore, int strikes) {}
}
