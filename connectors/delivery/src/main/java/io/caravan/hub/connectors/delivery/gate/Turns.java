package io.caravan.hub.connectors.delivery.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When those come back who found a bucket used up: one after the other, as it gains. If all of them came back when it has
 * room for one, each would be looked at for every one that goes on.
 */
final class Turns {

    /** Beyond it turns are drawn: who waits longer may find room sooner, since others go away. */
    static final Duration FURTHEST = Duration.ofMinutes(1);

    private final Map<String, Instant> last = new HashMap<>();

    /**
     * @param soonest when the bucket has room for one
     * @param pace how long it takes to gain room for one more
     * @return not before {@code soonest}, and at most {@link #FURTHEST} after it
     */
    synchronized Instant next(String bucket, Instant soonest, Duration pace) {
        Instant before = last.get(bucket);
        Instant next = before == null || before.plus(pace).isBefore(soonest) ? soonest : before.plus(pace);
        if (next.isAfter(soonest.plus(FURTHEST))) {
            return soonest.plusMillis(ThreadLocalRandom.current().nextLong(FURTHEST.toMillis()));
        }
        last.put(bucket, next);
        return next;
    }
}
