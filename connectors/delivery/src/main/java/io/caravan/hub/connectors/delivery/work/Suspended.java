package io.caravan.hub.connectors.delivery.work;

import java.time.Instant;

/**
 * The item waits: for an outcome to settle, a gate to open, a budget to come back. Not a failure and not counted as an
 * attempt; the route runs again from its start when the time has come.
 */
public class Suspended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What becomes of the wait when the item's time to give up comes first. */
    public enum AtGiveUp {
        /** Nothing hangs on the wait: the item is given up at its time, however long the wait would go on. */
        ENDS,
        /** A change may have happened: its outcome is found out first, and only then the item is given up. */
        GOES_ON,
        /** Something is to be taken back: that is never given up for having to wait, and begins anew after the wait. */
        BEGINS_ANEW
    }

    private final Instant until;
    private final AtGiveUp atGiveUp;

    /** @param until by the database's clock */
    public Suspended(Instant until, String reason) {
        this(until, reason, AtGiveUp.ENDS);
    }

    public Suspended(Instant until, String reason, AtGiveUp atGiveUp) {
        super(reason, null, false, false);
        this.until = until;
        this.atGiveUp = atGiveUp;
    }

    public Instant until() {
        return until;
    }

    public AtGiveUp atGiveUp() {
        return atGiveUp;
    }

    /** The same wait, of an item that takes something back. */
    public Suspended takingBack() {
        return new Suspended(until, String.valueOf(getMessage()), AtGiveUp.BEGINS_ANEW);
    }
}
