package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.db.CommitUnknown;
import io.caravan.hub.connectors.delivery.db.DatabaseException;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commits what many threads want to write together: while one transaction is under way the next ones gather, and then
 * share a transaction and its wait for the disk. Every caller returns after the commit. A part that fails takes nothing
 * with it: its transaction is rolled back, and each of its parts runs again alone, on its own thread.
 */
public final class Committer {

    /** Most parts of one transaction; more would hold row locks for long. */
    private static final int MOST = 64;

    private final Db db;
    private final Lanes lanes;
    private final String name;
    private final LinkedBlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    public Committer(Db db, Lanes lanes, String name) {
        this.db = db;
        this.lanes = lanes;
        this.name = name;
    }

    public void start() {
        running = true;
        Thread committing = new Thread(this::loop, "hub-commit-" + name);
        committing.setDaemon(true);
        thread = committing;
        committing.start();
    }

    /** What comes later commits alone. */
    public void stop() {
        running = false;
    }

    /**
     * Returns when the part is committed.
     *
     * @param lease the lane that the part writes for, checked in the same transaction; null for none
     * @throws StaleLease when another owner has the lane
     * @throws DatabaseException as {@link Db#tx}
     */
    public <T> T commit(String what, @Nullable Lease lease, Tx.Part<T> part) {
        if (!running || Thread.currentThread() == thread) {
            return alone(what, lease, part);
        }
        Job<T> job = new Job<>(what, lease, part);
        waiting.add(job);
        if (!running && waiting.remove(job)) {
            return alone(what, lease, part);
        }
        return switch (job.ended.join()) {
            case COMMITTED -> job.value();
            case STALE -> throw lanes.stale(Objects.requireNonNull(lease, "lease"));
            case UNKNOWN -> throw new DatabaseException(what, Objects.requireNonNull(job.why, "why"));
            case ALONE -> alone(what, lease, part);
        };
    }

    public void run(String what, @Nullable Lease lease, Tx.RunPart part) {
        commit(what, lease, tx -> {
            part.on(tx);
            return true;
        });
    }

    private <T> T alone(String what, @Nullable Lease lease, Tx.Part<T> part) {
        return db.tx(what, connection -> {
            if (lease != null) {
                lanes.check(connection, lease);
            }
            Tx tx = new Tx(connection);
            T value = part.on(tx);
            tx.flush();
            return value;
        });
    }

    private void loop() {
        List<Job<?>> jobs = new ArrayList<>();
        while (running || !waiting.isEmpty()) {
            try {
                Job<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    jobs.add(first);
                    waiting.drainTo(jobs, MOST - 1);
                    together(jobs);
                }
            } catch (InterruptedException e) {
                // only the end of the process interrupts; whoever waits goes on alone
                running = false;
            } finally {
                // whatever went wrong, nobody waits for ever
                jobs.forEach(job -> job.ended.complete(Outcome.ALONE));
                jobs.clear();
            }
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void together(List<Job<?>> jobs) {
        try {
            Set<Lease> stale = db.once(connection -> {
                db.waitBriefly(connection);
                Set<Lease> lost = lanes.lost(
                        connection,
                        jobs.stream()
                                .map(job -> job.lease)
                                .filter(Objects::nonNull)
                                .toList());
                Tx tx = new Tx(connection);
                for (Job<?> job : jobs) {
                    if (job.lease == null || !lost.contains(job.lease)) {
                        tx.next();
                        job.run(tx);
                    }
                }
                tx.flush();
                return lost;
            });
            for (Job<?> job : jobs) {
                job.ended.complete(job.lease != null && stale.contains(job.lease) ? Outcome.STALE : Outcome.COMMITTED);
            }
        } catch (CommitUnknown e) {
            // running again alone could write twice
            for (Job<?> job : jobs) {
                job.why = e;
                job.ended.complete(Outcome.UNKNOWN);
            }
        } catch (Throwable e) {
            // one of them, or the database: each finds out for itself
            jobs.forEach(job -> job.ended.complete(Outcome.ALONE));
        }
    }

    private enum Outcome {
        COMMITTED,
        STALE,
        UNKNOWN,
        ALONE
    }

    private static final class Job<T> {
        final String what;
        final @Nullable Lease lease;
        final Tx.Part<T> part;
        final CompletableFuture<Outcome> ended = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable CommitUnknown why;

        Job(String what, @Nullable Lease lease, Tx.Part<T> part) {
            this.what = what;
            this.lease = lease;
            this.part = part;
        }

        void run(Tx tx) throws java.sql.SQLException {
            value = part.on(tx);
        }

        @SuppressWarnings("NullAway")
        T value() {
            return value;
        }
    }
}
