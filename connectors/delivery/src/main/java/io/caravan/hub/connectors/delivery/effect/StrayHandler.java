package io.caravan.hub.connectors.delivery.effect;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.work.WorkHandler;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks for stray drafts as work of the effect's own lane, so that lease, gates and back-off hold for it too. */
public final class StrayHandler implements WorkHandler {

    /** Work type; the payload names the {@code effect}'s id. */
    public static final String TYPE = "delivery.strays";

    private final Effects effects;

    public StrayHandler(Effects effects) {
        this.effects = effects;
    }

    @Override
    public void handle(WorkItem item) throws IOException {
        Unit unit = Objects.requireNonNull(Unit.current(), "unit");
        Lease lease = Objects.requireNonNull(unit.lease(), "lease");
        effects.reap(String.valueOf(Json.map(item.payload()).get("effect")), item, lease);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Duration giveUp() {
        return Duration.ofHours(36);
    }

    @Override
    public int maxAttempts() {
        return 8;
    }

    @Override
    public @Nullable String onDead() {
        return null;
    }
}
