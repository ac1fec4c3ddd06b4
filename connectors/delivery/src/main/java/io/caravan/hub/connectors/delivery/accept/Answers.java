package io.caravan.hub.connectors.delivery.accept;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Tx;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code api_request}: answers by Idempotency-Key, kept for the settings' time. */
final class Answers {

    private static final String INSERT_SQL =
            "INSERT INTO api_request (tenant_id, idem_key, req_hash, status, location, response, request_id,"
                    + " work_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP, "
                    + Sql.NOW_PLUS_MS + ") ON CONFLICT DO NOTHING";
    private static final String EXPIRED =
            "DELETE FROM api_request WHERE tenant_id = ? AND idem_key = ? AND expires_at <= CURRENT_TIMESTAMP";
    private static final Update INSERT = new Update(INSERT_SQL);

    private final Tx.Step<@Nullable Object[]> stores = Answers::store;
    private final Db db;
    private final Duration kept;

    Answers(Db db, Duration kept) {
        this.db = db;
        this.kept = kept;
    }

    /** What was answered, and to which request. */
    record Answer(String requestHash, int status, @Nullable String location, String body) {}

    Optional<Answer> find(AccountId account, String key) {
        return db.read(
                "find answer",
                connection -> Sql.one(
                        connection,
                        row -> new Answer(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)),
                        "SELECT req_hash, status, location, response FROM api_request WHERE tenant_id = ?"
                                + " AND idem_key = ? AND expires_at > CURRENT_TIMESTAMP",
                        account.value(),
                        key));
    }

    /**
     * With the answers of other requests.
     *
     * @throws AnsweredElsewhere at the latest when the transaction is flushed, when another request with this key was
     *     answered meanwhile
     */
    void store(
            Tx tx, AccountId account, String key, Answer answer, @Nullable String requestId, @Nullable String workId) {
        tx.later(
                stores,
                Update.with(
                        account.value(),
                        key,
                        answer.requestHash(),
                        answer.status(),
                        Sql.cut(answer.location(), 1000),
                        answer.body(),
                        Sql.cut(requestId, 64),
                        workId,
                        kept.toMillis()));
    }

    private static void store(Connection connection, List<@Nullable Object[]> rows) throws SQLException {
        int[] stored = INSERT.counts(connection, rows);
        for (int i = 0; i < stored.length; i++) {
            if (stored[i] == 0) {
                @Nullable Object[] row = rows.get(i);
                // an old answer with this key may lie there, not yet swept away
                Sql.update(connection, EXPIRED, row[0], row[1]);
                if (Sql.update(connection, INSERT_SQL, row) == 0) {
                    throw new AnsweredElsewhere();
                }
            }
        }
    }

    /** Another node answered the same key first; this one's writes roll back. */
    static final class AnsweredElsewhere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnsweredElsewhere() {
            super(null, null, false, false);
        }
    }
}
