package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.accept.AcceptPolicy;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Ids;
import io.caravan.hub.connectors.delivery.dead.DeadLetters;
import io.caravan.hub.connectors.delivery.dead.DeadStore;
import io.caravan.hub.connectors.delivery.dead.LookUpHandler;
import io.caravan.hub.connectors.delivery.effect.Effects;
import io.caravan.hub.connectors.delivery.effect.Quarantine;
import io.caravan.hub.connectors.delivery.effect.StrayHandler;
import io.caravan.hub.connectors.delivery.gate.Budgets;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.inbox.Inbox;
import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Dispatcher;
import io.caravan.hub.connectors.delivery.lane.Heartbeat;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.outbox.Outbox;
import io.caravan.hub.connectors.delivery.outbox.Subscriptions;
import io.caravan.hub.connectors.delivery.slot.Slots;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import io.caravan.hub.connectors.delivery.work.ErrorsFail;
import io.caravan.hub.connectors.delivery.work.FailurePolicy;
import io.caravan.hub.connectors.delivery.work.Parking;
import io.caravan.hub.connectors.delivery.work.WorkHandler;
import io.caravan.hub.connectors.delivery.work.WorkRunner;
import io.caravan.hub.connectors.delivery.work.WorkStore;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.port.Connections;
import io.caravan.hub.model.port.Writes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivery on one node: everything behind {@code work:}, {@code effect:} and {@code outbox:}, wired together. Made
 * before the routes; starts and drains with the Camel context.
 */
