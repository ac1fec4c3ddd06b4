package io.caravan.hub.config.store;

import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How one source did in one cycle, and the signals that it gave. */
@Component("sourceRuns")
public class SourceRuns {

    private final Writes writes;
    private final Clock clock;
    private final SourceMeters meters;

    SourceRuns(Writes writes, Clock clock, SourceMeters meters) {
        this.writes = writes;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Records what a poll gave: {@code ok}, {@code fallback} (signals from elsewhere because the source failed) or
     * {@code failed} (no signals at all). Recording the same run again replaces it.
     *
     * @param fallback true when the batch is the fallback's
     * @param batch a {@link SignalBatch}; anything else means that there is none
     * @param failure why the source failed; read only with {@code fallback} or without a batch
     */
    public void recordRun(
            @Variable("account") AccountId account,
            @Variable("cycleId") String cycleId,
            @Variable("source") String source,
            @Variable("fallback") @Nullable Boolean fallback,
            @Variable("costMicros") @Nullable Long costMicros,
            @Body @Nullable Object batch,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Exception failure,
            @Simple(Journal.BEGAN) long began) {
        SignalBatch given =
                batch instanceof SignalBatch signals ? signals : new SignalBatch(source, 0, List.of(), Map.of());
        boolean fell = Boolean.TRUE.equals(fallback);
        String state = !(batch instanceof SignalBatch) ? "failed" : fell ? "fallback" : "ok";
        Map<String, Object> cause = fell && failure == null ? Failures.circuitOpen() : Failures.of(failure);
        String why = state.equals("ok") ? null : Json.text(cause);
        writes.write("run of " + source, connection -> {
            settle(connection, account, cycleId, source, state, given, why, costMicros == null ? 0 : costMicros, began);
            insert(connection, account, cycleId, source, given.signals());
        });
        meters.polled(source, state, given);
    }

    /** Records that a source was not asked, and why: {@code no connection}. */
    public void recordOff(
            @Variable("account") AccountId account,
            @Variable("cycleId") String cycleId,
            @Variable("source") String source,
            @Variable("reason") @Nullable String reason) {
        SignalBatch none = new SignalBatch(source, 0, List.of(), Map.of());
        String why = Json.text(Map.of("kind", "off", "message", reason == null ? "switched off" : reason));
        writes.write(
                "run of " + source,
                connection -> settle(connection, account, cycleId, source, "off", none, why, 0, clock.millis()));
        meters.polled(source, "off", none);
    }

    /**
     * Records that a poll went to the dead letters, and why: the cycle goes on without the source.
     *
     * @param item payload of {@code trend.poll} with {@code cause} and {@code reason}
     */
    public void recordLost(@Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        String source = Item.id(item, "source");
        String cycleId = Item.id(item, "cycle_id");
        SignalBatch none = new SignalBatch(source, 0, List.of(), Map.of());
        String why = Json.text(Failures.lost(item.get("cause"), item.get("reason")));
        writes.write(
                "run of " + source,
                connection -> settle(connection, account, cycleId, source, "failed", none, why, 0, clock.millis()));
        meters.polled(source, "failed", none);
    }

    private void settle(
            Connection connection,
            AccountId account,
            String cycleId,
            String source,
            String state,
            SignalBatch batch,
            @Nullable String failure,
            long costMicros,
            long began)
            throws SQLException {
        Sql.update(
                connection,
                "delete from signal where account = ? and cycle_id = ? and source = ?",
                account.value(),
                cycleId,
                source);
        int known = Sql.update(
                connection,
                "update source_run set state = ?, fetched = ?, accepted = ?, rejected = ?, failure = ?, cost_micros = ?,"
                        + " started_at = ?, finished_at = ? where account = ? and cycle_id = ? and source = ?",
                state,
                batch.rows(),
                batch.signals().size(),
                Json.text(batch.rejected()),
                failure,
                costMicros,
                Instant.ofEpochMilli(began),
                clock.instant(),
                account.value(),
                cycleId,
                source);
        if (known == 0) {
            throw new NoSuchElementException("there is no cycle " + cycleId + " with the source " + source);
        }
    }

    private static void insert(
            Connection connection, AccountId account, String cycleId, String source, List<Signal> signals)
            throws SQLException {
        String sql = "insert into signal (account, cycle_id, source, seq, origin, external_id, keyword, trend_id, unit,"
                + " volume, interactions, region, context, observed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int seq = 0;
            for (Signal signal : signals) {
                Sql.bind(
                        statement,
                        account.value(),
                        cycleId,
                        source,
                        seq++,
                        signal.source(),
                        signal.externalId(),
                        signal.keyword(),
                        KeywordFolder.trendId(account, signal.keyword()),
                        signal.unit().name(),
                        signal.volume(),
                        signal.interactions(),
                        signal.region(),
                        Json.text(signal.context()),
                        signal.observedAt());
                statement.addBatch();
            }
            if (seq > 0) {
                statement.executeBatch();
            }
        }
    }
}
