package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.model.delivery.SocketGuard;

/**
 * The right to work on one lane until a time. The deadline is on the monotonic clock and counts from before the claim or
 * renewal was sent, so this side always gives up before the database gives the lane away.
 */
public final class Lease implements SocketGuard.Guard {

    private final String laneKey;
    private final long fence;
    private volatile long deadlineNanos;

    public Lease(String laneKey, long fence, long deadlineNanos) {
        this.laneKey = laneKey;
        this.fence = fence;
        this.deadlineNanos = deadlineNanos;
    }

    public String laneKey() {
        return laneKey;
    }

    /** Grows with every claim of the lane. */
    public long fence() {
        return fence;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    void renewed(long deadline) {
        deadlineNanos = deadline;
    }

    /** The database gave the lane to somebody else: nothing may be sent any more. */
    void lost() {
        deadlineNanos = System.nanoTime();
    }
}
