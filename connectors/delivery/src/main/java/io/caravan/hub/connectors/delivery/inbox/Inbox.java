package io.caravan.hub.connectors.delivery.inbox;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.delivery.FaultPoint;

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
        boolean fresh = db.tx("receive " + event.source(), connection -> {
            int inserted = Sql.update(
                    connection,
                    "INSERT INTO inbox (source, tenant_id, event_id, raw, sig_ok, state, reason, work_id, received_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                    event.source(),
                    event.account().value(),
                    event.eventId(),
                    event.raw(),
                    event.signatureOk(),
                    todo == null ? "DEAD" : "ACCEPTED",
                    Sql.cut(event.deadReason(), 1000),
                    todo == null ? null : todo.id());
            if (inserted == 1 && todo != null) {
                work.insert(connection, todo);
            }
            return inserted == 1;
        });
        FaultPoint.CP05_COMMITTED_BEFORE_2XX.hit();
        if (fresh && todo != null) {
            work.announce(todo);
        }
        return fresh;
    }
}
