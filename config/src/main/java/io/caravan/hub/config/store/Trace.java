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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The whole story of a trend, idea, image or listing: the polls that saw it, the journal's lines, each effect at a vendor
 * with its tries and cost, and work that waits for a person.
 */
@Component("trace")
public class Trace {

    private static final int MOST_SIGNALS = 10;
    private static final int MOST_STEPS = 500;

    private final JdbcClient reads;

    public Trace(JdbcClient reads) {
        this.reads = reads;
    }

    /**
     * @param path with {@code id}
     * @return {@code {subject, lineage, steps, totals: {duration_ms, cost_micros}}}
     * @throws java.util.NoSuchElementException when the account has no such thing
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        Lineage lineage = Lineage.of(reads, account, Item.id(path, "id"));
        List<Step> steps = new ArrayList<>();
        List<Map<String, Object>> nodes = new ArrayList<>();
        research(account, lineage, nodes, steps);
        lineage.nodes().forEach(node -> nodes.add(node.view()));
        steps.addAll(journal(account, lineage));
        steps.addAll(effects(account, lineage));
        steps.addAll(stuck(account, lineage));
        steps.sort(Comparator.comparing(Step::at));
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("subject", lineage.subject().view());
        story.put("lineage", nodes);
        story.put("steps", steps.stream().map(Step::view).toList());
        story.put("totals", totals(steps));
        return story;
    }

    /** The signals behind the trend and the polls that brought them. */
    private void research(AccountId account, Lineage lineage, List<Map<String, Object>> nodes, List<Step> steps) {
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
                    steps.add(Step.of(at, "trend.polled", trend)
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

    private static Step scored(ResultSet row, Lineage.Node trend, String cycle) throws SQLException {
        Instant at = time(row, "finished_at");
        Instant polled = Sql.instant(row, "polled_at");
        List<String> reasons = Json.list(row.getString("reasons")).stream()
                .map(reason -> String.valueOf(((Map<?, ?>) reason).get("text")))
                .toList();
        String said = cycle.equals(row.getString("cycle_id"))
                ? "score " + row.getInt("score") + ": " + String.join("; ", reasons)
                : "scored again since, now " + row.getInt("score");
        return Step.of(at, "trend.scored", trend)
                .took(Duration.between(polled == null ? at : polled, at))
                .ended("done", said);
    }

    private List<Step> journal(AccountId account, Lineage lineage) {
        return reads.sql("select * from journal where account = :account and subject_id in (:ids) order by seq limit "
                        + MOST_STEPS)
                .param("account", account.value())
                .param("ids", lineage.ids())
                .query((row, n) -> Step.of(
                                time(row, "at"), row.getString("step"), lineage.node(row.getString("subject_id")))
                        .took(Duration.ofMillis(row.getLong("duration_ms")))
                        .cost(row.getLong("cost_micros"))
                        .ended(row.getString("outcome"), row.getString("reason")))
                .list();
    }

    /** Effects made for these things; those that only share the trend are told in the trend's own story. */
    private List<Step> effects(AccountId account, Lineage lineage) {
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

    private static Step effect(ResultSet row, Lineage lineage) throws SQLException {
        String key = row.getString("business_key");
        Lineage.Node subject = lineage.node(lineage.ids().contains(key) ? key : row.getString("trace_id"));
        Instant at = time(row, "updated_at");
        Instant sent = Sql.instant(row, "sent_at");
        int status = row.getInt("http_status");
        String vendor = row.getString("vendor");
        return Step.of(at, vendor + "." + row.getString("operation"), subject)
                .took(Duration.between(sent == null ? time(row, "created_at") : sent, at))
                .cost(row.getLong("cost_micros"))
                .ended(row.getString("phase").toLowerCase(Locale.ROOT), row.getString("last_error"))
                .by(vendor, row.getInt("attempts"), status);
    }

    /** Work on these things that is not done: parked, dead, or put off with a reason. */
    private List<Step> stuck(AccountId account, Lineage lineage) {
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
                    return Step.of(
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
    private static Map<String, Object> totals(List<Step> steps) {
        long cost = steps.stream().mapToLong(Step::costMicros).sum();
        Instant begin = steps.stream()
                .map(step -> step.at().minusMillis(step.durationMs()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Instant end =
                steps.stream().map(Step::at).max(Comparator.naturalOrder()).orElse(begin);
        return Map.of("duration_ms", Duration.between(begin, end).toMillis(), "cost_micros", cost);
    }

    /** One line of the story. */
    private record Step(
            Instant at,
            String step,
            Lineage.Node subject,
            long durationMs,
            long costMicros,
            String outcome,
            String reason,
            Map<String, Object> more) {

        static Step of(Instant at, String step, Lineage.Node subject) {
            return new Step(at, step, subject, 0, 0, "done", "", Map.of());
        }

        Step took(Duration duration) {
            return new Step(at, step, subject, Math.max(0, duration.toMillis()), costMicros, outcome, reason, more);
        }

        Step cost(long micros) {
            return new Step(at, step, subject, durationMs, micros, outcome, reason, more);
        }

        Step ended(String how, @Nullable String why) {
            return new Step(at, step, subject, durationMs, costMicros, how, why == null ? "" : why, more);
        }

        Step by(@Nullable String vendor, int attempts, int status) {
            Map<String, Object> known = new LinkedHashMap<>();
            known.put("attempts", attempts);
            if (vendor != null) {
                known.put("vendor", vendor);
            }
            if (status > 0) {
                known.put("http_status", status);
            }
            return new Step(at, step, subject, durationMs, costMicros, outcome, reason, known);
        }

        Map<String, Object> view() {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("at", at.toString());
            view.put("step", step);
            view.put("subject_kind", subject.kind());
            view.put("subject_id", subject.id());
            view.put("outcome", outcome);
            view.put("duration_ms", durationMs);
            view.put("cost_micros", costMicros);
            view.put("reason", reason);
            view.putAll(more);
            return view;
        }
    }
}
