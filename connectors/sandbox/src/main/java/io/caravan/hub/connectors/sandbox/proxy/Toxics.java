package io.caravan.hub.connectors.sandbox.proxy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The toxics in force. A change wakes whoever waits because of one. */
final class Toxics {

    private final Map<Direction, List<Toxic>> set = new EnumMap<>(Direction.class);
    private final Random random;
    private boolean closed;

    Toxics(long seed) {
        random = new Random(seed);
    }

    synchronized void set(Direction direction, List<Toxic> toxics) {
        set.put(direction, List.copyOf(toxics));
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        set.clear();
        notifyAll();
    }

    synchronized List<Toxic> of(Direction direction) {
        return set.getOrDefault(direction, List.of());
    }

    /** Waits as long as the toxics of the direction hold bytes back. */
    synchronized void awaitRelease(Direction direction) throws InterruptedException {
        while (of(direction).stream().anyMatch(Toxic::holds)) {
            wait();
        }
    }

    /** Waits for the lateness of one block; a change of the toxics ends it. */
    void late(Direction direction) throws InterruptedException {
        Duration late = Duration.ZERO;
        synchronized (this) {
            for (Toxic toxic : of(direction)) {
                late = late.plus(toxic.delay(random));
            }
        }
        rest(direction, late);
    }

    /** Waits so long, or until the toxics of the direction change. */
    synchronized void rest(Direction direction, Duration time) throws InterruptedException {
        List<Toxic> before = of(direction);
        long end = System.nanoTime() + time.toNanos();
        while (!closed && before == of(direction)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