public final class DeliveryEngine extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final Duration GAUGES = Duration.ofSeconds(10);
    private static final Duration SUPERSEDE = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration STATISTICS = Duration.ofSeconds(2);
    private static final Duration STRAYS = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final DeliverySettings settings;
    private final Lanes lanes;
    private final Heartbeat heartbeat;
    private final Dispatcher dispatcher;
    private final Committer finishes;
    private final Committer accepts;
    private final UnitWrites writes;
    private final WorkStore work;
    private final Quarantine quarantine;
    private final Effects effects;
    private final Subscriptions subscriptions;
    private final Outbox outbox;
    private final Gates gates;
    private final Budgets budgets;
    private final Jobs jobs;
    private final DeadLetters deadLetters;
    private final Inbox inbox;
    private final Slots slots;
    private final Parking parking;
    private final AcceptPolicy accept;
    private final Gauges gauges;
    private final Sweeper sweeper;
    private final Statistics statistics;
    private final List<WorkHandler> own;
    private final ScheduledExecutorService upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hub-upkeep");
        thread.setDaemon(true);
        return thread;
    });

    public DeliveryEngine(
            DataSource dataSource,
            CamelContext context,
            Connections connections,
            DeliverySettings settings,
            Limits limits,
            MeterRegistry meters) {
        this(
                dataSource,
                context,
                connections,
                settings,
                limits,
                meters,
                () -> Runtime.getRuntime().halt(FaultPoint.EXIT));
    }

    /** @param halter ends the process at once, when it was held up past half a lease */
    public DeliveryEngine(
            DataSource dataSource,
            CamelContext context,
            Connections connections,
            DeliverySettings settings,
            Limits limits,
            MeterRegistry meters,
            Runnable halter) {
        this.dataSource = dataSource;
        this.settings = settings;
        Db db = new Db(dataSource);
        String owner = settings.nodeId() + "-" + Ids.next();
        lanes = new Lanes(db, owner, settings.lease());
        heartbeat = new Heartbeat(lanes, settings.lease(), halter);
        dispatcher = new Dispatcher(lanes, heartbeat, settings.poll(), dataSource, owner);
        finishes = new Committer(db, lanes, "work");
        accepts = new Committer(db, lanes, "accept");
        writes = new UnitWrites(db, accepts);
        work = new WorkStore(lanes, writes, dispatcher);
        gates = new Gates(db, limits);
        budgets = new Budgets(db);
        quarantine = new Quarantine(db);
        effects = new Effects(context, connections, db, quarantine, finishes, lanes, gates, settings, meters);
        subscriptions = settings.subscriptions();
        outbox = new Outbox(db, writes, work, dispatcher, subscriptions, effects::installation);
        jobs = new Jobs(db, writes, lanes, dispatcher);
        deadLetters = new DeadLetters(db, writes, work);
        inbox = new Inbox(db, work);
        slots = new Slots(db);
        parking = new Parking(db, lanes, dispatcher);
        accept = new AcceptPolicy(db, accepts, settings);
        gauges = new Gauges(db, lanes, meters);
        sweeper = new Sweeper(db, settings, work);
        statistics = new Statistics(db);
        own = List.of(new LookUpHandler(db, effects), new StrayHandler(effects));
        FailurePolicy policy = new FailurePolicy(settings.backoff());
        dispatcher.use(
                new WorkRunner(db, finishes, lanes, work, new DeadStore(), policy, dispatcher, meters), outbox::drain);
        register(context);
    }

    /**
     * @throws IllegalStateException when none was made for this context
     */
    public static DeliveryEngine of(CamelContext context) {
        DeliveryEngine engine = context.getCamelContextExtension().getContextPlugin(DeliveryEngine.class);
        if (engine == null) {
            throw new IllegalStateException("make the DeliveryEngine before the routes");
        }
        return engine;
    }

    private void register(CamelContext context) {
        context.getCamelContextExtension().addContextPlugin(DeliveryEngine.class, this);
        context.getCamelContextExtension().addInterceptStrategy(new ErrorsFail());
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarting(CamelContext starting) {
                start();
            }

            /**
             * Work before that would call Kamelets for the first time while the context starts its routes: Camel makes
             * their routes and never starts them, and they stay without a consumer for as long as the process lives.
             */
            @Override
            public void onContextStarted(CamelContext started) {
                dispatcher.start();
            }

            @Override
            public void onContextStopping(CamelContext stopping) {
                drain();
            }

            @Override
            public void onContextStopped(CamelContext stopped) {
                stop();
            }
        });
    }

    @Override
    protected void doStart() {
        DeliveryStartupCheck.check(dataSource);
        // in every backup, the first one too: a database without it would make new references after a restore
        effects.installation();
        heartbeat.start();
        finishes.start();
        accepts.start();
        own.forEach(dispatcher::register);
        upkeep.scheduleWithFixedDelay(
                () -> quietly("gauges", gauges::read), 1_000, GAUGES.toMillis(), TimeUnit.MILLISECONDS);
        upkeep.scheduleWithFixedDelay(
                () -> quietly("supersede", sweeper::supersede),
                SUPERSEDE.toMillis(),
                SUPERSEDE.toMillis(),
                TimeUnit.MILLISECONDS);
        upkeep.scheduleWithFixedDelay(
                () -> quietly("statistics", statistics::renew),
                STATISTICS.toMillis(),
                STATISTICS.toMillis(),
                TimeUnit.MILLISECONDS);
        upkeep.scheduleWithFixedDelay(
                () -> quietly("sweep", sweeper::sweep), SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        upkeep.scheduleWithFixedDelay(
                () -> quietly("strays", sweeper::strays), STRAYS.toMillis(), STRAYS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        drain();
        own.forEach(dispatcher::unregister);
        dispatcher.stop();
        heartbeat.stop();
        finishes.stop();
        accepts.stop();
        upkeep.shutdownNow();
    }

    /** Claims nothing any more and waits for what is in flight; what does not end in time is left to its lease. */
    public void drain() {
        dispatcher.stopClaiming();
        FaultPoint.CP36_DURING_DRAIN.hit();
        long end = System.nanoTime() + settings.drain().toNanos();
        while (dispatcher.inFlight() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(5_000_000);
        }
        if (dispatcher.inFlight() > 0) {
            LOG.warn("stopping with {} items in flight; others will take them over", dispatcher.inFlight());
        }
    }

    private static void quietly(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed: {}", what, e.getMessage());
        }
    }

    /** Lends a consumer to the dispatcher; also for handlers that are not routes. */
    public void register(WorkHandler handler) {
        dispatcher.register(handler);
    }

    public void unregister(WorkHandler handler) {
        dispatcher.unregister(handler);
    }

    /**
     * Goes on at once with what a killed process left, instead of after its leases. Only for a database that no other
     * process can have open, and before the start.
     */
    public void inherit() {
        int inherited = lanes.inherit();
        if (inherited > 0) {
            LOG.info("{} items were in flight when the hub ended; they go on now", inherited);
        }
    }

    /** After the database was put back. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** Items in flight on this node. */
    public int inFlight() {
        return dispatcher.inFlight();
    }

    public Writes writes() {
        return writes;
    }

    public WorkStore work() {
        return work;
    }

    public Effects effects() {
        return effects;
    }

    public Outbox outbox() {
        return outbox;
    }

    /** Who gets which events. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public Gates gates() {
        return gates;
    }

    public Budgets budgets() {
        return budgets;
    }

    public Jobs jobs() {
        return jobs;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Inbox inbox() {
        return inbox;
    }

    public Slots slots() {
        return slots;
    }

    public Parking parking() {
        return parking;
    }

    public AcceptPolicy accept() {
        return accept;
    }
}
