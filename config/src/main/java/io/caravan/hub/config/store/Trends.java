package io.caravan.hub.config.store;

import io.caravan.hub.enrich.trend.KeywordFolder;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Trend;
import io.caravan.hub.model.trend.Volume;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Research cycles and what came of them. A cycle has one run per source; each run is recorded once, whatever happened to
 * it, and when all are, the cycle's signals are merged into trends.
 */
@Component("trends")
public class Trends {

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;
    private final StoreSettings settings;
    private final TrendPages pages;
    private final SourceMeters meters;

    Trends(
            JdbcClient reads,
            Writes writes,
            Clock clock,
            StoreSettings settings,
            TrendPages pages,
            SourceMeters meters) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
        this.settings = settings;
        this.pages = pages;
        this.meters = meters;
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
     * Keeps the trends' newest score and closes the cycle.
     *
     * @throws java.util.ConcurrentModificationException when the cycle is closed already
     */
    public void save(
            @Variable("account") AccountId account, @Variable("cycleId") String cycleId, @Body List<Trend> trends) {
        Instant now = clock.instant();
        List<Trend> given = List.copyOf(trends);
        writes.write("cycle merged", connection -> {
            Sql.guarded(
                    connection,
                    "cycle " + cycleId + " is closed already",
                    "update trend_cycle set finished_at = ?, keywords = ?, fallback = exists (select 1 from source_run r"
                            + " where r.account = trend_cycle.account and r.cycle_id = trend_cycle.id"
                            + " and r.state in ('fallback', 'failed'))"
                            + " where account = ? and id = ? and finished_at is null",
                    now,
                    given.size(),
                    account.value(),
                    cycleId);
            for (Trend trend : given) {
                upsert(connection, trend, cycleId, now);
            }
        });
    }

    private static void upsert(Connection connection, Trend trend, String cycleId, Instant now) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(List.of(
                trend.keyword(),
                trend.score(),
                Json.text(trend.reasons()),
                " " + String.join(" ", trend.sources()) + " ",
                trend.fallback(),
                Json.text(trend.context()),
                cycleId,
                trend.observedAt(),
                now));
        values.add(trend.account().value());
        values.add(trend.id());
        int known = Sql.update(
                connection,
                "update trend set keyword = ?, score = ?, reasons = ?, sources = ?, fallback = ?, context = ?, cycle_id = ?,"
                        + " observed_at = ?, updated_at = ? where account = ? and id = ?",
                values.toArray());
        if (known == 0) {
            values.add(now);
            Sql.update(
                    connection,
                    "insert into trend (keyword, score, reasons, sources, fallback, context, cycle_id, observed_at,"
                            + " updated_at, account, id, first_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    values.toArray());
        }
    }

    /**
     * Takes the best trends that no idea was asked for lately, as payloads of {@code idea.create}. They are taken in the
     * unit that asks for the ideas: of two choices at once the later one fails as a whole and takes the next when it runs
     * again.
     *
     * @param minScore 0 when absent
     * @param most how many, 10 when absent
     * @throws java.util.ConcurrentModificationException (in a unit: when it commits) for a trend that was taken meanwhile
     */
    public List<Map<String, Object>> topForIdeas(
            @Variable("account") AccountId account,
            @Variable("minScore") @Nullable Integer minScore,
            @Variable("most") @Nullable Integer most) {
        Instant now = clock.instant();
        Instant since = now.minus(settings.ideas().againAfter());
        List<Map<String, Object>> chosen = reads.sql("select t.id, (select coalesce(max(i.generation), 0) from idea i"
                        + " where i.account = t.account and i.trend_id = t.id) as last_generation from trend t"
                        + " where t.account = ? and t.score >= ? and (t.chosen_at is null or t.chosen_at <= ?)"
                        + " and not exists (select 1 from idea i"
                        + " where i.account = t.account and i.trend_id = t.id and i.created_at > ?)"
                        + " order by t.score desc, t.id limit ?")
                .params(
                        account.value(),
                        minScore == null ? 0 : minScore,
                        Sql.time(since),
                        Sql.time(since),
                        most == null ? 10 : most)
                .query((row, n) -> Ideas.payload(account, row.getString("id"), row.getInt("last_generation") + 1))
                .list();
        for (Map<String, Object> payload : chosen) {
            String id = Item.id(payload, "trend_id");
            writes.write(
                    "trend chosen",
                    connection -> Sql.guarded(
                            connection,
                            "trend " + id + " was chosen meanwhile",
                            "update trend set chosen_at = ? where account = ? and id = ?"
                                    + " and (chosen_at is null or chosen_at <= ?)",
                            now,
                            account.value(),
                            id,
                            since));
        }
        return chosen;
    }

    /**
     * @param payload with {@code trend_id}
     * @throws NoSuchElementException when the account has no such trend
     */
    public Trend load(@Variable("account") AccountId account, @Body Map<String, Object> payload) {
        String id = Item.id(payload, "trend_id");
        return reads.sql("select * from trend where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> trend(account, row))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no trend " + id));
    }

    private static Trend trend(AccountId account, ResultSet row) throws SQLException {
        return new Trend(
                row.getString("id"),
                account,
                row.getString("keyword"),
                row.getInt("score"),
                Json.list(row.getString("reasons")).stream()
                        .map(reason -> Json.as(reason, Reason.class))
                        .toList(),
                List.of(row.getString("sources").strip().split(" ")),
                row.getBoolean("fallback"),
                Json.texts(row.getString("context")),
                Objects.requireNonNull(Sql.instant(row, "observed_at")));
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

    /** For the API: one page, best score first. */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> query) {
        return pages.page(account, Query.of(query));
    }

    /** For the API. */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return pages.get(account, Item.id(path, "id"));
    }

    /** For the API: every configured source and how its last run went. */
    public Map<String, Object> sources(@Variable("account") AccountId account) {
        return pages.sources(account);
    }
}
