package io.caravan.hub.connectors.delivery.unit;

import io.caravan.hub.connectors.delivery.db.Tx;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lease;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one work item or accepted request wants to write. Bound to the thread that runs it; nothing reaches the database
 * before {@link #commit}, and then all of it in one transaction with the item's completion.
 */
public final class Unit {

    private static final ThreadLocal<@Nullable Unit> CURRENT = new ThreadLocal<>();

    private final @Nullable WorkItem item;
    private final @Nullable Lease lease;
    private final List<Tx.RunPart> deferred = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private @Nullable RuntimeException failure;

    private Unit(@Nullable WorkItem item, @Nullable Lease lease) {
        this.item = item;
        this.lease = lease;
    }

    public static @Nullable Unit current() {
        return CURRENT.get();
    }

    /** Binds a unit for a request, without a lane. */
    public static Unit bind() {
        return bind(null, null);
    }

    /**
     * @throws IllegalStateException when the thread already has one: work inside work would commit too early
     */
    public static Unit bind(@Nullable WorkItem item, @Nullable Lease lease) {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("this thread already runs a unit");
        }
        Unit unit = new Unit(item, lease);
        CURRENT.set(unit);
        return unit;
    }

    public static void clear() {
        CURRENT.remove();
    }

    /** The item that runs, null for an accepted request. */
    public @Nullable WorkItem item() {
        return item;
    }

    public @Nullable Lease lease() {
        return lease;
    }

    public void defer(Tx.RunPart part) {
        deferred.add(part);
    }

    /** Runs once after the commit; must not throw and must not be needed: a crash skips it. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /**
     * Marks the unit as failed or waiting, so that no route can commit it: a {@code doCatch} or a {@code split} that
     * hides the exception does not make the effect happen.
     *
     * @return the same exception, to be thrown
     */
    public RuntimeException fail(RuntimeException e) {
        if (failure == null) {
            failure = e;
        }
        return e;
    }

    public @Nullable RuntimeException failure() {
        return failure;
    }

    /**
     * One transaction, which other units may share: the lane's fence, everything deferred in its order, {@code last} (the
     * completion).
     *
     * @throws java.util.ConcurrentModificationException from a deferred write that refuses the whole unit
     */
    public void commit(Committer committer, String what, Tx.RunPart last) {
        committer.run(what, lease, tx -> {
            for (Tx.RunPart part : deferred) {
                part.on(tx);
            }
            last.on(tx);
        });
        afterCommit.forEach(Runnable::run);
    }
}
