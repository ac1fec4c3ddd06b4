package io.caravan.hub.connectors.delivery.sim;

import io.caravan.hub.connectors.delivery.sim.World.Crash;
import io.caravan.hub.connectors.delivery.sim.World.Reply;
import io.caravan.hub.connectors.delivery.sim.World.Sent;
import io.caravan.hub.connectors.delivery.sim.World.Thing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Six ways to make one effect happen once. The fields of a protocol are what it has committed; locals die in a crash. */
abstract class Protocol {

    /** What became of one seed. */
    enum Verdict {
        ONCE,
        LOST,
        DUPLICATED
    }

    private static final int OWNERS = 200;

    final World world;
    boolean finished;

    Protocol(World world) {
        this.world = world;
    }

    /** Runs owner after owner until one of them finishes. */
    final Verdict run() {
        for (int owner = 0; owner < OWNERS && !finished; owner++) {
            try {
                step();
            } catch (Crash crash) {
                world.handOver();
            }
        }
        long effects = effects();
        return effects == 0 ? Verdict.LOST : effects == 1 ? Verdict.ONCE : Verdict.DUPLICATED;
    }

    /** One owner's try, from what is committed to the finish, or a crash. */
    abstract void step();

    long effects() {
        return world.live();
    }

    /** Calls, and calls again when the call failed: what a redelivery policy does. */
    static final class Naive extends Protocol {
        Naive(World world) {
            super(world);
        }

        @Override
        void step() {
            world.mayCrash("after the claim");
            if (world.create().reply() == Reply.OK) {
                world.mayCrash("before it noted success");
                finished = true;
            }
        }
    }

    /** An idempotent consumer: key first (eager), key removed on failure. */
    static final class IdempotentConsumer extends Protocol {
        private boolean key;

        IdempotentConsumer(World world) {
            super(world);
        }

        @Override
        void step() {
            if (key) {
                world.say("seen before, dropped");
                finished = true;
                return;
            }
            world.mayCrash("after the claim");
            key = true;
            world.mayCrash("after the key");
            if (world.create().reply() == Reply.OK) {
                world.mayCrash("before it noted success");
                finished = true;
            } else {
                key = false;
            }
        }
    }

    /** An intent before the call; an unknown outcome is looked up, at once or after the settle time. */
    static final class Ledger extends Protocol {
        private final boolean settle;
        private double sentAt = -1;

        Ledger(World world, boolean settle) {
            super(world);
            this.settle = settle;
        }

        @Override
        void step() {
            world.mayCrash("after the claim");
            if (sentAt >= 0) {
                if (settle) {
                    world.waitUntil(sentAt + World.SETTLE);
                }
                if (!world.lookUp().isEmpty()) {
                    finished = true;
                    return;
                }
            }
            sentAt = world.now();
            world.mayCrash("after the intent");
            if (world.create().reply() == Reply.OK) {
                world.mayCrash("before it committed the result");
                finished = true;
            }
        }
    }

    /**
     * Create in a reversible form, keep one, cancel the others, confirm by id. With {@code always} every create settles
     * before it is verified; without, a clean reply to the first create is believed and only doubt settles: a reply that
     * is not clean, an intent found from an earlier owner, and every later create.
     */
    static final class TwoPhase extends Protocol {
        private final boolean always;
        private double sentAt = -1;
        private boolean doubt;
        private @Nullable Thing created;
        private @Nullable Thing kept;

        TwoPhase(World world, boolean always) {
            super(world);
            this.always = always;
        }

        @Override
        void step() {
            world.mayCrash("after the claim");
            if (kept == null) {
                Thing one = verified();
                if (one == null) {
                    return;
                }
                world.mayCrash("before it committed which one to keep");
                kept = one;
            }
            world.mayCrash("before confirm");
            if (world.confirm(kept) == Reply.OK) {
                world.mayCrash("before it committed the confirmation");
                finished = true;
            }
        }

        private @Nullable Thing verified() {
            if (sentAt >= 0 && created == null) {
                doubt = true;
            }
            if (sentAt < 0) {
                created = create();
                if (created == null) {
                    return null;
                }
            }
            if (created != null && !doubt && !always) {
                return created;
            }
            world.waitUntil(sentAt + World.SETTLE);
            List<Thing> found = world.lookUp();
            if (found.isEmpty() && created == null) {
                sentAt = -1;
                world.say("nothing there, create again");
                return null;
            }
            Thing keep = created != null ? created : found.get(0);
            world.mayCrash("after the look-up");
            found.stream().filter(thing -> thing.id != keep.id).forEach(world::cancel);
            return keep;
        }

        private @Nullable Thing create() {
            sentAt = world.now();
            world.mayCrash("after the intent");
            Sent sent = world.create();
            if (sent.reply() == Reply.UNKNOWN) {
                doubt = true;
                return null;
            }
            world.mayCrash("before it committed the result");
            return sent.thing();
        }

        @Override
        long effects() {
            return world.confirmed();
        }
    }
}
