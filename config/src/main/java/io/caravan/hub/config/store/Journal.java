package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The story of an idea, image or listing as a person reads it in a trace. The stores write a line with each change of
 * state, in the same transaction; a route adds what else is worth telling. Vendor calls are not written here: the trace
 * reads them, with their cost, from the delivery engine's own rows.
 */
@Component("journal")
public class Journal {

    /** Parameter of store methods: when the exchange began, in milliseconds since 1970. */
    static final String BEGAN = "${exchange.clock.created}";

    private static final int LONGEST_REASON = 1_000;
    private static final List<String> KINDS = List.of("listing", "image", "idea", "trend");

    private final Writes writes;
    private final Clock clock;

    public Journal(Writes writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * One line of the story.
     *
     * @param item the work payload; the subject's id is its member {@code <kind>_id}
     * @param step {@code <kind>.<what>}: {@code listing.preflight}
     * @param outcome {@code done} when absent
     * @param costMicros only what no effect counts already, 0 when absent
     */
    public void note(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("step") String step,
            @Variable("outcome") @Nullable String outcome,
            @Variable("reason") @Nullable String reason,
            @Variable("costMicros") @Nullable Long costMicros,
            @Simple(BEGAN) long began) {
        String id = Item.id(item, kind(step) + "_id");
        Line line = line(account, id, step, began)
                .because(reason)
                .costing(costMicros == null ? 0 : costMicros)
                .ending(outcome == null ? "done" : outcome);
        writes.write(step, line::on);
    }

    /**
     * A picture whose work went to the dead letters.
     *
     * @param item payload of {@code image.create} with {@code cause}
     */
    public void imageFailed(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Simple(BEGAN) long began) {
        Line line = line(account, Item.id(item, "image_id"), "image.failed", began)
                .because(String.join("; ", Texts.of(item.getOrDefault("reason", item.get("cause")))))
                .ending("failed");
        Line told = line(account, Item.id(item, "idea_id"), "idea.image-failed", began)
                .because(line.reason())
                .ending("failed");
        writes.write("image failed", connection -> {
            line.on(connection);
            told.on(connection);
        });
    }

    /**
     * The owner was told by e-mail. Does nothing for a notice that is not about a listing, image, idea or trend.
     *
     * @param item the notice, with the subject's {@code <kind>_id}
     */
    public void mailSent(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Simple(BEGAN) long began) {
        for (String kind : KINDS) {
            if (item.get(kind + "_id") != null) {
                Line line = line(account, Item.id(item, kind + "_id"), kind + ".notified", began);
                writes.write("mail sent", line::on);
                return;
            }
        }
    }

    Line line(AccountId account, String subjectId, String step, long began) {
        Instant now = clock.instant();
        long duration = began <= 0 ? 0 : Math.max(0, now.toEpochMilli() - began);
        return new Line(account, subjectId, step, now, duration, 0, "done", "");
    }

    private static String kind(String step) {
        return step.substring(0, Math.max(0, step.indexOf('.')));
    }

    /** @param step {@code <kind>.<what>}, the kind is the subject's */
    record Line(
            AccountId account,
            String subjectId,
            String step,
            Instant at,
            long durationMs,
            long costMicros,
            String outcome,
            String reason) {

        Line because(@Nullable String why) {
            String text = why == null ? "" : why;
            String cut = text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
            return new Line(account, subjectId, step, at, durationMs, costMicros, outcome, cut);
        }

        Line costing(long micros) {
            return new Line(account, subjectId, step, at, durationMs, micros, outcome, reason);
        }

        Line ending(String how) {
            return new Line(account, subjectId, step, at, durationMs, costMicros, how, reason);
        }

        void on(Connection connection) throws SQLException {
            Sql.update(
                    connection,
                    "insert into journal (account, subject_kind, subject_id, step, at, duration_ms, cost_micros,"
                            + " outcome, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    account.value(),
                    kind(step),
                    subjectId,
                    step,
                    at,
                    durationMs,
                    costMicros,
                    outcome,
                    reason);
        }
    }
}
