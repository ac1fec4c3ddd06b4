package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What to make of a trend, and what was refused. */
@Component("ideas")
public class Ideas {

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final Clock clock;

    public Ideas(JdbcClient reads, Writes writes, Journal journal, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.clock = clock;
    }

    static Map<String, Object> payload(AccountId account, String trendId, int generation) {
        String id = Refs.of(account.value(), "idea", trendId, Integer.toString(generation));
        return new LinkedHashMap<>(Map.of("trend_id", trendId, "idea_id", id, "generation", generation));
    }

    /**
     * The payload of {@code idea.create} for the trend's next idea. The autopilot does not choose the trend any more: a
     * person did.
     *
     * @param request with {@code trend_id}
     * @throws NoSuchElementException when the account has no such trend
     */
    public Map<String, Object> request(
            @Variable("account") AccountId account, @Body @Nullable Map<String, Object> request) {
        String trendId = Item.id(request, "trend_id");
        Map<String, Object> payload = reads.sql(
                        "select coalesce((select max(i.generation) from idea i where i.account = t.account"
                                + " and i.trend_id = t.id), 0) + 1 from trend t where t.account = ? and t.id = ?")
                .params(account.value(), trendId)
                .query(Integer.class)
                .optional()
                .map(generation -> payload(account, trendId, generation))
                .orElseThrow(() -> new NoSuchElementException("there is no trend " + trendId));
        Instant now = clock.instant();
        writes.write(
                "trend chosen by a person",
                connection -> Sql.update(
                        connection,
                        "update trend set chosen_at = ? where account = ? and id = ?",
                        now,
                        account.value(),
                        trendId));
        return payload;
    }

    /** Keeps an idea that the judge let pass. Keeping the same idea again changes nothing. */
    public void draft(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body Idea idea,
            @Variable("promptVersion") @Nullable String promptVersion,
            @Variable("model") @Nullable String model,
            @Variable("costMicros") @Nullable Long costMicros,
            @Simple(Journal.BEGAN) long began) {
        keep(account, item, "drafted", Json.text(idea), List.of(), promptVersion, model, costMicros, began);
    }

    /**
     * Keeps the refusal of an idea.
     *
     * @param reasons a list of texts or one text
     */
    public void reject(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Variable("promptVersion") @Nullable String promptVersion,
            @Variable("model") @Nullable String model,
            @Variable("costMicros") @Nullable Long costMicros,
            @Simple(Journal.BEGAN) long began) {
        keep(account, item, "rejected", null, Texts.of(reasons), promptVersion, model, costMicros, began);
    }

    private void keep(
            AccountId account,
            Map<String, Object> item,
            String state,
            @Nullable String answer,
            List<String> reasons,
            @Nullable String promptVersion,
            @Nullable String model,
            @Nullable Long costMicros,
            long began) {
        String id = Item.id(item, "idea_id");
        String trendId = Item.id(item, "trend_id");
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, "idea." + state, began)
                .because(String.join("; ", reasons))
                .ending(state.equals("drafted") ? "done" : "refused");
        writes.write("idea " + state, connection -> {
            int made = Sql.update(
                    connection,
                    "insert into idea (account, id, trend_id, generation, state, cycle_id, prompt_version, model, answer,"
                            + " reasons, cost_micros, created_at) values (?, ?, ?, ?, ?, (select cycle_id from trend"
                            + " where account = ? and id = ?), ?, ?, ?, ?, ?, ?) on conflict do nothing",
                    account.value(),
                    id,
                    trendId,
                    Item.generation(item),
                    state,
                    account.value(),
                    trendId,
                    promptVersion == null ? "" : promptVersion,
                    model == null ? "" : model,
                    answer,
                    Json.text(reasons),
                    costMicros == null ? 0L : costMicros,
                    now);
            if (made == 1) {
                line.on(connection);
            }
        });
    }

    /**
     * @param item with {@code idea_id}
     * @throws NoSuchElementException when the account has no such idea, or it was rejected
     */
    public Idea load(@Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        String id = Item.id(item, "idea_id");
        return reads.sql("select answer from idea where account = ? and id = ? and state = 'drafted'")
                .params(account.value(), id)
                .query(String.class)
                .optional()
                .map(answer -> Json.as(Objects.requireNonNull(Json.map(answer)), Idea.class))
                .orElseThrow(() -> new NoSuchElementException("there is no drafted idea " + id));
    }
}
