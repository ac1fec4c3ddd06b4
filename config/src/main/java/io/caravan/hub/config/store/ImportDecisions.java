package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bean {@code importDecisions}: what was decided about each scored product and trend, and why. */
@Component("importDecisions")
public class ImportDecisions {

    private final JdbcClient reads;
    private final TimePages pages;
    private final Writes writes;
    private final Clock clock;

    public ImportDecisions(JdbcClient reads, Writes writes, Clock clock) {
        this.reads = reads;
        this.pages = new TimePages(reads, "import_decision", "outcome", ImportDecisions::view);
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * What is decided about.
     *
     * @param source {@code product} or {@code trend}
     * @param eventId the sender's id of the event, or the trend
     * @param reasons the scorer's own
     * @param tellBack whether the scorer is to be told how the import ended
     */
    public record Subject(
            String source,
            String eventId,
            int score,
            List<Object> reasons,
            @Nullable String supplier,
            @Nullable String productId,
            @Nullable String sourceUrl,
            @Nullable String keyword,
            boolean tellBack) {

        public String id(AccountId account) {
            return Refs.of(account.value(), "import-decision", source, eventId);
        }
    }

    /**
     * @param outcome imported, already_imported, score_too_low, quota_used_up, not_in_plan, budget_used_up or refused
     * @param importId that was begun or was there
     * @param batchId the search that was begun
     */
    public record Outcome(
            String outcome,
            String reason,
            @Nullable String importId,
            @Nullable String batchId) {}

    public Optional<Map<String, Object>> find(AccountId account, String id) {
        return reads.sql("select * from import_decision where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> view(row))
                .optional();
    }

    /**
     * Keeps a decision; for a trend it replaces the one before unless that imported something.
     *
     * @return the decision as the API shows it
     * @throws java.util.ConcurrentModificationException at the commit, when the same event was just decided on
     */
    public Map<String, Object> keep(AccountId account, Subject subject, Outcome outcome) {
        String id = subject.id(account);
        Instant now = Sql.time(clock.instant()).toInstant();
        String reason = cut(outcome.reason(), 2_000);
        writes.write("import decision", connection -> {
            if (subject.source().equals("trend")) {
                Sql.update(
                        connection,
                        "delete from import_decision where account = ? and id = ? and outcome <> 'imported'",
                        account.value(),
                        id);
            }
            Sql.guarded(
                    connection,
                    "the event " + subject.eventId() + " was just decided on",
                    "insert into import_decision (account, id, source, event_id, score, reasons, supplier, product_id,"
                            + " source_url, keyword, outcome, reason, import_id, batch_id, tell_back, created_at)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    account.value(),
                    id,
                    subject.source(),
                    subject.eventId(),
                    subject.score(),
                    Json.text(subject.reasons()),
                    subject.supplier(),
                    subject.productId(),
                    subject.sourceUrl(),
                    subject.keyword() == null ? null : cut(subject.keyword(), 500),
                    outcome.outcome(),
                    reason,
                    outcome.importId(),
                    outcome.batchId(),
                    subject.tellBack(),
                    now);
        });
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", id);
        view.put("source", subject.source());
        view.put("event_id", subject.eventId());
        view.put("score", subject.score());
        view.put("reasons", subject.reasons());
        view.put("supplier", subject.supplier());
        view.put("product_id", subject.productId());
        view.put("source_url", subject.sourceUrl());
        view.put("keyword", subject.keyword());
        view.put("outcome", outcome.outcome());
        view.put("reason", reason);
        view.put("import_id", outcome.importId());
        view.put("batch_id", outcome.batchId());
        view.put("callback", subject.tellBack());
        view.put("decided_at", now.toString());
        return view;
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }

    /** Newest first; filters {@code outcome}. */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> given) {
        return pages.page(account, given);
    }

    private static Map<String, Object> view(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        for (String column : List.of("id", "source", "event_id")) {
            view.put(column, row.getString(column));
        }
        view.put("score", row.getInt("score"));
        view.put("reasons", Json.list(row.getString("reasons")));
        for (String column : List.of(
                "supplier", "product_id", "source_url", "keyword", "outcome", "reason", "import_id", "batch_id")) {
            view.put(column, row.getString(column));
        }
        view.put("callback", row.getBoolean("tell_back"));
        view.put("decided_at", Sql.at(row, "created_at"));
        return view;
    }
}
