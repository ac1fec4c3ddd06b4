package io.caravan.hub.connectors.delivery.dead;

import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.VendorException;
import java.sql.Connection;
import java.sql.SQLException;

/** Writes dead letters; reading and answering them is {@link DeadLetters}. */
public final class DeadStore {

    /** In the transaction that ends the item. */
    public void bury(Connection connection, WorkItem item, String cause, Throwable why) throws SQLException {
        VendorException vendor = Causes.find(why, VendorException.class);
        String message = why.getMessage() == null ? why.getClass().getName() : why.getMessage();
        Sql.update(
                connection,
                "INSERT INTO dead (work_id, tenant_id, type, aggregate, cause, kind, vendor, code, http_status, message,"
                        + " body, snapshot, state, first_at, died_at) SELECT id, tenant_id, type, ?, ?, ?, ?, ?,"
                        + " CAST(? AS INT), ?, ?, payload, 'OPEN', created_at, CURRENT_TIMESTAMP FROM work WHERE id = ?",
                item.aggregate(),
                cause,
                vendor == null ? null : vendor.kind().name(),
                vendor == null ? null : vendor.vendor(),
                vendor == null ? null : Sql.cut(vendor.code(), 200),
                vendor == null ? null : vendor.status(),
                Sql.cut(message, 2000),
                vendor == null ? null : vendor.body(),
                item.id());
    }
}
