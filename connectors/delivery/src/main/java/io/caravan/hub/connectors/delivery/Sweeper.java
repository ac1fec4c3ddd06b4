package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;

/** Deletes what is over and old. Dead letters, effects and the audit stay. */
final class Sweeper {

    private final Db db;
    private final DeliverySettings settings;

    Sweeper(Db db, DeliverySettings settings) {
        this.db = db;
        this.settings = settings;
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
            rows += Sql.update(connection, "DELETE FROM schedule_slot WHERE slot_at < " + Sql.NOW_PLUS_MS, kept);
            rows += Sql.update(connection, "DELETE FROM api_request WHERE expires_at < CURRENT_TIMESTAMP");
            return rows;
        });
    }
}
