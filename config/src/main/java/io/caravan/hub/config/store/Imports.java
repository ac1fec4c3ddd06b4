package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.port.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Products on their way from a supplier into a shop: {@code pending -> running -> completed}, or {@code failed}, which a
 * person or a further request may try again. A product has one import in each shop, so that asking twice makes no second
 * product.
 */
@Component("imports")
public class Imports {

    private final JdbcClient reads;
    private final Writes writes;
    private final Journal journal;
    private final ImportQuota quota;
    private final Clock clock;
    private final StateMoves moves;

    public Imports(JdbcClient reads, Writes writes, Journal journal, ImportQuota quota, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.journal = journal;
        this.quota = quota;
        this.clock = clock;
        this.moves = new StateMoves("import", "import_job", writes, journal, clock);
    }

    /**
     * What is to be imported.
     *
     * @param externalId the supplier's id of the product
     * @param wish what the request says beyond that, kept as it is
     * @param origin {@code request}, {@code bulk}, {@code search} or {@code scored}
     * @param originId the batch or event, null for a request
     */
    public record Order(
            String shop,
            String supplier,
            String externalId,
            String sourceUrl,
            Map<String, Object> wish,
            String origin,
            @Nullable String originId) {

        public String id(AccountId account) {
            return Refs.of(account.value(), "import", shop, supplier, externalId);
        }
    }

    /** How far an import is. */
    public record Standing(String state, int generation, String supplier) {}

    public Optional<Standing> standing(AccountId account, String id) {
        return reads.sql("select state, generation, supplier from import_job where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) ->
                        new Standing(row.getString("state"), row.getInt("generation"), row.getString("supplier")))
                .optional();
    }

    /**
     * Opens an import; one that failed is opened again with the new wishes.
     *
     * @return payload of {@code import.fetch}: {@code {import_id, generation}}
     * @throws ConcurrentModificationException when the product is in this shop already, or on its way there
     * @throws io.caravan.hub.config.web.Refusal 402 when the account's plan does not hold one more
     */
    public Map<String, Object> open(AccountId account, Order order, long began) {
        return open(account, order, quota.room(account), began);
    }

    /** As above, for one of several imports that take their places in the same room. */
    public Map<String, Object> open(AccountId account, Order order, ImportQuota.Room room, long began) {
        String id = order.id(account);
        Standing before = standing(account, id).orElse(null);
        if (before != null && !before.state().equals("failed")) {
            throw new ConcurrentModificationException("this product is "
                    + (before.state().equals("completed") ? "in " : "on its way to ") + order.shop()
                    + " already: import " + id);
        }
        ImportQuota.Seat seat = room.seat(order.supplier(), order.origin());
        int generation = before == null ? 1 : before.generation() + 1;
        Instant now = clock.instant();
        Journal.Line line = journal.line(account, id, "import.accepted", began)
                .because(order.supplier() + " " + order.externalId());
        writes.write("import accepted", connection -> {
            quota.take(connection, seat);
            if (before == null) {
                Sql.guarded(
                        connection,
                        "this product was just asked for by another request: import " + id,
                        "insert into import_job (account, id, shop, supplier, external_id, source_url, wish, origin,"
                                + " origin_id, generation, state, step, reasons, counted_month, created_at, updated_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 'accepted', '[]', ?, ?, ?)"
                                + " on conflict do nothing",
                        account.value(),
                        id,
                        order.shop(),
                        order.supplier(),
                        order.externalId(),
                        order.sourceUrl(),
                        Json.text(order.wish()),
                        order.origin(),
                        order.originId(),
                        generation,
                        seat.month(),
                        now,
                        now);
            } else {
                Sql.guarded(
                        connection,
                        "import " + id + " was just tried again by another request",
                        "update import_job set state = 'pending', step = 'accepted', reasons = '[]', generation = ?,"
                                + " wish = ?, origin = ?, origin_id = ?, source_url = ?, counted_month = ?,"
                                + " updated_at = ?"
                                + " where account = ? and id = ? and state = 'failed' and generation = ?",
                        generation,
                        Json.text(order.wish()),
                        order.origin(),
                        order.originId(),
                        order.sourceUrl(),
                        seat.month(),
                        now,
                        account.value(),
                        id,
                        before.generation());
            }
            line.on(connection);
        });
        return payload(id, generation);
    }

    private static Map<String, Object> payload(String id, int generation) {
        return new LinkedHashMap<>(Map.of("import_id", id, "generation", generation));
    }

    /**
     * Failed to pending, with the wishes that it had.
     *
     * @return payload of {@code import.fetch}
     * @throws NoSuchElementException when the account has no such import
     * @throws ConcurrentModificationException when it has not failed
     * @throws io.caravan.hub.config.web.Refusal 402 when the account's plan does not hold one more
     */
    public Map<String, Object> retry(
            @Variable("account") AccountId account,
            @Variable("path") Map<String, Object> path,
            @Simple(Journal.BEGAN) long began) {
        String id = Item.id(path, "id");
        Standing before =
                standing(account, id).orElseThrow(() -> new NoSuchElementException("there is no import " + id));
        if (!before.state().equals("failed")) {
            throw new ConcurrentModificationException("import " + id + " is " + before.state() + ", not failed");
        }
        ImportQuota.Seat seat = quota.room(account).seat(before.supplier(), "request");
        int generation = before.generation() + 1;
        writes.write("import's place", connection -> quota.take(connection, seat));
        moves.move(
                account,
                id,
                "pending",
                "'failed'",
                "import.retried",
                List.of(),
                began,
                ", step = 'accepted', generation = ?, counted_month = ?",
                generation,
                seat.month());
        return payload(id, generation);
    }

    /** Keeps the job that an accepted import runs under; belongs in the same unit as {@code open}. */
    public void inJob(
            @Variable("account") AccountId account, @Variable("jobId") String job, @Body Map<String, Object> payload) {
        String id = Item.id(payload, "import_id");
        writes.write(
                "import's job",
                connection -> Sql.guarded(
                        connection,
                        "there is no import " + id,
                        "update import_job set job_id = ? where account = ? and id = ?",
                        job,
                        account.value(),
                        id));
    }
}
