package io.caravan.hub.connectors.delivery.clock;

import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.time.Duration;
import java.util.List;

/**
 * The database's clock, set without touching it: every time that the database holds moves the other way. On H2 that clock
 * is the wall clock of the hub's own machine.
 */
final class Calendar {

    private final Rig rig;

    Calendar(Rig rig) {
        this.rig = rig;
    }

    /** Sets the clock forward, or back when negative; all columns of all tables, found and not listed. */
    void set(Duration by) {
        rig.db.run("set the clock", connection -> {
            List<String> columns = Sql.list(
                    connection,
                    row -> "UPDATE " + row.getString(1) + " SET " + row.getString(2) + " = " + row.getString(2)
                            + " - CAST(? AS BIGINT) * INTERVAL '0.001' SECOND WHERE " + row.getString(2)
                            + " IS NOT NULL",
                    "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
                            + " ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
                            + " WHERE LOWER(c.table_schema) = 'public' AND UPPER(c.data_type) LIKE 'TIMESTAMP%WITH TIME ZONE'"
                            + " AND t.table_type LIKE 'BASE TABLE' ORDER BY CASE LOWER(c.table_name) WHEN 'lane' THEN 0 ELSE 1 END");
            if (columns.isEmpty()) {
                throw new IllegalStateException("no times found");
            }
            for (String one : columns) {
                Sql.update(connection, one, by.toMillis());
            }
        });
    }
}
