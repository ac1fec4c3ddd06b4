package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.dead.DeadStore;
import io.caravan.hub.connectors.delivery.lane.Claimed;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.lane.StaleLease;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.delivery.FaultPoint;
import io.caravan.hub.model.delivery.SocketGuard;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one claimed item and writes down how it ended, in one transaction that a stale owner cannot commit. */
public final class WorkRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WorkRunner.class);

    /** Until an item of a newer version is claimable again, for a node that knows it. */
    private static final Duration LEFT = Duration.ofSeconds(10);

    private final Db db;
    private final Committer committer;
    private final Lanes lanes;
    private final WorkStore store;
    private final DeadStore dead;
    private final FailurePolicy policy;
    private final Signals signals;
    private final MeterRegistry meters;

    public WorkRunner(
            Db db,
            Committer committer,
            Lanes lanes,
            WorkStore store,
            DeadStore dead,
            FailurePolicy policy,
            Signals signals,
            MeterRegistry meters) {
        this.db = db;
        this.committer = committer;
        this.lanes = lanes;
        this.store = store;
        this.dead = dead;
        this.policy = policy;
        this.signals = signals;
        this.meters = meters;
    }

    /** Never throws: what cannot be written down now is left to the lease's end. */
    public void run(Claimed claimed, WorkHandler handler) {
        Unit unit = Unit.bind(claimed.item(), claimed.lease());
        SocketGuard.bind(claimed.lease());
        String outcome;
        try {
            FaultPoint.CP09_CLAIMED_BEFORE_HANDLER.hit(claimed.item().type());
            outcome = tryToFinish(unit, claimed, handler);
        } catch (StaleLease e) {
            LOG.warn("{} {}: {}", claimed.item().type(), claimed.item().id(), e.getMessage());
            outcome = "stale";
        } catch (RuntimeException e) {
            LOG.error(
                    "{} {}: not written down, the lease will run out",
                    claimed.item().type(),
                    claimed.item().id(),
                    e);
            outcome = "abandoned";
        } finally {
            SocketGuard.clear();
            Unit.clear();
        }
        meters.counter("hub_work_finished_total", "type", handler.type(), "outcome", outcome)
                .increment();
    }

    private String tryToFinish(Unit unit, Claimed claimed, WorkHandler handler) {
        WorkItem item = claimed.item();
        if (item.schemaVersion() > WorkItem.SCHEMA) {
            return leave(claimed);
        }
        if (item.cancelled() && store.untouched(db, item)) {
            return cancel(claimed);
        }
        Throwable failure = handle(handler, item);
        if (unit.failure() != null) {
            failure = unit.failure();
        }
        if (failure == null) {
            try {
                commit(unit, claimed);
                return "done";
            } catch (StaleLease e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        StaleLease stale = Causes.find(failure, StaleLease.class);
        if (stale != null) {
            throw stale;
        }
        Verdict verdict = policy.decide(failure, item, handler.maxAttempts());
        log(item, verdict, failure);
        return writeDown(verdict, claimed, handler);
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private static @Nullable Throwable handle(WorkHandler handler, WorkItem item) {
        try {
            handler.handle(item);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void commit(Unit unit, Claimed claimed) {
        AtomicReference<@Nullable String> next = new AtomicReference<>();
        unit.commit(committer, "finish " + claimed.item().type(), tx -> {
            store.done(tx, claimed.item(), next::set);
            FaultPoint.CP24_IN_FINISH_TX.hit(claimed.item().type());
        });
        FaultPoint.CP25_COMMITTED_BEFORE_LANE_RELEASE.hit(claimed.item().type());
        announce(next.get());
    }

    /** While versions are mixed, or after a step back: a newer node will know what to do with it. */
    private String leave(Claimed claimed) {
        WorkItem item = claimed.item();
        String reason = "written by a newer version (" + item.schemaVersion() + "), this one knows " + WorkItem.SCHEMA;
        LOG.warn("{} {} is left alone: {}", item.type(), item.id(), reason);
        db.run("leave " + item.type(), c -> {
            lanes.check(c, claimed.lease());
            store.leave(c, item, LEFT, reason);
        });
        return "left";
    }

    private String cancel(Claimed claimed) {
        AtomicReference<@Nullable String> next = new AtomicReference<>();
        db.run("cancel " + claimed.item().type(), c -> {
            lanes.check(c, claimed.lease());
            next.set(store.finish(c, claimed.item(), "CANCELLED", "its job was cancelled"));
        });
        announce(next.get());
        return "cancelled";
    }

    private String writeDown(Verdict verdict, Claimed claimed, WorkHandler handler) {
        WorkItem item = claimed.item();
        AtomicReference<@Nullable String> next = new AtomicReference<>();
        AtomicReference<@Nullable NewWork> follower = new AtomicReference<>();
        AtomicReference<@Nullable Duration> wakes = new AtomicReference<>();
        db.run("put back " + item.type(), c -> {
            lanes.check(c, claimed.lease());
            if (verdict instanceof Verdict.Wait wait) {
                store.suspend(c, item, wait, handler.giveUp());
                // by the clock that it waits for, which need not be this machine's
                wakes.set(Duration.between(Sql.now(c), wait.until()));
            } else if (verdict instanceof Verdict.Retry retry) {
                store.retry(c, item, retry.after(), handler.giveUp(), retry.counts(), retry.reason());
            } else if (verdict instanceof Verdict.Park park) {
                store.park(c, item, park.vendor(), park.reason());
            } else if (verdict instanceof Verdict.Dead end) {
                dead.bury(c, item, end.cause(), end.why());
                NewWork onDead = follower(item, handler, end);
                if (onDead != null) {
                    store.insert(c, onDead);
                }
                follower.set(onDead);
                next.set(store.finish(c, item, "DEAD", FailurePolicy.reason(end.why())));
                FaultPoint.CP33_DEAD_MOVE_TX.hit(item.type());
            }
        });
        announce(next.get());
        NewWork inserted = follower.get();
        if (inserted != null) {
            store.announce(inserted);
        }
        return afterwards(verdict, item, Objects.requireNonNullElse(wakes.get(), Duration.ZERO));
    }

    private String afterwards(Verdict verdict, WorkItem item, Duration wakes) {
        if (verdict instanceof Verdict.Wait) {
            signals.workIn(item.type(), wakes);
            return "waiting";
        }
        if (verdict instanceof Verdict.Retry retry) {
            signals.workIn(item.type(), retry.after());
            return "retry";
        }
        return verdict instanceof Verdict.Park ? "parked" : "dead";
    }

    private static @Nullable NewWork follower(WorkItem item, WorkHandler handler, Verdict.Dead end) {
        String type = handler.onDead();
        if (type == null) {
            return null;
        }
        Map<String, Object> payload = new LinkedHashMap<>(Json.map(item.payload()));
        payload.put("cause", end.cause());
        payload.put("reason", FailurePolicy.reason(end.why()));
        return NewWork.of(item.account(), type, item.aggregate(), payload)
                .withTrace(item.traceId())
                .withJob(item.jobId())
                .withCause(item.id());
    }

    private void announce(@Nullable String type) {
        if (type != null) {
            signals.work(type);
        }
    }

    private static void log(WorkItem item, Verdict verdict, Throwable failure) {
        String what = item.type() + " " + item.id() + " (" + item.aggregate() + ")";
        if (verdict instanceof Verdict.Wait wait) {
            LOG.info("{} waits until {}: {}", what, wait.until(), wait.reason());
        } else if (verdict instanceof Verdict.Park park) {
            LOG.warn("{} parked: {}", what, park.reason());
        } else if (verdict instanceof Verdict.Retry retry
                && Causes.find(failure, io.caravan.hub.model.VendorException.class) != null) {
            LOG.warn("{} again in {}: {}", what, retry.after(), retry.reason());
        } else if (verdict instanceof Verdict.Retry retry) {
            LOG.warn("{} again in {}: {}", what, retry.after(), retry.reason(), failure);
        } else if (verdict instanceof Verdict.Dead end) {
            LOG.error("{} is a dead letter ({}): {}", what, end.cause(), FailurePolicy.reason(end.why()));
        }
    }
}
