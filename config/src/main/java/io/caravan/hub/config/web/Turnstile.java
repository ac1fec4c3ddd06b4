package io.caravan.hub.config.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Places whose holders come and go. Who comes when all are taken waits as long as others leave now and then; when nobody
 * has left for a while, all hang, and waiting would be in vain.
 */
final class Turnstile {

    private final Semaphore free;
    private final long patience;
    private final LongSupplier clock;
    private volatile long lastLeft;

    /**
     * @param patience longest wait for a place, and how long ago somebody must have left for one to wait at all
     * @param clock nanoseconds, of any origin
     */
    Turnstile(int places, Duration patience, LongSupplier clock) {
        this.free = new Semaphore(places);
        this.patience = patience.toNanos();
        this.clock = clock;
        this.lastLeft = clock.getAsLong() - this.patience;
    }

    /** @return whether there was a place, to be given back by {@link #leave} */
    boolean enter() {
        if (free.tryAcquire()) {
            return true;
        }
        if (clock.getAsLong() - lastLeft >= patience) {
            return false;
        }
        try {
            return free.tryAcquire(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        lastLeft = clock.getAsLong();
        free.release();
    }
}
