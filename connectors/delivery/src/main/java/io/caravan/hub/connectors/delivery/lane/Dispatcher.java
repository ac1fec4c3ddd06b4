package io.caravan.hub.connectors.delivery.lane;

import io.caravan.hub.connectors.delivery.work.Signals;
import io.caravan.hub.connectors.delivery.work.WorkHandler;
import io.caravan.hub.connectors.delivery.work.WorkRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims lanes for the types that have a consumer here, as many as have {@link Room}, and runs them. One thread claims:
 * while a claim is under way, rooms that become free gather for the next one, so batches grow with load.
 */
public final class Dispatcher implements Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    /** Most lanes of one claim; more would hold row locks for long. */
    private static final int BATCH = 64;
    /** Further ahead than this, polling is precise enough. */
    private static final Duration ALARM = Duration.ofSeconds(30);
    /** Polls of which one is made while other nodes can ring. */
    private static final int RARELY = 10;

    /** Instead of a type: every type, and the outbox. */
    static final String ALL = "";

    private static final String OUTBOX = "|outbox";

    private final Lanes lanes;
    private final Heartbeat heartbeat;
    private final Duration poll;
    private final Bell bell;
    private int skipped;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final ExecutorService workers = Threads.forWork();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hub-alarm");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean claiming;
    private volatile @Nullable WorkRunner runner;
    private volatile @Nullable Runnable outbox;
    private @Nullable Thread thread;

    /**
     * @param poll how often lanes are looked for; a tenth as often while other nodes can ring
     * @param owner this node, this start
     */
    public Dispatcher(Lanes lanes, Heartbeat heartbeat, Duration poll, DataSource dataSource, String owner) {
        this.lanes = lanes;
        this.heartbeat = heartbeat;
        this.poll = poll;
        this.bell = new Bell(dataSource, owner, this::heard);
    }

    /** Set before {@link #start}: runner and publisher need this as their {@link Signals}. */
    public void use(WorkRunner itemRunner, Runnable outboxPublisher) {
        this.runner = itemRunner;
        this.outbox = outboxPublisher;
    }

    /**
     * @throws IllegalStateException when the type already has a consumer on this node
     */
    public void register(WorkHandler handler) {
        if (rooms.putIfAbsent(handler.type(), new Room(handler)) != null) {
            throw new IllegalStateException("two consumers for work:" + handler.type());
        }
        call(handler.type());
    }

    public void unregister(WorkHandler handler) {
        rooms.computeIfPresent(handler.type(), (type, room) -> room.handler == handler ? null : room);
    }

    public void start() {
        claiming = true;
        Thread claimer = new Thread(this::loop, "hub-claim");
        claimer.setDaemon(true);
        thread = claimer;
        claimer.start();
        bell.start();
        alarms.scheduleWithFixedDelay(this::poll, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops claiming; what is in flight goes on. */
    public void stopClaiming() {
        claiming = false;
        call(ALL);
        Thread claimer = thread;
        if (claimer != null && claimer != Thread.currentThread()) {
            try {
                claimer.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public void stop() {
        stopClaiming();
        bell.stop();
        alarms.shutdownNow();
        workers.shutdown();
    }

    public int inFlight() {
        return heartbeat.inFlight();
    }

    /** Only the safety net while rings arrive: for lanes of a node that died, and for what is due later than an alarm. */
    private void poll() {
        if (!bell.listening() || ++skipped >= RARELY) {
            skipped = 0;
            call(ALL);
        }
    }

    @Override
    public void work(String type) {
        bell.ring(type);
        heard(type);
    }

    private void heard(String type) {
        if (type.equals(ALL) || type.equals(OUTBOX) || rooms.containsKey(type)) {
            call(type);
        }
    }

    @Override
    public void workIn(String type, Duration wait) {
        if (wait.compareTo(ALARM) < 0 && !alarms.isShutdown() && rooms.containsKey(type)) {
            alarms.schedule(() -> heard(type), Math.max(1, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void outbox() {
        // publishing is one node's work at a time, and this one is at hand
        call(OUTBOX);
    }

    private void call(String what) {
        if (waiting.add(what)) {
            calls.add(what);
        }
    }

    private void loop() {
        while (claiming) {
            try {
                String what = calls.take();
                waiting.remove(what);
                if (what.equals(ALL)) {
                    rooms.values().forEach(this::claim);
                    publish();
                } else if (what.equals(OUTBOX)) {
                    publish();
                } else {
                    Room room = rooms.get(what);
                    if (room != null) {
                        claim(room);
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("claiming failed, trying again at the next poll: {}", e.getMessage());
            }
        }
    }

    private void publish() {
        Runnable publisher = outbox;
        if (claiming && publisher != null) {
            publisher.run();
        }
    }

    private void claim(Room room) {
        WorkRunner itemRunner = runner;
        while (claiming && itemRunner != null) {
            int want = Math.min(BATCH, room.wanted());
            if (want <= 0) {
                // said before the second look, so that a room that becomes free in between calls again
                room.more = true;
                if (room.wanted() <= 0) {
                    return;
                }
                continue;
            }
            AtomicBoolean ended = new AtomicBoolean();
            List<Claimed> claimed = lanes.claim(room.handler.type(), want, (lane, fence) -> {
                boolean held = heartbeat.holds(lane, fence);
                ended.compareAndSet(false, held);
                return held;
            });
            claimed.forEach(one -> heartbeat.add(one.lease()));
            if (ended.get()) {
                // before another node takes what is in flight here, and so that it does not stand in the way of the
                // rest
                heartbeat.renew();
            }
            for (int threads = room.take(claimed); threads > 0; threads--) {
                workers.execute(() -> work(room, itemRunner));
            }
            if (claimed.size() < want) {
                return;
            }
        }
    }

    /** One item after the other, until none is left that was claimed. */
    private void work(Room room, WorkRunner itemRunner) {
        for (Claimed one = next(room); one != null; one = next(room)) {
            long begin = System.nanoTime();
            boolean ran = false;
            try {
                itemRunner.run(one, room.handler);
                ran = true;
            } finally {
                heartbeat.remove(one.lease());
                room.took(System.nanoTime() - begin);
                if (!ran) {
                    // an error of the JVM ends this thread: another one goes on with what is left
                    workers.execute(() -> work(room, itemRunner));
                }
            }
        }
    }

    private @Nullable Claimed next(Room room) {
        Claimed next = room.next();
        if (room.more && room.wanted() > 0) {
            room.more = false;
            call(room.handler.type());
        }
        return next;
    }
}
