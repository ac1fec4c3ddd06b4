package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time after the database was put back from a backup. References are the same in every run, so what the vendors have
 * since the backup is found by them and taken over instead of made again.
 */
public final class Quarantine {

    /** Nodes learn of an end within this time; a beginning is recorded before any node works. */
    private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Db db;
    private volatile @Nullable Known known;

    public Quarantine(Db db) {
        this.db = db;
    }

    /**
     * @param takenAt when the backup was made
     * @param at when the hub began on what was put back, by the database's clock
     */
    public record Restored(String id, Instant takenAt, Instant at, Instant until) {}

    /** An object that a vendor had and the database did not know, taken over. */
    public record Adopted(String effect, String key, String reference, String vendorId, Instant lookedAt) {}

    /**
     * @param lookedUp effects that were looked up before they were made
     * @param adopted those of them that were there
     * @param leftToAPerson effects that may have happened after the backup and cannot be looked up: dead letters
     * @param items of the adopted ones, the first so many
     */
    public record Report(Restored restored, int lookedUp, int adopted, int leftToAPerson, List<Adopted> items) {}

    /** Begins; before any work is claimed on any node. */
    public void begin(Instant takenAt, Duration lasts) {
        db.run(
                "begin quarantine",
                connection -> Sql.update(
                        connection,
                        "INSERT INTO restored (id, taken_at, restored_at, ends_at) VALUES (?, ?, CURRENT_TIMESTAMP, "
                                + Sql.NOW_PLUS_MS + ")",
                        Ids.next(),
                        takenAt,
                        lasts.toMillis()));
        known = null;
    }

    /** Ends before its time: whoever asks for it knows that the vendors hold nothing more. False when there was none. */
    public boolean end() {
        int ended = db.tx(
                "end quarantine",
                connection -> Sql.update(
                        connection,
                        "UPDATE restored SET ends_at = CURRENT_TIMESTAMP WHERE ends_at > CURRENT_TIMESTAMP"));
        known = null;
        return ended > 0;
    }

    /** The one that lasts; asked for each effect, so remembered for a while. */
    public Optional<Restored> current() {
        Known last = known;
        if (last == null || System.nanoTime() - last.at() > KNOWN_NANOS) {
            last = new Known(
                    System.nanoTime(),
                    db.read("quarantine", connection -> newest(connection, "WHERE ends_at > CURRENT_TIMESTAMP"))
                            .orElse(null));
            known = last;
        }
        return Optional.ofNullable(last.restored());
    }

    /** What the last restore led to for this account, also after its quarantine; empty when there never was one. */
    public Optional<Report> report(AccountId account, int limit) {
        return db.tx("restored", connection -> {
            Optional<Restored> last = newest(connection, "");
            return last.isEmpty()
                    ? Optional.<Report>empty()
                    : Optional.of(report(connection, last.get(), account, limit));
        });
    }

    private static Report report(Connection connection, Restored last, AccountId account, int limit)
            throws SQLException {
        String from = " FROM restored_effect r JOIN effect e ON e.id = r.effect_id WHERE r.restored_id = ?"
                + " AND e.tenant_id = ?";
        // found by the look-up and not by a create of our own, which comes later
        String adopted = from + " AND e.vendor_id IS NOT NULL AND e.vendor_id <> ''"
                + " AND (e.sent_at IS NULL OR e.sent_at < r.looked_at)";
        List<Adopted> items = Sql.list(
                connection,
                row -> new Adopted(
                        row.getString(1) + "." + row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Sql.time(row, 6)),
                "SELECT e.vendor, e.operation, e.business_key, e.ref, e.vendor_id, r.looked_at" + adopted
                        + " ORDER BY r.looked_at, e.id LIMIT ?",
                last.id(),
                account.value(),
                limit);
        return new Report(
                last,
                count(connection, "SELECT COUNT(*)" + from + " AND e.phase <> 'STUCK'", last, account),
                count(connection, "SELECT COUNT(*)" + adopted, last, account),
                count(connection, "SELECT COUNT(*)" + from + " AND e.phase = 'STUCK'", last, account),
                items);
    }

    private static int count(Connection connection, String sql, Restored last, AccountId account) throws SQLException {
        return Sql.one(connection, row -> row.getInt(1), sql, last.id(), account.value())
                .orElse(0);
    }

    /** Whether this restore has led to a look at the effect already. */
    boolean looked(Restored restored, String effectId) {
        return db.read(
                        "looked up",
                        connection -> Sql.one(
                                connection,
                                row -> row.getInt(1),
                                "SELECT 1 FROM restored_effect WHERE restored_id = ? AND effect_id = ?",
                                restored.id(),
                                effectId))
                .isPresent();
    }

    /** Whether the backup held the item, so that its effects may have happened after it. */
    boolean held(Restored restored, WorkItem item) {
        return db.read(
                        "held",
                        connection -> Sql.one(
                                connection,
                                row -> row.getInt(1),
                                "SELECT 1 FROM work WHERE id = ? AND created_at < ?",
                                item.id(),
                                restored.at()))
                .isPresent();
    }

    /** In the transaction that puts the effect into doubt. */
    void look(Connection connection, Restored restored, String effectId) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO restored_effect (restored_id, effect_id, looked_at) VALUES (?, ?, CURRENT_TIMESTAMP)",
                restored.id(),
                effectId);
    }

    private static Optional<Restored> newest(Connection connection, String which) throws SQLException {
        return Sql.one(
                connection,
                row -> new Restored(row.getString(1), Sql.time(row, 2), Sql.time(row, 3), Sql.time(row, 4)),
                "SELECT id, taken_at, restored_at, ends_at FROM restored " + which
                        + " ORDER BY restored_at DESC LIMIT 1");
    }

    private record Known(long at, @Nullable Restored restored) {}
}
