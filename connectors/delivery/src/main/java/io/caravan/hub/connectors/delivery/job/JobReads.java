package io.caravan.hub.connectors.delivery.job;

import io.caravan.hub.connectors.delivery.Page;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.model.AccountId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as they are now: one statement for one of them, few for a page, however long it is. */
final class JobReads {

    private static final String ITEMS = "SELECT w.job_id, COUNT(*) AS total,"
            + " SUM(CASE WHEN w.state = 'WAITING' THEN 1 ELSE 0 END) AS waiting,"
            + " SUM(CASE WHEN w.state = 'PARKED' THEN 1 ELSE 0 END) AS parked,"
            + " SUM(CASE WHEN w.state = 'DEAD' AND d.state IN ('OPEN', 'SUPERSEDED') THEN 1 ELSE 0 END) AS dead,"
            + " SUM(CASE WHEN w.state = 'WAITING' AND (w.attempts > 0 OR (l.owner IS NOT NULL"
            + " AND l.head_seq = w.seq)) THEN 1 ELSE 0 END) AS started, MAX(w.finished_at) AS finished"
            + " FROM work w JOIN lane l ON l.lane_key = w.lane_key LEFT JOIN dead d ON d.work_id = w.id"
            + " WHERE w.job_id IN (%1$s) GROUP BY w.job_id";

    private static final String JOBS = "SELECT c.total, c.waiting, c.parked, c.dead, c.started, c.finished,"
            + " j.id, j.kind, j.outcome, j.progress, j.trace_id, j.cancelled, j.created_at, j.updated_at,"
            + " EXISTS (SELECT 1 FROM outbox o WHERE o.job_id = j.id AND o.published = FALSE)"
            + " FROM job j LEFT JOIN (" + ITEMS + ") c ON c.job_id = j.id"
            + " WHERE j.tenant_id = ? AND j.id IN (%1$s) ORDER BY j.id DESC";

    private JobReads() {}

    static Optional<JobView> find(Connection connection, AccountId account, String jobId) throws SQLException {
        return views(connection, account, List.of(jobId)).stream().findFirst();
    }

    static Page<JobView> list(Connection connection, AccountId account, @Nullable String cursor, int limit)
            throws SQLException {
        List<String> ids = Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT id FROM job WHERE tenant_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                account.value(),
                cursor == null ? "~" : cursor,
                limit + 1);
        return Page.of(views(connection, account, ids), limit, JobView::id);
    }

    private static List<JobView> views(Connection connection, AccountId account, List<String> jobs)
            throws SQLException {
        if (jobs.isEmpty()) {
            return List.of();
        }
        Object[] ids = Sql.padded(jobs);
        String marks = Sql.marks(ids.length);
        List<Object> parameters = new ArrayList<>(List.of(ids));
        parameters.add(account.value());
        parameters.addAll(List.of(ids));
        List<Row> rows = Sql.list(connection, Row::of, JOBS.formatted(marks), parameters.toArray());
        Map<String, List<String>> causes =
                rows.stream().anyMatch(row -> row.items().hasCauses()) ? causes(connection, marks, ids) : Map.of();
        return rows.stream()
                .map(row -> row.view(row.items().hasCauses() ? causes.getOrDefault(row.id(), List.of()) : List.of()))
                .toList();
    }

    private static Map<String, List<String>> causes(Connection connection, String marks, Object[] ids)
            throws SQLException {
        Map<String, List<String>> causes = new HashMap<>();
        Sql.list(
                connection,
                one -> causes.computeIfAbsent(one.getString(1), any -> new ArrayList<>())
                        .add(one.getString(2) + ": " + one.getString(3)),
                "SELECT job_id, type, reason FROM work WHERE job_id IN (" + marks
                        + ") AND state IN ('PARKED', 'DEAD') ORDER BY id",
                ids);
        return causes;
    }

    /** @param events whether an event of the job still has to go out */
    private record Row(
            JobCounts items,
            String id,
            String kind,
            @Nullable String outcome,
            @Nullable String progress,
            @Nullable String traceId,
            boolean cancelled,
            Instant createdAt,
            Instant updatedAt,
            boolean events) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    JobCounts.of(row),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getBoolean(12),
                    Sql.time(row, 13),
                    Sql.time(row, 14),
                    row.getBoolean(15));
        }

        JobView view(List<String> causes) {
            int open = items.waiting() + items.parked();
            Instant finished = items.finished();
            return new JobView(
                    id,
                    kind,
                    items.status(cancelled, events),
                    outcome == null ? null : Json.value(outcome),
                    progress,
                    items.total() - open,
                    items.total(),
                    traceId,
                    createdAt,
                    finished != null && finished.isAfter(updatedAt) ? finished : updatedAt,
                    causes);
        }
    }
}
