package io.caravan.hub.connectors.delivery.dead;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A work item that needs a person.
 *
 * @param cause rejected, gone, invalid, unknown_outcome, attempts or expired
 * @param kind the model's error kind, null when no vendor was involved
 * @param body the vendor's own answer
 * @param payload as edited, else as it failed
 * @param state open, replayed, cancelled, or superseded by newer work of its lane and type
 * @param replayWorkId of the replay, or of the work that superseded it
 * @param lookup of the forced look-up: "none", "found 2", "not possible", "running", or null when nobody asked
 */
public record DeadLetter(
        String workId,
        String type,
        String aggregate,
        @Nullable String traceId,
        @Nullable String jobId,
        String cause,
        @Nullable String kind,
        @Nullable String vendor,
        @Nullable String code,
        @Nullable Integer status,
        String message,
        @Nullable String body,
        Map<String, Object> payload,
        String state,
        Instant firstAt,
        Instant diedAt,
        @Nullable String editedBy,
        @Nullable String editReason,
        @Nullable String replayWorkId,
        @Nullable String lookup) {

    static final String SELECT = "SELECT d.*, w.trace_id, w.job_id FROM dead d JOIN work w ON w.id = d.work_id";

    static DeadLetter of(ResultSet row) throws SQLException {
        String edited = row.getString("edited_payload");
        return new DeadLetter(
                row.getString("work_id"),
                row.getString("type"),
                row.getString("aggregate"),
                row.getString("trace_id"),
                row.getString("job_id"),
                row.getString("cause"),
                row.getString("kind"),
                row.getString("vendor"),
                row.getString("code"),
                Sql.intOrNull(row, "http_status"),
                row.getString("message"),
                row.getString("body"),
                Json.map(edited == null ? row.getString("snapshot") : edited),
                row.getString("state").toLowerCase(java.util.Locale.ROOT),
                Sql.time(row, "first_at"),
                Sql.time(row, "died_at"),
                row.getString("edited_by"),
                row.getString("edit_reason"),
                row.getString("replay_work_id"),
                lookup(row.getString("lookup_work_id"), Sql.intOrNull(row, "lookup_found")));
    }

    private static @Nullable String lookup(@Nullable String asked, @Nullable Integer found) {
        if (found == null) {
            return asked == null ? null : "running";
        }
        return found == 0 ? "none" : found < 0 ? "not possible" : "found " + found;
    }
}
