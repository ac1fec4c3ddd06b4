package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Sql;
import org.jspecify.annotations.Nullable;

/** Who we are at vendors: chosen once for a database, the same on all of its nodes. */
final class Installation {

    private final Db db;
    private volatile @Nullable String known;

    Installation(Db db) {
        this.db = db;
    }

    String id() {
        String id = known;
        if (id == null) {
            id = db.tx("installation", connection -> {
                Sql.update(
                        connection,
                        "INSERT INTO installation (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING",
                        Ids.next());
                return Sql.one(connection, row -> row.getString(1), "SELECT id FROM installation")
                        .orElseThrow();
            });
            known = id;
        }
        return id;
    }
}
