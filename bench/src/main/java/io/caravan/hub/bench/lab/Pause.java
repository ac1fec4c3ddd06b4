package io.caravan.hub.bench.lab;

import java.util.concurrent.locks.LockSupport;

/** Between two looks at another process. */
public final class Pause {

    private Pause() {}

    public static void millis(long ms) {
        LockSupport.parkNanos(ms * 1_000_000);
    }
}
