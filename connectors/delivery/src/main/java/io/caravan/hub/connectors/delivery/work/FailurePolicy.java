package io.caravan.hub.connectors.delivery.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.ValidationException;

/** Sorts the exception with which a run ended. The one place that decides between waiting, parking and dying. */
public final class FailurePolicy {

    private final List<Duration> backoff;

    public FailurePolicy(List<Duration> backoff) {
        this.backoff = backoff;
    }

    public Verdict decide(Throwable failure, WorkItem item, int maxAttempts) {
        Suspended suspended = Causes.find(failure, Suspended.class);
        if (suspended != null) {
            return item.expired() && suspended.atGiveUp() == Suspended.AtGiveUp.ENDS
                    ? new Verdict.Dead("expired", suspended)
                    : new Verdict.Wait(suspended.until(), suspended.atGiveUp(), String.valueOf(suspended.getMessage()));
        }
        UnknownOutcome unknown = Causes.find(failure, UnknownOutcome.class);
        if (unknown != null) {
            return new Verdict.Dead("unknown_outcome", unknown);
        }
        VendorException vendor = Causes.find(failure, VendorException.class);
        if (vendor != null) {
            return decide(vendor, item, maxAttempts);
        }
        if (Causes.find(failure, IllegalArgumentException.class) != null
                || Causes.find(failure, ValidationException.class) != null
                || Causes.find(failure, JsonProcessingException.class) != null) {
            return new Verdict.Dead("invalid", failure);
        }
        return again(failure, item, maxAttempts);
    }

    private Verdict decide(VendorException e, WorkItem item, int maxAttempts) {
        return switch (e.kind()) {
            case UNAUTHORISED, EXHAUSTED -> new Verdict.Park(e.vendor(), reason(e));
            case REJECTED -> new Verdict.Dead("rejected", e);
            case GONE -> new Verdict.Dead("gone", e);
            case RATE_LIMITED ->
                item.expired()
                        ? new Verdict.Dead("expired", e)
                        : new Verdict.Retry(
                                e.retryAfter().orElseGet(() -> wait(item.attempts())),
                                e.retryAfter().isEmpty(),
                                reason(e));
            case NOT_SENT, TRANSIENT -> again(e, item, maxAttempts);
        };
    }

    private Verdict again(Throwable failure, WorkItem item, int maxAttempts) {
        if (item.attempts() + 1 >= maxAttempts) {
            return new Verdict.Dead("attempts", failure);
        }
        if (item.expired()) {
            return new Verdict.Dead("expired", failure);
        }
        return new Verdict.Retry(wait(item.attempts()), true, reason(failure));
    }

    /** The table's wait, 20 % more or less, so that what failed together does not come back together. */
    private Duration wait(int attempts) {
        Duration base = backoff.get(Math.min(attempts, backoff.size() - 1));
        double factor = 0.8 + ThreadLocalRandom.current().nextDouble() * 0.4;
        return Duration.ofMillis(Math.max(1, Math.round(base.toMillis() * factor)));
    }

    static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
