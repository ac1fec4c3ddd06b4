package io.caravan.hub.connectors.delivery.accept;

import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether an account has so much work waiting that more would only wait longer. Looked at once in two seconds. */
final class Backlog {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ACCOUNTS = 10_000;

    private final Db db;
    private final DeliverySettings settings;
    private final Map<AccountId, Seen> seen = new ConcurrentHashMap<>();

    Backlog(Db db, DeliverySettings settings) {
        this.db = db;
        this.settings = settings;
    }

    boolean full(AccountId account) {
        Seen last = seen.get(account);
        if (last == null || System.nanoTime() - last.at() > FRESH_NANOS) {
            if (seen.size() > ACCOUNTS) {
                seen.clear();
            }
            last = new Seen(System.nanoTime(), look(account));
            seen.put(account, last);
        }
        return last.full();
    }

    private boolean look(AccountId account) {
        return db.tx("backlog", connection -> {
            boolean old = Sql.one(
                            connection,
                            row -> row.getInt(1),
                            "SELECT 1 FROM lane WHERE tenant_id = ? AND owner IS NULL AND next_due < " + Sql.NOW_PLUS_MS
                                    + " LIMIT 1",
                            account.value(),
                            -settings.backlogAge().toMillis())
                    .isPresent();
            return old
                    || Sql.list(
                                            connection,
                                            row -> row.getInt(1),
                                            "SELECT 1 FROM work WHERE state = 'WAITING' AND tenant_id = ? LIMIT ?",
                                            account.value(),
                                            settings.backlogCap() + 1)
                                    .size()
                            > settings.backlogCap();
        });
    }

    private record Seen(long at, boolean full) {}
}
