package io.caravan.hub.config.store;

import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.model.trend.SignalBatch;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What polls gave, counted once their run is committed: {@code hub_source_polls_total{source,outcome}}, {@code
 * hub_signals_total{source}} and {@code hub_rows_rejected_total{source,reason}}. The fallback's signals count for the
 * fallback.
 */
@Component
class SourceMeters {

    private final MeterRegistry meters;

    SourceMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param outcome ok, fallback, failed or off */
    void polled(String source, String outcome, SignalBatch batch) {
        Unit unit = Unit.current();
        if (unit == null) {
            count(source, outcome, batch);
        } else {
            unit.afterCommit(() -> count(source, outcome, batch));
        }
    }

    private void count(String source, String outcome, SignalBatch batch) {
        meters.counter("hub.source.polls", "source", source, "outcome", outcome).increment();
        meters.counter("hub.signals", "source", batch.source())
                .increment(batch.signals().size());
        batch.rejected()
                .forEach((reason, rows) -> meters.counter(
                                "hub.rows.rejected", "source", batch.source(), "reason", reason)
                        .increment(rows));
    }
}
