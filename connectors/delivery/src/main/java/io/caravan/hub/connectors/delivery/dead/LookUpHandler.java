package io.caravan.hub.connectors.delivery.dead;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.effect.Effects;
import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.work.WorkHandler;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs forced look-ups as work, so that no vendor is called on a request's thread. */
public final class LookUpHandler implements WorkHandler {

    private final Db db;
    private final Effects effects;

    public LookUpHandler(Db db, Effects effects) {
        this.db = db;
        this.effects = effects;
    }

    @Override
    public void handle(WorkItem item) throws IOException {
        String dead = String.valueOf(Json.map(item.payload()).get("dead"));
        Unit unit = Objects.requireNonNull(Unit.current(), "unit");
        Lease lease = Objects.requireNonNull(unit.lease(), "lease");
        Map<String, Object> payload = db.tx(
                "payload",
                connection -> Json.map(Sql.one(
                                connection,
                                row -> row.getString(1),
                                "SELECT payload FROM work WHERE id = ? AND tenant_id = ?",
                                dead,
                                item.account().value())
                        .orElse("{}")));
        int found = effects.lookUp(dead, payload, item, lease);
        unit.defer(tx -> Sql.update(
                tx.connection(),
                "UPDATE dead SET lookup_found = ?, lookup_at = CURRENT_TIMESTAMP WHERE work_id = ? AND lookup_work_id = ?",
                found,
                dead,
                item.id()));
    }

    @Override
    public String type() {
        return DeadLetters.LOOK_UP;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Duration giveUp() {
        return Duration.ofHours(1);
    }

    @Override
    public int maxAttempts() {
        return 5;
    }

    @Override
    public @Nullable String onDead() {
        return null;
    }
}
