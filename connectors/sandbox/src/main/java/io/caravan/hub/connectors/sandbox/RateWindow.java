package io.caravan.hub.connectors.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A vendor's limit: at most {@code cap} calls in any {@code window}. Kept in memory, as vendors keep theirs. */
public final class RateWindow {

    private final int cap;
    private final long windowNanos;
    private final Deque<Long> calls = new ArrayDeque<>();

    public RateWindow(int cap, Duration window) {
        this.cap = cap;
        this.windowNanos = window.toNanos();
    }

    /** Counts a call; the number of calls left in the window, or -1 when this one is over the limit. */
    public synchronized int take() {
        long now = System.nanoTime();
        while (!calls.isEmpty() && now - calls.peekFirst() >= windowNanos) {
            calls.removeFirst();
        }
        if (calls.size() >= cap) {
            return -1;
        }
        calls.addLast(now);
        return cap - calls.size();
    }

    public int cap() {
        return cap;
    }
}
