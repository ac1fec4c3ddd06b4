package io.caravan.hub.connectors.delivery.inbox;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.delivery.FaultPoint;
import java.util.List;

/** Takes events in: the raw bytes and the work to do in one transaction, each event once. Answer 2xx after it returns. */
public final class Inbox {

    private final Db db;
    private final WorkStore work;

    public Inbox(Db db, WorkStore work) {
        this.db = db;
        this.work = work;
    }

    /**
     * @return false when the event was taken in before; it is then the same 2xx to the sender
     * @throws io.caravan.hub.connectors.delivery.db.DatabaseException when it was not stored: answer 5xx, the sender
     *     will come again
     */
    public boolean receive(InboxEvent event) {
        FaultPoint.CP04_VERIFIED_BEFORE_INSERT.hit();
        NewWork todo = event.work();
        List<NewWork> all = todo == null ? List.of() : List.of(todo);
        boolean fresh = store(event, all);
        FaultPoint.CP05_COMMITTED_BEFORE_2XX.hit();
        return announced(fresh, all);
    }

    /**
     * A record of a broker: its row and every subscriber's work. Commit its offset after it returns.
     *
     * @param record {@code work} is not looked at; a {@code deadReason} says that it could not be read
     * @return false when it was taken in before
     * @throws io.caravan.hub.connectors.delivery.db.DatabaseException when it was not stored: leave the offset, it will come
     *     again
     */
    public boolean receive(InboxEvent record, List<NewWork> todo) {
        FaultPoint.CP29_POLLED_BEFORE_INSERT.hit();
        boolean fresh = store(record, todo);
        FaultPoint.CP30_INSERTED_BEFORE_OFFSET.hit();
        return announced(fresh, todo);
    }

    private boolean store(InboxEvent event, List<NewWork> todo) {
        return db.tx("receive " + event.source(), connection -> {
            int inserted = Sql.update(
                    connection,
                    "INSERT INTO inbox (source, tenant_id, event_id, raw, sig_ok, state, reason, work_id, received_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                    event.source(),
                    event.account().value(),
                    event.eventId(),
                    event.raw(),
                    event.signatureOk(),
                    event.deadReason() == null ? "ACCEPTED" : "DEAD",
                    Sql.cut(event.deadReason(), 1000),
                    todo.isEmpty() ? null : todo.get(0).id());
            if (inserted == 1) {
                for (NewWork one : todo) {
                    work.insert(connection, one);
                }
            }
            return inserted == 1;
        });
    }

    private boolean announced(boolean fresh, List<NewWork> todo) {
        if (fresh) {
            todo.forEach(work::announce);
        }
        return fresh;
    }
}
