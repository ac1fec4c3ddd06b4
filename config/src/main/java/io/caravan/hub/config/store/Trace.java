package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The whole story of a trend, idea, image, listing or import: the polls that saw it or the supplier that has it, the
 * journal's lines, each effect at a vendor with its tries and cost, an import's events, and work that waits for a person.
 */
@Component("trace")
public class Trace {

    private static final int MOST_SIGNALS = 10;
    private static final int MOST_STEPS = 500;

    private final JdbcClient reads;

    private final TraceOfImport imports;

    public Trace(JdbcClient reads) {
        this.reads = reads;
        this.imports = new TraceOfImport(reads);
    }

    /**
     * @param path with {@code id}
     * @return {@code {subject, lineage, steps, totals: {duration_ms, cost_micros}}}
     * @throws java.util.NoSuchElementException when the account has no such thing
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        Lineage lineage = Lineage.of(reads, account, Item.id(path, "id"));
        List<TraceStep> steps = new ArrayList<>();
        List<Map<String, Object>> nodes = new ArrayList<>();
        research(account, lineage, nodes, steps);
        lineage.nodes().forEach(node -> nodes.add(node.view()));
        steps.addAll(journal(account, lineage));
        if (lineage.subject().kind().equals("import")) {
            imports.around(account, lineage.subject(), nodes);
            steps.addAll(imports.priced(account, lineage.subject()));
            steps.addAll(imports.events(account, lineage.subject()));
        }
        steps.addAll(effects(account, lineage));
        steps.addAll(stuck(account, lineage));
        steps.sort(Comparator.comparing(TraceStep::at));
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("subject", lineage.subject().view());
        story.put("lineage", nodes);
        story.put("steps", steps.stream().map(TraceStep::view).toList());
        story.put("totals", totals(steps));
        return story;
    }

    /** The signals behind the trend and the polls that brought them. */
    private void research(AccountId account, Lineage lineage, List<Map<String, Object>> nodes, List<TraceStep> steps) {
        Lineage.Node trend = lineage.nodes().get(0);
        String cycle = lineage.cycleId();
        if (!trend.kind().equals("trend") || cycle == null) {
            return;
        }
        reads.sql("select r.source, r.state, r.fetched, r.accepted, r.cost_micros, r.started_at, r.finished_at,"
                        + " count(s.seq) as seen from source_run r join signal s on s.account = r.account"
                        + " and s.cycle_id = r.cycle_id and s.source = r.source and s.trend_id = ?"
                        + " where r.account = ? and r.cycle_id = ? group by r.source, r.state, r.fetched, r.accepted,"
                        + " r.cost_micros, r.started_at, r.finished_at order by r.source")
                .params(trend.id(), account.value(), cycle)
                .query((row, n) -> {
                    String said = row.getInt("seen") + " of " + row.getInt("accepted") + " signals from "
                            + row.getInt("fetched") + " rows";
                    Instant started = time(row, "started_at");
                    Instant at = time(row, "finished_at");
                    String source = row.getString("source");
                    nodes.add(new Lineage.Node("source", source, row.getString("state"), said, at.toString()).view());
                    long share = row.getLong("cost_micros") * row.getInt("seen") / Math.max(1, row.getInt("accepted"));
                    steps.add(TraceStep.of(at, "trend.polled", trend)
                            .took(Duration.between(started, at))
                            .cost(share)
                            .ended(row.getString("state"), source + ": " + said));
                    return source;
                })
                .list();
        reads.sql("select origin, external_id, keyword, observed_at from signal where account = ? and trend_id = ?"
                        + " and cycle_id = ? order by volume desc, source, seq limit " + MOST_SIGNALS)
                .params(account.value(), trend.id(), cycle)
                .query((row, n) -> nodes.add(new Lineage.Node(
                                "signal",
                                row.getString("external_id"),
                                null,
                                row.getString("origin") + ": " + row.getString("keyword"),
                                Sql.at(row, "observed_at"))
                        .view()))
                .list();
        reads.sql("select c.finished_at, (select max(r.finished_at) from source_run r where r.account = c.account"
                        + " and r.cycle_id = c.id) as polled_at, t.score, t.reasons, t.cycle_id from trend_cycle c"
                        + " join trend t on t.account = c.account and t.id = ?"
                        + " where c.account = ? and c.id = ? and c.finished_at is not null")
                .params(trend.id(), account.value(), cycle)
                .query((row, n) -> steps.add(scored(row, trend, cycle)))
                .list();
    }

