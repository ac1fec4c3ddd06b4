package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** For the API: trends and their sources. */
@Component("trendPages")
public class TrendPages {

    private static final String COLUMNS =
            "select id, keyword, score, reasons, sources, fallback, observed_at from trend";

    private record Row(Cursor end, Map<String, Object> view) {}

    private final JdbcClient reads;
    private final StoreSettings settings;
    private final SourceState state;

    TrendPages(JdbcClient reads, StoreSettings settings, SourceState state) {
        this.reads = reads;
        this.settings = settings;
        this.state = state;
    }

    /** One page, best score first. */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> asked) {
        Query query = Query.of(asked);
        StringBuilder sql = new StringBuilder(COLUMNS + " where account = ?");
        List<Object> parameters = new ArrayList<>(List.of(account.value()));
        int minScore = query.number("min_score", 0);
        if (minScore > 0) {
            sql.append(" and score >= ?");
            parameters.add(minScore);
        }
        String source = query.text("source");
        if (source != null) {
            sql.append(" and sources like ? escape '!'");
            parameters.add(Sql.contains(" " + source + " "));
        }
        String text = query.text("q");
        if (text != null) {
            sql.append(" and lower(keyword) like ? escape '!'");
            parameters.add(Sql.contains(text.toLowerCase(Locale.ROOT)));
        }
        Cursor after = query.cursor();
        if (after != null) {
            sql.append(" and (score < ? or (score = ? and id > ?))");
            parameters.addAll(List.of(after.key(), after.key(), after.id()));
        }
        sql.append(" order by score desc, id limit ?");
        parameters.add(query.limit() + 1);
        List<Row> rows = reads.sql(sql.toString())
                .params(parameters)
                .query((row, n) -> new Row(new Cursor(row.getLong("score"), row.getString("id")), view(row)))
                .list();
        return query.page(rows, Row::view, Row::end);
    }

    /**
     * @param path with {@code id}
     * @throws NoSuchElementException when the account has no such trend
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        String id = Item.id(path, "id");
        return reads.sql(COLUMNS + " where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> view(row))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no trend " + id));
    }

    private static Map<String, Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("keyword", row.getString("keyword"));
        view.put("score", row.getInt("score"));
        view.put("reasons", Json.list(row.getString("reasons")));
        view.put("sources", List.of(row.getString("sources").strip().split(" ")));
        view.put("fallback", row.getBoolean("fallback"));
        view.put("observed_at", Sql.at(row, "observed_at"));
        return view;
    }

    /** Every configured source, and those that ran without being configured any more. */
    public Map<String, Object> sources(@Variable("account") AccountId account) {
        Map<String, Map<String, Object>> runs = reads
                .sql("select r.* from source_run r where r.account = ?"
                        + " and not exists (select 1 from source_run later where later.account = r.account"
                        + " and later.source = r.source and (later.started_at > r.started_at"
                        + " or (later.started_at = r.started_at and later.cycle_id > r.cycle_id)))"
                        + " order by r.source")
                .param(account.value())
                .query((row, n) -> run(row))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        run -> (String) run.get("source"), Function.identity(), (a, b) -> a, LinkedHashMap::new));
        settings.sources().forEach(source -> runs.computeIfAbsent(source, TrendPages::never));
        List<Map<String, Object>> items = new ArrayList<>();
        runs.forEach((source, run) -> {
            Map<String, @Nullable Object> item = new LinkedHashMap<>(run);
            Instant next = state.nextRun(source);
            item.put("circuit", state.circuit(source));
            item.put("next_run_at", next == null ? null : next.toString());
            items.add(item);
        });
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("next", null);
        return page;
    }

    private static Map<String, Object> never(String source) {
        return Map.of("source", source, "state", "never", "fetched", 0, "accepted", 0, "rejected", Map.of());
    }

    private static Map<String, Object> run(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("source", row.getString("source"));
        run.put("state", row.getString("state"));
        run.put("cycle_id", row.getString("cycle_id"));
        run.put("started_at", Sql.at(row, "started_at"));
        run.put("finished_at", Sql.at(row, "finished_at"));
        run.put("fetched", row.getInt("fetched"));
        run.put("accepted", row.getInt("accepted"));
        run.put("rejected", Json.map(row.getString("rejected")));
        run.put("failure", Json.map(row.getString("failure")));
        return run;
    }
}
