package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.trend.Reason;
import io.caravan.hub.model.trend.Trend;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a cycle's signals came to: keywords with their newest score, and which of them become ideas. */
@Component("trends")
public class Trends {

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;
    private final StoreSettings settings;

    Trends(JdbcClient reads, Writes writes, Clock clock, StoreSettings settings) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
        this.settings = settings;
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
}
