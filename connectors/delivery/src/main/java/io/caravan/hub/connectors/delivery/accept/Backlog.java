package io.caravan.hub.connectors.delivery.accept;

import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether an account has so much work waiting that more would only wait longer. Looked at by one request at a time, once
 * in two seconds or in fifty times what a look takes; the others go by the look before.
 */
final class Backlog {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    /** Part of the time that may go into looking. */
    private static final int RARELY = 50;

    private static final int ACCOUNTS = 10_000;

    private final Db db;
    private final DeliverySettings settings;
    /** Events that wait for a broker are no work of the account: whoever asks for more need not wait for it. */
    private final String publisher;

    private final Map<AccountId, Seen> seen = new ConcurrentHashMap<>();

    Backlog(Db db, DeliverySettings settings) {
        this.db = db;
        this.settings = settings;
        this.publisher = Objects.requireNonNullElse(settings.publisher(), "");
    }

    boolean full(AccountId account) {
        Seen last = seen.get(account);
        if (last == null) {
            if (seen.size() > ACCOUNTS) {
                seen.clear();
            }
            return seen.computeIfAbsent(account, this::look).full();
        }
        if (System.nanoTime() - last.until() < 0 || !last.looking().compareAndSet(false, true)) {
            return last.full();
        }
        try {
            Seen now = look(account);
            seen.put(account, now);
            return now.full();
        } finally {
            last.looking().set(false);
        }
    }

    private Seen look(AccountId account) {
        long begin = System.nanoTime();
        boolean full = db.tx("backlog", connection -> {
            Instant old = Sql.now(connection).minus(settings.backlogAge());
            // the comparison with nothing keeps to the index of the claim, where idle lanes are not
            return Sql.one(
                                    connection,
                                    row -> row.getInt(1),
                                    "SELECT 1 FROM lane WHERE next_type > '' AND next_due < ? AND tenant_id = ?"
                                            + " AND next_type <> ? AND owner IS NULL LIMIT 1",
                                    old,
                                    account.value(),
                                    publisher)
                            .isPresent()
                    || Sql.one(
                                            connection,
                                            row -> row.getLong(1),
                                            "SELECT COUNT(*) FROM (SELECT 1 FROM work WHERE state = 'WAITING'"
                                                    + " AND tenant_id = ? AND type <> ? LIMIT ?) AS waiting",
                                            account.value(),
                                            publisher,
                                            settings.backlogCap() + 1)
                                    .orElse(0L)
                            > settings.backlogCap();
        });
        long end = System.nanoTime();
        return new Seen(end + Math.max(FRESH_NANOS, RARELY * (end - begin)), full, new AtomicBoolean());
    }

    /** @param until on the monotonic clock, when it is to be looked again */
    private record Seen(long until, boolean full, AtomicBoolean looking) {}
}
