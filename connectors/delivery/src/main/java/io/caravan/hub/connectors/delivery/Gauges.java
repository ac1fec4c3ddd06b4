package io.caravan.hub.connectors.delivery;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What only the database knows, read every few seconds: oldest work, dead letters, closed gates, budgets. */
final class Gauges {

    private final Db db;
    private final MultiGauge oldest;
    private final MultiGauge dead;
    private final MultiGauge closed;
    private final MultiGauge remaining;

    Gauges(Db db, Lanes lanes, MeterRegistry meters) {
        this.db = db;
        oldest = MultiGauge.builder("hub_work_oldest_seconds")
                .description("age of the oldest due item")
                .register(meters);
        dead = MultiGauge.builder("hub_dlq_depth")
                .description("open dead letters")
                .register(meters);
        closed = MultiGauge.builder("hub_gate_closed")
                .description("accounts whose gate to this vendor is closed")
                .register(meters);
        remaining = MultiGauge.builder("hub_budget_remaining")
                .description("least that any account has left")
                .register(meters);
        FunctionCounter.builder("hub_fence_refused_total", lanes, Lanes::refused)
                .description("writes of stale owners that were stopped")
                .register(meters);
    }

    void read() {
        db.run("gauges", connection -> {
            Instant now = Sql.now(connection);
            oldest.register(
                    Sql.list(
                            connection,
                            row -> Row.of(
                                    Tags.of("type", row.getString(1)),
                                    Math.max(
                                            0,
                                            Duration.between(Sql.time(row, 2), now)
                                                            .toMillis()
                                                    / 1000.0)),
                            "SELECT next_type, MIN(next_due) FROM lane WHERE next_type IS NOT NULL GROUP BY next_type"),
                    true);
            dead.register(
                    rows(Sql.list(
                            connection,
                            row -> one(row, "cause"),
                            "SELECT cause, COUNT(*) FROM dead WHERE state = 'OPEN' GROUP BY cause")),
                    true);
            closed.register(
                    rows(Sql.list(
                            connection,
                            row -> one(row, "vendor"),
                            "SELECT vendor, COUNT(*) FROM vendor_gate WHERE not_before > CURRENT_TIMESTAMP"
                                    + " GROUP BY vendor")),
                    true);
            remaining.register(
                    Sql.list(
                            connection,
                            row -> budget(row.getString(1), row.getLong(2)),
                            "SELECT bucket, MIN(cap - held - CASE WHEN window_end > CURRENT_TIMESTAMP THEN used ELSE 0"
                                    + " END) FROM quota WHERE cap < ? GROUP BY bucket",
                            Long.MAX_VALUE),
                    true);
        });
    }

    private static List<Row<?>> rows(List<Row<Number>> rows) {
        return List.copyOf(rows);
    }

    private static Row<Number> one(ResultSet row, String tag) throws SQLException {
        return Row.of(Tags.of(tag, row.getString(1)), row.getLong(2));
    }

    private static Row<Number> budget(String bucket, long left) {
        int cut = bucket.indexOf('/') >= 0 ? bucket.indexOf('/') : bucket.indexOf('.');
        String vendor = cut < 0 ? bucket : bucket.substring(0, cut);
        return Row.of(Tags.of("vendor", vendor, "window", cut < 0 ? "" : bucket.substring(cut + 1)), Math.max(0, left));
    }
}
