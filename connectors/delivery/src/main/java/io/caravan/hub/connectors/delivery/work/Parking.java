package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Items that wait for a person or a renewed connection. */
public final class Parking {

    private final Db db;
    private final Lanes lanes;
    private final Signals signals;

    public Parking(Db db, Lanes lanes, Signals signals) {
        this.db = db;
        this.lanes = lanes;
        this.signals = signals;
    }

    /** A parked item; {@code vendor} is empty when it waits for something else than a connection. */
    public record Parked(String workId, String type, String aggregate, String vendor, String reason) {}

    /**
     * Lets everything that waited for this vendor go on.
     *
     * @return how many items
     */
    public int resume(AccountId account, String vendor) {
        return resume(account, "w.vendor = ?", vendor);
    }

    /** Lets one item go on; false when it is not parked or not this account's. */
    public boolean resumeOne(AccountId account, String workId) {
        return resume(account, "w.id = ?", workId) == 1;
    }

    public List<Parked> list(AccountId account, int limit) {
        return db.tx(
                "list parked",
                connection -> Sql.list(
                        connection,
                        row -> new Parked(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                text(row.getString(4)),
                                text(row.getString(5))),
                        "SELECT w.id, w.type, l.aggregate, w.vendor, w.reason FROM work w JOIN lane l"
                                + " ON l.lane_key = w.lane_key WHERE w.state = 'PARKED' AND w.tenant_id = ?"
                                + " ORDER BY w.id LIMIT ?",
                        account.value(),
                        limit));
    }

    private int resume(AccountId account, String which, String value) {
        Set<String> types = new LinkedHashSet<>();
        int resumed = db.tx("resume", connection -> {
            types.clear();
            List<Head> heads = new ArrayList<>(Sql.list(
                    connection,
                    row -> new Head(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
                    "SELECT w.id, w.lane_key, w.seq, w.type FROM work w WHERE w.state = 'PARKED' AND w.tenant_id = ?"
                            + " AND " + which + " ORDER BY w.lane_key",
                    account.value(),
                    value));
            int count = 0;
            for (Head head : heads) {
                count += resume(connection, head);
                types.add(head.type());
            }
            return count;
        });
        types.forEach(signals::work);
        return resumed;
    }

    private int resume(Connection connection, Head head) throws SQLException {
        Sql.one(connection, row -> row.getLong(1), "SELECT fence FROM lane WHERE lane_key = ? FOR UPDATE", head.lane());
        int updated = Sql.update(
                connection,
                "UPDATE work SET state = 'WAITING', due_at = CURRENT_TIMESTAMP, attempts = 0, vendor = NULL,"
                        + " give_up_at = NULL WHERE id = ? AND state = 'PARKED'",
                head.id());
        if (updated == 1) {
            lanes.putBack(connection, head.lane(), head.seq());
        }
        return updated;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private record Head(String id, String lane, long seq, String type) {}
}
