package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Research cycles. A cycle has one run per source; each run is recorded once, whatever happened to it
 * ({@link SourceRuns}), and when all are, the cycle's signals are merged into trends ({@link Trends}).
 */
@Component("cycles")
public class Cycles {

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;
    private final StoreSettings settings;

    Cycles(JdbcClient reads, Writes writes, Clock clock, StoreSettings settings) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Opens a cycle with a waiting run for each source.
     *
     * @param workId makes the cycle's id, so that a work item that runs again opens the same cycle; in a request null
     * @param request {@code {sources: [..]}} or {@code {source: ..}}; nothing stands for every configured source
     * @return {@code {cycle_id, sources, polls: [{cycle_id, source}, ..]}}; each poll is a payload of {@code trend.poll}
     * @throws IllegalArgumentException for a source that is not configured
     */
    public Map<String, Object> begin(
            @Variable("account") AccountId account,
            @Variable("jobId") @Nullable String jobId,
            @Variable("workId") @Nullable String workId,
            @Body @Nullable Object request) {
        List<String> sources = requested(request);
        String seed = workId == null ? UUID.randomUUID().toString() : workId;
        String cycle = Refs.of(account.value(), "cycle", seed);
        Instant now = clock.instant();
        writes.write("cycle begun", connection -> {
            Sql.update(
                    connection,
                    "insert into trend_cycle (account, id, job_id, sources, started_at) values (?, ?, ?, ?, ?)"
                            + " on conflict do nothing",
                    account.value(),
                    cycle,
                    jobId,
                    Json.text(sources),
                    now);
            for (String source : sources) {
                Sql.update(
                        connection,
                        "insert into source_run (account, cycle_id, source, state, rejected, started_at)"
                                + " values (?, ?, ?, 'waiting', '{}', ?) on conflict do nothing",
                        account.value(),
                        cycle,
                        source,
                        now);
            }
        });
        Map<String, Object> begun = new LinkedHashMap<>();
        begun.put("cycle_id", cycle);
        begun.put("sources", sources);
        begun.put(
                "polls",
                sources.stream()
                        .map(source -> Map.of("cycle_id", cycle, "source", source))
                        .toList());
        return begun;
    }

    /**
     * What a refresh asks for, checked: payload of {@code trend.refresh}.
     *
     * @param request {@code {sources: [..]}} or nothing for every configured source
     * @throws IllegalArgumentException for a source that is not configured
     */
    public Map<String, Object> wanted(@Body @Nullable Object request) {
        return new LinkedHashMap<>(Map.of("sources", requested(request)));
    }

    private List<String> requested(@Nullable Object request) {
        if (!(request instanceof Map<?, ?> map) || map.isEmpty()) {
            return settings.sources();
        }
        Object asked = map.containsKey("source") ? List.of(String.valueOf(map.get("source"))) : map.get("sources");
        if (!(asked instanceof List<?> list) || list.isEmpty()) {
            return settings.sources();
        }
        List<String> sources = list.stream().map(String::valueOf).distinct().toList();
        sources.forEach(source -> {
            if (!settings.sources().contains(source)) {
                throw new IllegalArgumentException("sources: there is no source " + Checks.id("source", source)
                        + "; there are " + String.join(", ", settings.sources()));
            }
        });
        return sources;
    }

    /** Whether every run of the cycle is recorded and nobody has merged it yet. */
    public boolean cycleComplete(@Variable("account") AccountId account, @Variable("cycleId") String cycleId) {
        return reads.sql("select count(*) from trend_cycle c where c.account = ? and c.id = ? and c.finished_at is null"
                                + " and not exists (select 1 from source_run r where r.account = c.account"
                                + " and r.cycle_id = c.id and r.state = 'waiting')")
                        .params(account.value(), cycleId)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /** The cycle's signals of all sources, in the order in which the sources sent them. */
    public List<Signal> signalsOf(@Variable("account") AccountId account, @Variable("cycleId") String cycleId) {
        return reads.sql("select * from signal where account = ? and cycle_id = ? order by source, seq")
                .params(account.value(), cycleId)
                .query((row, n) -> signal(row))
                .list();
    }

    private static Signal signal(ResultSet row) throws SQLException {
        return new Signal(
                row.getString("origin"),
                row.getString("external_id"),
                row.getString("keyword"),
                Volume.valueOf(row.getString("unit")),
                row.getLong("volume"),
                row.getLong("interactions"),
                row.getString("region"),
                Json.texts(row.getString("context")),
                Objects.requireNonNull(Sql.instant(row, "observed_at")));
    }

    /**
     * Cycles of all accounts that are open for longer than their deadline, the oldest first.
     *
     * @return {@code account} (an {@link AccountId}) and {@code cycle_id}
     */
    public List<Map<String, Object>> overdue() {
        return reads.sql("select account, id from trend_cycle where finished_at is null and started_at < ?"
                        + " order by started_at limit 100")
                .param(Sql.time(clock.instant().minus(settings.trends().deadline())))
                .query((row, n) -> Map.<String, Object>of(
                        "account", new AccountId(row.getString("account")), "cycle_id", row.getString("id")))
                .list();
    }

    /**
     * Ends an overdue cycle: sources that have not answered count as failed, and what the others gave is merged. Where
     * even the merge did not come about, the cycle is closed without trends after a second deadline.
     *
     * @param item with {@code cycle_id}
     * @return payload of {@code trend.merge}, null when there is nothing to merge
     */
    public @Nullable Map<String, Object> expire(
            @Variable("account") AccountId account, @Body Map<String, Object> item) {
        String cycleId = Item.id(item, "cycle_id");
        Instant now = clock.instant();
        if (waits(account, cycleId)) {
            writes.write(
                    "cycle overdue",
                    connection -> Sql.update(
                            connection,
                            "update source_run set state = 'failed', failure = ?, finished_at = ? where account = ?"
                                    + " and cycle_id = ? and state = 'waiting'",
                            Json.text(Failures.late()),
                            now,
                            account.value(),
                            cycleId));
            return new LinkedHashMap<>(Map.of("cycle_id", cycleId));
        }
        Instant secondDeadline = now.minus(settings.trends().deadline().multipliedBy(2));
        writes.write(
                "cycle closed without trends",
                connection -> Sql.update(
                        connection,
                        "update trend_cycle set finished_at = ?, fallback = true where account = ? and id = ?"
                                + " and finished_at is null and started_at < ?",
                        now,
                        account.value(),
                        cycleId,
                        secondDeadline));
        return null;
    }

    private boolean waits(AccountId account, String cycleId) {
        return reads.sql("select count(*) from source_run r join trend_cycle c on c.account = r.account"
                                + " and c.id = r.cycle_id where r.account = ? and r.cycle_id = ? and r.state = 'waiting'"
                                + " and c.finished_at is null")
                        .params(account.value(), cycleId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Deletes signals, runs and cycles that are older than the retention, of all accounts. Trends stay.
     *
     * @return the number of cycles deleted
     */
    public int prune() {
        Instant before = clock.instant().minus(settings.trends().keepSignals());
        int[] gone = new int[1];
        writes.write("old signals deleted", connection -> {
            String old = "(select 1 from trend_cycle c where c.account = %1$s.account and c.id = %1$s.cycle_id"
                    + " and c.started_at < ?)";
            Sql.update(connection, "delete from signal where exists " + old.formatted("signal"), before);
            Sql.update(connection, "delete from source_run where exists " + old.formatted("source_run"), before);
            gone[0] = Sql.update(connection, "delete from trend_cycle where started_at < ?", before);
        });
        return gone[0];
    }
}
