package io.caravan.hub.connectors.delivery.work;

import java.time.Instant;

/**
 * The item waits: for an outcome to settle, a gate to open, a budget to come back. Not a failure and not counted as an
 * attempt; the route runs again from its start when the time has come.
 */
public class Suspended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Instant until;

    /** @param until by the database's clock */
    public Suspended(Instant until, String reason) {
        super(reason, null, false, false);
        this.until = until;
    }

    public Instant until() {
        return until;
    }
}
