package io.caravan.hub.connectors.delivery.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job is; derived from its work items, never stored. */
public enum JobStatus {
    /** Nothing of it has begun. */
    PENDING,
    RUNNING,
    COMPLETED,
    /** Nothing runs any more and at least one item is an open dead letter. */
    FAILED,
    /** Waits for a person or a renewed connection. */
    PARKED,
    CANCELLED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
