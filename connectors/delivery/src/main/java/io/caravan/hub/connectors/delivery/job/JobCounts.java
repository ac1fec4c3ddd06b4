package io.caravan.hub.connectors.delivery.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A job's items by state.
 *
 * @param started of those that wait: with an attempt behind them, or in flight
 * @param finished when the last one was, null when none is
 */
record JobCounts(
        int total,
        int waiting,
        int parked,
        int dead,
        int started,
        @Nullable Instant finished) {

    /** From the first six columns; all null when the job has no items. */
    static JobCounts of(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject(6, OffsetDateTime.class);
        return new JobCounts(
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                finished == null ? null : finished.toInstant());
    }

    /** Whether something has to be said of why it does not go on. */
    boolean hasCauses() {
        return parked + dead > 0;
    }

    JobStatus status(boolean cancelled, boolean events) {
        if (waiting > 0 || events) {
            boolean begun = events || started > 0 || total > waiting;
            return begun ? JobStatus.RUNNING : JobStatus.PENDING;
        }
        if (cancelled) {
            return JobStatus.CANCELLED;
        }
        if (parked > 0) {
            return JobStatus.PARKED;
        }
        return dead > 0 ? JobStatus.FAILED : JobStatus.COMPLETED;
    }
}
