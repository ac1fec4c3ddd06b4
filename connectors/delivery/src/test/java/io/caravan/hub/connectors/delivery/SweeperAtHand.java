package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Db;

/** The sweeper for tests of other packages, which call it when they want and not when its time has come. */
public final class SweeperAtHand {

    private final Sweeper sweeper;

    public SweeperAtHand(Db db, DeliverySettings settings, DeliveryEngine engine) {
        this.sweeper = new Sweeper(db, settings, engine.work());
    }

    public int strays() {
        return sweeper.strays();
    }

    public int supersede() {
        return sweeper.supersede();
    }

    public int sweep() {
        return sweeper.sweep();
    }
}
