package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.effect.StrayHandler;
import io.caravan.hub.connectors.delivery.outbox.Subscriptions;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.AccountId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is over and old (dead letters, effects and the audit stay), closes dead letters that were made good by newer
 * work, and asks once more about effects of which something was in doubt.
 */
final class Sweeper {

    private static final int BATCH = 100;

    private final Db db;
    private final DeliverySettings settings;
    private final WorkStore work;

    Sweeper(Db db, DeliverySettings settings, WorkStore work) {
        this.db = db;
        this.settings = settings;
        this.work = work;
    }

    /**
     * Inserts a look for stray drafts for each ended effect whose time has come, once each.
     *
     * @return how many
     */
    int strays() {
        List<NewWork> looks = new ArrayList<>();
        db.run("strays", connection -> {
            looks.clear();
            List<Stray> due = Sql.list(
                    connection,
                    row -> new Stray(
                            row.getString(1), new AccountId(row.getString(2)), row.getString(3), row.getString(4)),
                    // an item that was swept away took its aggregate with it; the effect's key is as good a lane then
                    "SELECT e.id, e.tenant_id, COALESCE(l.aggregate, e.business_key), e.trace_id FROM effect e"
                            + " LEFT JOIN work w ON w.id = e.work_id LEFT JOIN lane l ON l.lane_key = w.lane_key"
                            + " WHERE e.strays_at <= CURRENT_TIMESTAMP ORDER BY e.strays_at LIMIT ?",
                    BATCH);
            for (Stray one : due) {
                // another node may be at the same row: whoever clears it inserts the look
                int mine = Sql.update(
                        connection,
                        "UPDATE effect SET strays_at = NULL WHERE id = ? AND strays_at IS NOT NULL",
                        one.id());
                if (mine == 1) {
                    NewWork look = NewWork.of(
                                    one.account(), StrayHandler.TYPE, one.aggregate(), Map.of("effect", one.id()))
                            .withTrace(one.traceId());
                    work.insert(connection, look);
                    looks.add(look);
                }
            }
        });
        looks.forEach(work::announce);
        return looks.size();
    }

    private record Stray(
            String id,
            AccountId account,
            String aggregate,
            @Nullable String traceId) {}

    /**
     * Closes open dead letters whose lane has finished a newer item of the same type: what they stood for was done. Not
     * those of subscribers and of the broker's publisher: each event is told for itself, and a later one that arrived does
     * not bring back a lost one. Nor those of unknown outcome: whether the first mail went out is not told by the second.
     *
     * @return how many
     */
    int supersede() {
        Set<String> events = settings.subscriptions().workTypes();
        String newer = " FROM work o JOIN work n ON n.lane_key = o.lane_key AND n.type = o.type AND n.seq > o.seq"
                + " AND n.state = 'DONE' WHERE o.id = dead.work_id";
        String others = events.isEmpty()
                ? ""
                : " AND type NOT IN (" + String.join(", ", Collections.nCopies(events.size(), "?")) + ")";
        return db.tx(
                "supersede dead letters",
                connection -> Sql.update(
                        connection,
                        "UPDATE dead SET state = 'SUPERSEDED', replay_work_id = (SELECT MIN(n.id)" + newer
                                + ") WHERE state = 'OPEN' AND cause <> 'unknown_outcome' AND EXISTS (SELECT 1" + newer
                                + ")"
                                + others,
                        events.toArray()));
    }

    /** @return rows deleted */
    int sweep() {
        long kept = -settings.workKept().toMillis();
        return db.tx("sweep", connection -> {
            int rows = Sql.update(
                    connection,
                    "DELETE FROM work WHERE state IN ('DONE', 'CANCELLED') AND finished_at < " + Sql.NOW_PLUS_MS,
                    kept);
            rows += Sql.update(
                    connection,
                    "DELETE FROM outbox WHERE published = TRUE AND published_at < " + Sql.NOW_PLUS_MS,
                    kept);
            // longer than a broker keeps its records; what was refused stays, as dead letters do
            rows += Sql.update(
                    connection,
                    "DELETE FROM inbox WHERE source LIKE '" + Subscriptions.SOURCE
                            + "%' AND state = 'ACCEPTED' AND received_at < " + Sql.NOW_PLUS_MS,
                    kept);
            rows += Sql.update(connection, "DELETE FROM schedule_slot WHERE slot_at < " + Sql.NOW_PLUS_MS, kept);
            rows += Sql.update(connection, "DELETE FROM api_request WHERE expires_at < CURRENT_TIMESTAMP");
            return rows;
        });
    }
}
