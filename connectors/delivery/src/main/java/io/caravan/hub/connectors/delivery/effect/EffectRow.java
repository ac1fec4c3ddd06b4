package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An effect as it is in the database.
 *
 * @param settled the settle time is over, by the database's clock
 */
record EffectRow(
        String id,
        int generation,
        String ref,
        Phase phase,
        boolean doubt,
        int attempts,
        @Nullable Instant settleUntil,
        boolean settled,
        String vendorId,
        @Nullable String result) {

    static final String COLUMNS = "id, generation, ref, phase, doubt, attempts, settle_until, vendor_id, result,"
            + " CASE WHEN settle_until > CURRENT_TIMESTAMP THEN FALSE ELSE TRUE END AS settled";

    static EffectRow of(ResultSet row) throws SQLException {
        String vendorId = row.getString("vendor_id");
        return new EffectRow(
                row.getString("id"),
                row.getInt("generation"),
                row.getString("ref"),
                Phase.valueOf(row.getString("phase")),
                row.getBoolean("doubt"),
                row.getInt("attempts"),
                Sql.timeOrNull(row, "settle_until"),
                row.getBoolean("settled"),
                vendorId == null ? "" : vendorId,
                row.getString("result"));
    }
}
