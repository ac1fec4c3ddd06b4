package io.caravan.hub.connectors.delivery.lane;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases in flight, and halts the process when it finds that it was itself held up for more than half a lease
 * while work was in flight: others may have taken over by now, and a process that halts cannot send twice.
 *
 * <p>A database that is down does not halt anything: leases then run out, and the guard before each socket refuses.
 */
public final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Lanes lanes;
    private final Duration lease;
    private final Runnable halter;
    private final Set<Lease> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "beat"));
    private final ScheduledExecutorService renewal =
            Executors.newSingleThreadScheduledExecutor(r -> daemon(r, "renewal"));
    private volatile long lastBeat = System.nanoTime();

    /** @param halter ends the process at once; a test counts instead */
    public Heartbeat(Lanes lanes, Duration lease, Runnable halter) {
        this.lanes = lanes;
        this.lease = lease;
        this.halter = halter;
    }

    public void start() {
        long period = Math.max(1, lease.toMillis() / 10);
        lastBeat = System.nanoTime();
        beat.scheduleAtFixedRate(() -> beat(System.nanoTime()), period, period, TimeUnit.MILLISECONDS);
        long renewalPeriod = Math.max(1, lease.toMillis() / 4);
        renewal.scheduleWithFixedDelay(this::renew, renewalPeriod, renewalPeriod, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        beat.shutdownNow();
        renewal.shutdownNow();
    }

    public void add(Lease one) {
        inFlight.add(one);
    }

    public void remove(Lease one) {
        inFlight.remove(one);
    }

    /** Whether this process is at work on the lane under this fence. */
    boolean holds(String lane, long fence) {
        return inFlight.stream()
                .anyMatch(one -> one.fence() == fence && one.laneKey().equals(lane));
    }

    public int inFlight() {
        return inFlight.size();
    }

    /** One beat at this monotonic time. */
    void beat(long nanos) {
        long gap = nanos - lastBeat;
        lastBeat = nanos;
        if (gap > lease.toNanos() / 2 && !inFlight.isEmpty()) {
            LOG.error("held up for {} ms with {} items in flight, halting", gap / 1_000_000, inFlight.size());
            halter.run();
        }
    }

    void renew() {
        if (inFlight.isEmpty() || !renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            lanes.renew(inFlight);
        } catch (RuntimeException e) {
            LOG.warn("leases not renewed: {}", e.getMessage());
        } finally {
            renewing.set(false);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "hub-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
