package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import java.sql.Statement;
import java.util.List;

/**
 * Tells PostgreSQL's planner what tables that grow fast have become. Its own daemon looks once a minute; until then the
 * plans that were made for an empty table are kept, and a claim or a look for an effect reads the whole of a table that
 * has thousands of rows by now. H2 plans by its own counts and needs nothing.
 */
final class Statistics {

    private static final String CHANGED = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = current_schema()"
            + " AND relname IN ('lane', 'work', 'effect', 'job', 'outbox', 'api_request')"
            + " AND n_mod_since_analyze > 500 + n_live_tup / 5";

    private final Db db;

    Statistics(Db db) {
        this.db = db;
    }

    /** Looks at tables of which more than a fifth has changed since the last look. Returns their names. */
    List<String> renew() {
        return db.read("statistics", connection -> {
            if (!Db.isPostgres(connection)) {
                return List.of();
            }
            List<String> tables = Sql.list(connection, row -> row.getString(1), CHANGED);
            for (String table : tables) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("ANALYZE " + table);
                }
            }
            return tables;
        });
    }
}
