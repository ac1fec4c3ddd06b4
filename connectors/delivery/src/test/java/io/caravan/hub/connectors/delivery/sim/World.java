package io.caravan.hub.connectors.delivery.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One seed's world: a vendor without idempotency keys, a clock in seconds that only this world moves, and a worker that
 * crashes or is held up. Far harsher than life, on purpose. Everything random comes from the seed, so a seed replays.
 */
final class World {

    static final double LEASE = 60;
    static final double TIMEOUT = 30;
    /** Longest time from the write on the socket to the effect, plus the index lag, plus the write's own start. */
    static final double SETTLE = 45 + 20 + 5;

    /** What the caller of the vendor learns. */
    enum Reply {
        OK,
        UNKNOWN
    }

    /** The worker is gone; whatever it had not committed is lost. The next owner comes when the lease is over. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super(null, null, false, false);
        }
    }

    /** An object at the vendor. */
    static final class Thing {
        final int id;
        final double existsAt;
        final double visibleAt;
        double cancelledAt = Double.MAX_VALUE;
        double confirmedAt = Double.MAX_VALUE;

        Thing(int id, double existsAt, double visibleAt) {
            this.id = id;
            this.existsAt = existsAt;
            this.visibleAt = visibleAt;
        }

        boolean confirmed() {
            return confirmedAt < cancelledAt;
        }
    }

    private final SplittableRandom random;
    private final @Nullable List<String> trace;
    private final List<Thing> things = new ArrayList<>();
    private double now;

    World(long seed, @Nullable List<String> trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
    }

    double now() {
        return now;
    }

    void waitUntil(double time) {
        now = Math.max(now, time);
    }

    /** One of the seven places where a worker may die. */
    void mayCrash(String where) {
        if (random.nextDouble() < 0.12) {
            say("worker crashes " + where);
            throw new Crash();
        }
    }

    /** What a crash costs: nobody touches the item until the lease is over. */
    void handOver() {
        now += LEASE;
        say("next owner");
    }

    /** Sends a create. The reply's id is the thing's when the reply is OK. */
    Sent create() {
        if (heldUp()) {
            double wake = now + LEASE + 1 + random.nextDouble(119);
            if (random.nextDouble() < 0.1) {
                say("worker held up before the socket, slips past the guard and writes at " + (long) wake);
                put(wake + random.nextDouble(1));
            } else {
                say("worker held up before the socket, stopped by the guard");
            }
            throw new Crash();
        }
        double dice = random.nextDouble();
        double sent = now;
        if (dice < 0.10) {
            now += TIMEOUT;
            say("request lost, time-out");
            return new Sent(Reply.UNKNOWN, null);
        }
        if (dice < 0.20) {
            put(sent + TIMEOUT + random.nextDouble(45 - TIMEOUT));
            now += TIMEOUT;
            say("time-out, the effect comes later");
            return new Sent(Reply.UNKNOWN, null);
        }
        now += 0.5;
        Thing thing = put(now);
        if (dice < 0.35) {
            now = sent + TIMEOUT;
            say("thing " + thing.id + " created, reply lost");
            return new Sent(Reply.UNKNOWN, null);
        }
        if (dice < 0.50) {
            say("thing " + thing.id + " created, answered 500");
            return new Sent(Reply.UNKNOWN, null);
        }
        say("thing " + thing.id + " created");
        return new Sent(Reply.OK, thing);
    }

    /** The reply to a create. */
    record Sent(Reply reply, @Nullable Thing thing) {}

    /** What a look-up shows now: indexed and not cancelled, oldest id first. */
    List<Thing> lookUp() {
        now += 0.3;
        List<Thing> found = things.stream()
                .filter(thing -> thing.visibleAt <= now && thing.cancelledAt > now)
                .sorted(Comparator.comparingInt(thing -> thing.id))
                .toList();
        say("look-up finds " + found.stream().map(thing -> thing.id).toList());
        return found;
    }

    void cancel(Thing thing) {
        now += 0.3;
        thing.cancelledAt = Math.min(thing.cancelledAt, now);
        say("thing " + thing.id + " cancelled");
    }

    /** Confirms by id: any number of times is once. */
    Reply confirm(Thing thing) {
        if (heldUp()) {
            double wake = now + LEASE + 1 + random.nextDouble(119);
            if (random.nextDouble() < 0.1) {
                say("worker held up before confirm, confirms " + thing.id + " at " + (long) wake);
                thing.confirmedAt = Math.min(thing.confirmedAt, wake);
            }
            throw new Crash();
        }
        double dice = random.nextDouble();
        if (dice < 0.10) {
            now += TIMEOUT;
            say("confirm lost");
            return Reply.UNKNOWN;
        }
        now += 0.5;
        thing.confirmedAt = Math.min(thing.confirmedAt, now);
        if (dice < 0.50) {
            now += TIMEOUT;
            say("thing " + thing.id + " confirmed, reply lost");
            return Reply.UNKNOWN;
        }
        say("thing " + thing.id + " confirmed");
        return Reply.OK;
    }

    /** Things that exist at the end of time, whether confirmed or not, and were not cancelled. */
    long live() {
        return things.stream()
                .filter(thing -> thing.cancelledAt == Double.MAX_VALUE)
                .count();
    }

    long confirmed() {
        return things.stream().filter(Thing::confirmed).count();
    }

    void say(String what) {
        if (trace != null) {
            trace.add(String.format(java.util.Locale.ROOT, "%8.1f s  %s", now, what));
        }
    }

    private boolean heldUp() {
        return random.nextDouble() < 0.05;
    }

    private Thing put(double at) {
        Thing thing = new Thing(things.size() + 1, at, at + random.nextDouble(20));
        things.add(thing);
        return thing;
    }
}
