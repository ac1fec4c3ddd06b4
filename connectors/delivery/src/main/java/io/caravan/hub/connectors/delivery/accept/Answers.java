package io.caravan.hub.connectors.delivery.accept;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code api_request}: answers by Idempotency-Key, kept for the settings' time. */
final class Answers {

    private final Db db;
    private final Duration kept;

    Answers(Db db, Duration kept) {
        this.db = db;
        this.kept = kept;
    }

    /** What was answered, and to which request. */
    record Answer(String requestHash, int status, @Nullable String location, String body) {}

    Optional<Answer> find(AccountId account, String key) {
        return db.tx(
                "find answer",
                connection -> Sql.one(
                        connection,
                        row -> new Answer(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)),
                        "SELECT req_hash, status, location, response FROM api_request WHERE tenant_id = ?"
                                + " AND idem_key = ? AND expires_at > CURRENT_TIMESTAMP",
                        account.value(),
                        key));
    }

    /** False when another request with this key was answered meanwhile: the caller's transaction must roll back. */
    boolean store(
            Connection connection,
            AccountId account,
            String key,
            Answer answer,
            @Nullable String requestId,
            @Nullable String workId)
            throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM api_request WHERE tenant_id = ? AND idem_key = ? AND expires_at <= CURRENT_TIMESTAMP",
                account.value(),
                key);
        return Sql.update(
                        connection,
                        "INSERT INTO api_request (tenant_id, idem_key, req_hash, status, location, response, request_id,"
                                + " work_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, "
                                + Sql.NOW_PLUS_MS + ") ON CONFLICT DO NOTHING",
                        account.value(),
                        key,
                        answer.requestHash(),
                        answer.status(),
                        Sql.cut(answer.location(), 1000),
                        answer.body(),
                        Sql.cut(requestId, 64),
                        workId,
                        kept.toMillis())
                == 1;
    }
}
