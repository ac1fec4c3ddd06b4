package io.caravan.hub.connectors.delivery.db;

import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Who did what to whose work, and why; written in the transaction that does it. */
public final class Audit {

    private Audit() {}

    /** @param detail JSON-compatible, without secrets */
    public static void write(
            Connection connection,
            AccountId account,
            String who,
            String action,
            String subject,
            @Nullable String reason,
            @Nullable Object detail)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit (id, tenant_id, at, who, action, subject, reason, detail)"
                        + " VALUES (?, ?, CURRENT_TIMESTAMP, ?, ?, ?, ?, ?)",
                Ids.next(),
                account.value(),
                Sql.cut(who, 100),
                action,
                subject,
                Sql.cut(reason, 1000),
                detail == null ? null : Json.write(detail));
    }
}
