package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.job.NewJob;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.delivery.FaultPoint;
import java.time.Instant;
import java.util.Date;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Inserts one item; inside a unit when the unit commits, elsewhere at once. The body stays as it is. */
final class WorkProducer extends DefaultProducer {

    private final WorkEndpoint endpoint;
    private final DeliveryEngine engine;
    private @Nullable Expression aggregate;
    private @Nullable Expression trace;
    private @Nullable Expression slot;

    WorkProducer(WorkEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.engine = endpoint.engine();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (endpoint.getAggregate() == null) {
            throw new IllegalArgumentException(
                    "work:" + endpoint.getType() + " as a producer needs the option aggregate");
        }
        aggregate = Vars.simple(endpoint.getCamelContext(), endpoint.getAggregate());
        trace = Vars.simple(endpoint.getCamelContext(), endpoint.getTrace());
        slot = Vars.simple(endpoint.getCamelContext(), endpoint.getSlot());
    }

    @Override
    public void process(Exchange exchange) {
        NewWork work = work(exchange);
        NewJob job = job(exchange, work);
        if (job != null) {
            work = work.withJob(job.id());
        }
        if (slot != null) {
            String schedule = Vars.required(exchange, slot, "slot of work:" + endpoint.getType());
            if (!insertForSlot(exchange, work, job, schedule)) {
                exchange.setRouteStop(true);
                return;
            }
        } else {
            if (job != null) {
                engine.jobs().open(job);
            }
            engine.work().insert(work);
        }
        if (job != null) {
            exchange.setVariable(Names.JOB, job.id());
        }
        exchange.setVariable(Vars.WORK, work.id());
    }

    private @Nullable NewJob job(Exchange exchange, NewWork work) {
        String kind = endpoint.getJob();
        return kind == null
                ? null
                : NewJob.of(work.account(), kind, work.traceId(), Vars.text(exchange, Names.REQUEST));
    }

    private NewWork work(Exchange exchange) {
        AccountId account = Vars.account(exchange);
        String about = Vars.required(exchange, aggregate, "aggregate of work:" + endpoint.getType());
        NewWork work = NewWork.ofJson(
                account,
                endpoint.getType(),
                about,
                Json.object(exchange.getMessage().getBody()));
        String traceId = trace != null ? trace.evaluate(exchange, String.class) : Vars.text(exchange, Names.TRACE);
        String due = endpoint.getDueIn();
        if (due != null) {
            work = work.withDueIn(WorkEndpoint.duration(due));
        }
        return work.withTrace(traceId == null ? about : traceId).withJob(Vars.text(exchange, Names.JOB));
    }

    /** Slot, job and item in one transaction. False when the slot was taken before: then none of them is written. */
    private boolean insertForSlot(Exchange exchange, NewWork work, @Nullable NewJob job, String schedule) {
        if (Unit.current() != null) {
            throw new IllegalStateException("slot is for schedules; this route already runs a unit");
        }
        Object fired = exchange.getMessage().getHeader("scheduledFireTime");
        if (!(fired instanceof Date) && !(fired instanceof Instant)) {
            throw new IllegalArgumentException("slot " + schedule + " needs the header scheduledFireTime");
        }
        Instant at = fired instanceof Date date ? date.toInstant() : (Instant) fired;
        boolean taken = engine.slots().take(work.account(), schedule, at, connection -> {
            if (job != null) {
                engine.jobs().open(connection, job);
            }
            engine.work().insert(connection, work);
            FaultPoint.CP06_IN_SLOT_TX.hit();
        });
        if (taken) {
            FaultPoint.CP07_AFTER_SLOT_COMMIT.hit();
            engine.work().announce(work);
        }
        return taken;
    }
}
