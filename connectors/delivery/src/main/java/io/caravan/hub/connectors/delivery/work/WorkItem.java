package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One durable item to do for one aggregate, as it was claimed.
 *
 * @param seq place in its lane
 * @param payload JSON object
 * @param attempts failures so far
 * @param generation part of the reference of its effects; above 0 only after a person said that the earlier effect does
 *     not exist
 * @param schemaVersion of the payload's envelope, see {@link #SCHEMA}
 * @param expired its time to give up has passed
 * @param cancelled its job was cancelled
 */
public record WorkItem(
        String id,
        AccountId account,
        String laneKey,
        String aggregate,
        long seq,
        String type,
        String payload,
        int attempts,
        int generation,
        int schemaVersion,
        @Nullable String traceId,
        @Nullable String jobId,
        boolean expired,
        boolean cancelled) {

    /** Newest version of items that this code knows. */
    public static final int SCHEMA = 1;

    /** Of {@code work w} and {@code job j}, to be read with {@link #of}; the query adds {@code l.aggregate}. */
    public static final String COLUMNS = "w.id, w.tenant_id, w.lane_key, w.seq, w.type, w.payload, w.attempts,"
            + " w.generation, w.schema_ver, w.trace_id, w.job_id,"
            + " CASE WHEN w.give_up_at <= CURRENT_TIMESTAMP THEN TRUE ELSE FALSE END AS expired,"
            + " COALESCE(j.cancelled, FALSE) AS cancelled";

    public static WorkItem of(ResultSet row) throws SQLException {
        return new WorkItem(
                row.getString("id"),
                new AccountId(row.getString("tenant_id")),
                row.getString("lane_key"),
                row.getString("aggregate"),
                row.getLong("seq"),
                row.getString("type"),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getInt("generation"),
                row.getInt("schema_ver"),
                row.getString("trace_id"),
                row.getString("job_id"),
                row.getBoolean("expired"),
                row.getBoolean("cancelled"));
    }
}
