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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs as they are now: few statements for a page, however long it is. */
final class JobReads {

    private static final String COLUMNS = "SELECT j.id, j.kind, j.outcome, j.progress, j.trace_id, j.cancelled,"
            + " j.created_at, j.updated_at FROM job j";

    private JobReads() {}

    static Optional<JobView> find(Connection connection, AccountId account, String jobId) throws SQLException {
        List<Row> row =
                Sql.list(connection, Row::of, COLUMNS + " WHERE j.tenant_id = ? AND j.id = ?", account.value(), jobId);
        return views(connection, row).stream().findFirst();
    }

    static Page<JobView> list(Connection connection, AccountId account, @Nullable String cursor, int limit)
            throws SQLException {
        List<Row> rows = Sql.list(
                connection,
                Row::of,
                COLUMNS + " WHERE j.tenant_id = ? AND j.id < ? ORDER BY j.id DESC LIMIT ?",
                account.value(),
                cursor == null ? "~" : cursor,
                limit + 1);
        return Page.of(views(connection, rows), limit, JobView::id);
    }

    private static List<JobView> views(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Object[] ids = Sql.padded(rows.stream().map(Row::id).toList());
        String marks = Sql.marks(ids.length);
        Map<String, JobCounts> counts = counts(connection, marks, ids);
        Set<String> events = new HashSet<>(Sql.list(
                connection,
                one -> one.getString(1),
                "SELECT job_id FROM outbox WHERE published = FALSE AND job_id IN (" + marks + ")",
                ids));
        Map<String, List<String>> causes =
                counts.values().stream().anyMatch(JobCounts::hasCauses) ? causes(connection, marks, ids) : Map.of();
        List<JobView> views = new ArrayList<>();
        for (Row row : rows) {
            JobCounts known = counts.getOrDefault(row.id(), JobCounts.NONE);
            views.add(view(
                    row,
                    known,
                    events.contains(row.id()),
                    known.hasCauses() ? causes.getOrDefault(row.id(), List.of()) : List.of()));
        }
        return views;
    }

    private static Map<String, JobCounts> counts(Connection connection, String marks, Object[] ids)
            throws SQLException {
        Map<String, JobCounts> counts = new HashMap<>();
        Sql.list(
                connection,
                row -> counts.put(row.getString(7), JobCounts.of(row)),
                "SELECT COUNT(*), SUM(CASE WHEN w.state = 'WAITING' THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN w.state = 'PARKED' THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN w.state = 'DEAD' AND d.state IN ('OPEN', 'SUPERSEDED') THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN w.state = 'WAITING' AND (w.attempts > 0 OR (l.owner IS NOT NULL"
                        + " AND l.head_seq = w.seq)) THEN 1 ELSE 0 END), MAX(w.finished_at), w.job_id"
                        + " FROM work w JOIN lane l ON l.lane_key = w.lane_key"
                        + " LEFT JOIN dead d ON d.work_id = w.id WHERE w.job_id IN (" + marks
                        + ") GROUP BY w.job_id",
                ids);
        return counts;
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

    private static JobView view(Row row, JobCounts counts, boolean events, List<String> causes) {
        int open = counts.waiting() + counts.parked();
        Instant finished = counts.finished();
        String outcome = row.outcome();
        return new JobView(
                row.id(),
                row.kind(),
                counts.status(row.cancelled(), events),
                outcome == null ? null : Json.value(outcome),
                row.progress(),
                counts.total() - open,
                counts.total(),
                row.traceId(),
                row.createdAt(),
                finished != null && finished.isAfter(row.updatedAt()) ? finished : row.updatedAt(),
                causes);
    }

    private record Row(
            String id,
            String kind,
            @Nullable String outcome,
            @Nullable String progress,
            @Nullable String traceId,
            boolean cancelled,
            Instant createdAt,
            Instant updatedAt) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getBoolean(6),
                    Sql.time(row, 7),
                    Sql.time(row, 8));
        }
    }
}