    private static TraceStep scored(ResultSet row, Lineage.Node trend, String cycle) throws SQLException {
        Instant at = time(row, "finished_at");
        Instant polled = Sql.instant(row, "polled_at");
        List<String> reasons = Json.list(row.getString("reasons")).stream()
                .map(reason -> String.valueOf(((Map<?, ?>) reason).get("text")))
                .toList();
        String said = cycle.equals(row.getString("cycle_id"))
                ? "score " + row.getInt("score") + ": " + String.join("; ", reasons)
                : "scored again since, now " + row.getInt("score");
        return TraceStep.of(at, "trend.scored", trend)
                .took(Duration.between(polled == null ? at : polled, at))
                .ended("done", said);
    }

    private List<TraceStep> journal(AccountId account, Lineage lineage) {
        return reads.sql("select * from journal where account = :account and subject_id in (:ids) order by seq limit "
                        + MOST_STEPS)
                .param("account", account.value())
                .param("ids", lineage.ids())
                .query((row, n) -> TraceStep.of(
                                time(row, "at"), row.getString("step"), lineage.node(row.getString("subject_id")))
                        .took(Duration.ofMillis(row.getLong("duration_ms")))
                        .cost(row.getLong("cost_micros"))
                        .ended(row.getString("outcome"), row.getString("reason")))
                .list();
    }

    /** Effects made for these things; those that only share the trend are told in the trend's own story. */
    private List<TraceStep> effects(AccountId account, Lineage lineage) {
        List<String> traces = lineage.subject().kind().equals("trend")
                ? lineage.ids()
                : lineage.nodes().stream()
                        .filter(node -> !node.kind().equals("trend"))
                        .map(Lineage.Node::id)
                        .toList();
        return reads.sql("select vendor, operation, business_key, trace_id, phase, attempts, sent_at, http_status,"
                        + " last_error, cost_micros, created_at, updated_at from effect where tenant_id = :account"
                        + " and (business_key in (:ids) or trace_id in (:traces)) order by created_at limit "
                        + MOST_STEPS)
                .param("account", account.value())
                .param("ids", lineage.ids())
                .param("traces", traces)
                .query((row, n) -> effect(row, lineage))
                .list();
    }

    private static TraceStep effect(ResultSet row, Lineage lineage) throws SQLException {
        String key = row.getString("business_key");
        Lineage.Node subject = lineage.node(lineage.ids().contains(key) ? key : row.getString("trace_id"));
        Instant at = time(row, "updated_at");
        Instant sent = Sql.instant(row, "sent_at");
        int status = row.getInt("http_status");
        String vendor = row.getString("vendor");
        return TraceStep.of(at, vendor + "." + row.getString("operation"), subject)
                .took(Duration.between(sent == null ? time(row, "created_at") : sent, at))
                .cost(row.getLong("cost_micros"))
                .ended(row.getString("phase").toLowerCase(Locale.ROOT), row.getString("last_error"))
                .by(vendor, row.getInt("attempts"), status);
    }

    /** Work on these things that is not done: parked, dead, or put off with a reason. */
    private List<TraceStep> stuck(AccountId account, Lineage lineage) {
        List<String> lanes =
                lineage.ids().stream().map(id -> account.value() + "|" + id).toList();
        return reads.sql("select type, lane_key, state, attempts, reason, created_at, finished_at from work"
                        + " where tenant_id = :account and lane_key in (:lanes) and (state in ('PARKED', 'DEAD')"
                        + " or (state = 'WAITING' and reason is not null)) order by created_at limit " + MOST_STEPS)
                .param("account", account.value())
                .param("lanes", lanes)
                .query((row, n) -> {
                    Instant created = time(row, "created_at");
                    Instant finished = Sql.instant(row, "finished_at");
                    String lane = row.getString("lane_key");
                    return TraceStep.of(
                                    finished == null ? created : finished,
                                    row.getString("type"),
                                    lineage.node(lane.substring(lane.indexOf('|') + 1)))
                            .took(Duration.between(created, finished == null ? created : finished))
                            .ended(row.getString("state").toLowerCase(Locale.ROOT), row.getString("reason"))
                            .by(null, row.getInt("attempts"), 0);
                })
                .list();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column), column);
    }

    /** From the first step's begin to the last step's end, as a clock on the wall saw it; and what all steps cost. */
    private static Map<String, Object> totals(List<TraceStep> steps) {
        long cost = steps.stream().mapToLong(TraceStep::costMicros).sum();
        Instant begin = steps.stream()
                .map(step -> step.at().minusMillis(step.durationMs()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant end =
                steps.stream().map(TraceStep::at).max(Comparator.naturalOrder()).orElse(begin);
        return Map.of("duration_ms", Duration.between(begin, end).toMillis(), "cost_micros", cost);
    }
}
