package io.caravan.hub.config.store;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a {@link Trace}. */
record TraceStep(
        Instant at,
        String step,
        Lineage.Node subject,
        long durationMs,
        long costMicros,
        String outcome,
        String reason,
        Map<String, Object> more) {

    static TraceStep of(Instant at, String step, Lineage.Node subject) {
        return new TraceStep(at, step, subject, 0, 0, "done", "", Map.of());
    }

    TraceStep took(Duration duration) {
        return new TraceStep(at, step, subject, Math.max(0, duration.toMillis()), costMicros, outcome, reason, more);
    }

    TraceStep cost(long micros) {
        return new TraceStep(at, step, subject, durationMs, micros, outcome, reason, more);
    }

    TraceStep ended(String how, @Nullable String why) {
        return new TraceStep(at, step, subject, durationMs, costMicros, how, why == null ? "" : why, more);
    }

    TraceStep by(@Nullable String vendor, int attempts, int status) {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("attempts", attempts);
        if (vendor != null) {
            known.put("vendor", vendor);
        }
        if (status > 0) {
            known.put("http_status", status);
        }
        return new TraceStep(at, step, subject, durationMs, costMicros, outcome, reason, known);
    }

    Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", at.toString());
        view.put("step", step);
        view.put("subject_kind", subject.kind());
        view.put("subject_id", subject.id());
        view.put("outcome", outcome);
        view.put("duration_ms", durationMs);
        view.put("cost_micros", costMicros);
        view.put("reason", reason);
        view.putAll(more);
        return view;
    }
}
