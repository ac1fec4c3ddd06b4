package io.caravan.hub.config.store;

import java.time.Instant;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What this node's routes know of a source beyond the database: the state of the circuit breaker whose node id is
 * {@code <source>-breaker} and the next time of the schedule {@code quartz:trends/<source>}.
 */
@Component
class SourceState {

    private final ObjectProvider<CamelContext> camel;
    private final ObjectProvider<Scheduler> schedulers;

    SourceState(ObjectProvider<CamelContext> camel, ObjectProvider<Scheduler> schedulers) {
        this.camel = camel;
        this.schedulers = schedulers;
    }

    /** {@code closed}, {@code half-open}, {@code open}; {@code unknown} when no such breaker runs on this node. */
    String circuit(String source) {
        CamelContext context = camel.getIfAvailable();
        ResilienceProcessor breaker =
                context == null ? null : context.getProcessor(source + "-breaker", ResilienceProcessor.class);
        String state = breaker == null ? null : breaker.getCircuitBreakerState();
        return state == null
                ? "unknown"
                : state.toLowerCase(Locale.ROOT).replace("forced_", "").replace('_', '-');
    }

    /** Null when nothing is scheduled. */
    @Nullable
    Instant nextRun(String source) {
        Scheduler scheduler = schedulers.getIfAvailable();
        try {
            Trigger trigger = scheduler == null ? null : scheduler.getTrigger(TriggerKey.triggerKey(source, "trends"));
            return trigger == null || trigger.getNextFireTime() == null
                    ? null
                    : trigger.getNextFireTime().toInstant();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler's store cannot be read", e);
        }
    }
}
