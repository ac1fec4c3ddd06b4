package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.db.Update;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.Signals;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.delivery.FaultPoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events out: a row in the unit's transaction, then, after the commit, one work row for each type that subscribes to the
 * topic, or a single one that takes it to a broker. Rows and mark commit together, so an event reaches each subscriber once.
 * One node publishes at a time, which keeps the order of each key.
 */
public final class Outbox {

    private static final int BATCH = 100;
    private static final String LOCK = "|outbox";
    private static final String LANE = "event:";
    private static final int AGGREGATE = 200;

    private static final Update INSERT = new Update(
            "INSERT INTO outbox (id, tenant_id, topic, msg_key, payload, work_id, job_id, trace_id, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)");

    private final Db db;
    private final UnitWrites writes;
    private final WorkStore work;
    private final Signals signals;
    private final Subscriptions subscriptions;
    private final Supplier<String> installation;

    /** An event that nobody subscribes to is kept, for readers from outside. */
    public Outbox(
            Db db,
            UnitWrites writes,
            WorkStore work,
            Signals signals,
            Subscriptions subscriptions,
            Supplier<String> installation) {
        this.db = db;
        this.writes = writes;
        this.work = work;
        this.signals = signals;
        this.subscriptions = subscriptions;
        this.installation = installation;
    }

    /** @param payload JSON object */
    public void publish(
            AccountId account,
            String topic,
            String key,
            String payload,
            @Nullable String traceId,
            @Nullable String jobId) {
        String id = Ids.next();
        Unit unit = Unit.current();
        String workId = unit == null || unit.item() == null ? null : unit.item().id();
        @Nullable Object[] row = Update.with(id, account.value(), topic, key, payload, workId, jobId, traceId);
        writes.put("outbox " + topic, tx -> tx.later(INSERT, row), signals::outbox);
    }

    /** Publishes what is there, in batches, unless another node is at it. */
    public void drain() {
        List<NewWork> inserted = new ArrayList<>();
        int published;
        do {
            inserted.clear();
            published = db.tx("publish outbox", connection -> batch(connection, inserted));
            inserted.forEach(work::announce);
        } while (published == BATCH);
    }

    private int batch(Connection connection, List<NewWork> inserted) throws SQLException {
        inserted.clear();
        List<Event> events = read(connection);
        if (events.isEmpty() || !lock(connection)) {
            return 0;
        }
        // read again under the lock: another node may have published them in between
        events = read(connection);
        String publisher = subscriptions.publisher();
        FaultPoint.CP26_OUTBOX_CLAIMED.hit();
        for (Event event : events) {
            List<NewWork> todo = publisher == null ? subscriptions.work(event) : List.of(carrying(publisher, event));
            for (NewWork one : todo) {
                work.insert(connection, one);
                inserted.add(one);
            }
        }
        if (publisher == null) {
            FaultPoint.CP27_ACKED_BEFORE_MARK.hit();
        }
        for (Event event : events) {
            Sql.update(
                    connection,
                    "UPDATE outbox SET published = TRUE, published_at = CURRENT_TIMESTAMP WHERE id = ?",
                    event.id());
        }
        FaultPoint.CP28_IN_MARK_TX.hit();
        return events.size();
    }

    /** In a lane of its own: what else is done about the same thing does not wait for a broker. Nor does the job. */
    private NewWork carrying(String type, Event event) {
        String lane = LANE + event.key();
        return NewWork.of(
                        event.account(),
                        type,
                        lane.length() <= AGGREGATE
                                ? lane
                                : LANE + Refs.of(event.account().value(), "event", event.key()),
                        Envelope.of(event, installation.get()))
                .withTrace(event.traceId())
                .withCause(event.workId());
    }

    private static boolean lock(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO lane (lane_key, tenant_id, aggregate, last_seq) VALUES (?, '', 'outbox', 0)"
                        + " ON CONFLICT DO NOTHING",
                LOCK);
        return Sql.one(
                        connection,
                        row -> row.getString(1),
                        "SELECT lane_key FROM lane WHERE lane_key = ? FOR UPDATE SKIP LOCKED",
                        LOCK)
                .isPresent();
    }

    private static List<Event> read(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                row -> new Event(
                        row.getString("id"),
                        new AccountId(row.getString("tenant_id")),
                        row.getString("topic"),
                        row.getString("msg_key"),
                        Sql.time(row, "created_at"),
                        row.getString("payload"),
                        row.getString("trace_id"),
                        row.getString("job_id"),
                        row.getString("work_id")),
                "SELECT id, tenant_id, topic, msg_key, payload, trace_id, job_id, work_id, created_at"
                        + " FROM outbox"
                        + " WHERE published = FALSE ORDER BY published, seq LIMIT ?",
                BATCH);
    }
}
