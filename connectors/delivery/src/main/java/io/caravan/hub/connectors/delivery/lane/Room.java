package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.work.WorkHandler;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one type may have in flight on this node: as many running as its consumer says, and behind them what they work off
 * within a moment, so that a claim takes many lanes and no thread waits for the next one. Types whose items take long
 * have nothing behind: another node may be idle.
 */
final class Room {

    /** What is claimed ahead is begun within about this time. */
    private static final long MOMENT_NANOS = 100_000_000;
    /** Most that is claimed ahead. */
    private static final int AHEAD = 64;
    /** Share of the newest item in the mean. */
    private static final double NEWEST = 0.05;

    final WorkHandler handler;
    /** Whether lanes were left waiting for room. */
    volatile boolean more;

    private final Queue<Claimed> ahead = new ArrayDeque<>();
    private int running;
    private double meanNanos = 1e9;

    Room(WorkHandler handler) {
        this.handler = handler;
    }

    /** How many lanes to claim now; none while half of what may lie ahead still does. */
    synchronized int wanted() {
        int most = most();
        return !ahead.isEmpty() && ahead.size() > most / 2 ? 0 : handler.concurrency() + most - running - ahead.size();
    }

    private int most() {
        return (int) Math.min(AHEAD, handler.concurrency() * MOMENT_NANOS / meanNanos);
    }

    /** Returns how many threads to start; each of them calls {@link #next} until there is none. */
    synchronized int take(List<Claimed> claimed) {
        ahead.addAll(claimed);
        int threads = Math.min(ahead.size(), handler.concurrency() - running);
        running += threads;
        return threads;
    }

    /** Null tells the thread to end. */
    synchronized @Nullable Claimed next() {
        Claimed next = ahead.poll();
        if (next == null) {
            running--;
        }
        return next;
    }

    synchronized void took(long nanos) {
        meanNanos += (nanos - meanNanos) * NEWEST;
    }
}
