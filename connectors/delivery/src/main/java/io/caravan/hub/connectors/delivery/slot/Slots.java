package io.caravan.hub.connectors.delivery.slot;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.time.Instant;

/** Every tick of a schedule is taken by one node once, whoever fires. */
public final class Slots {

    private final Db db;

    public Slots(Db db) {
        this.db = db;
    }

    /**
     * @param then runs in the same transaction, only when the slot is new
     * @return false when the slot was taken before
     */
    public boolean take(AccountId account, String scheduleId, Instant at, Db.RunTx then) {
        return db.tx("take slot", connection -> {
            int taken = Sql.update(
                    connection,
                    "INSERT INTO schedule_slot (tenant_id, schedule_id, slot_at, taken_at)"
                            + " VALUES (?, ?, ?, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING",
                    account.value(),
                    scheduleId,
                    at);
            if (taken == 1) {
                then.on(connection);
            }
            return taken == 1;
        });
    }
}
