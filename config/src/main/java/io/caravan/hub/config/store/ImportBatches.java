package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bean {@code importBatches}: files of products to import and searches for them, how far each is, and what became of each
 * row: a line of the file, a match of the search.
 */
@Component("importBatches")
public class ImportBatches {

    private static final List<String> COLUMNS =
            List.of("line", "source_url", "import_id", "status", "reason", "shop_product_id", "url");
    private static final int PAGE = 1_000;

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;

    public ImportBatches(JdbcClient reads, Writes writes, Clock clock) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
    }

    /**
     * @param chunks names of the objects that hold the rows
     * @param read how many rows have their result
     */
    public record Batch(String id, int total, List<String> chunks, int read) {}

    /**
     * A search whose matches are imported.
     *
     * @param read how many matches have their result
     * @param limit most matches
     * @param request as {@link #openSearch} got it
     * @param nextPage as the supplier named it, empty for the first
     * @param pages read so far
     */
    public record Search(String id, int read, int limit, Map<String, Object> request, String nextPage, int pages) {}

    /**
     * What came of one row.
     *
     * @param outcome {@code accepted}: its import was opened; {@code refused}: a fault of the row; {@code skipped}: the
     *     product is in the shop already, or on its way there
     * @param importId null when it is not known which product the row means
     */
    public record Row(
            long line,
            String sourceUrl,
            String outcome,
            @Nullable String importId,
            String reason) {}

    public void open(AccountId account, String id, int total, List<String> chunks) {
        Instant now = clock.instant();
        writes.write(
                "import batch",
                connection -> Sql.update(
                        connection,
                        "insert into import_batch (account, id, total, chunks, rows_read, accepted, refused, skipped,"
                                + " created_at, updated_at) values (?, ?, ?, ?, 0, 0, 0, 0, ?, ?)",
                        account.value(),
                        id,
                        total,
                        Json.text(chunks),
                        now,
                        now));
    }

    /** @param request what is searched and what is wished of each match */
    public void openSearch(AccountId account, String id, int limit, Map<String, Object> request) {
        Instant now = clock.instant();
        writes.write(
                "import search",
                connection -> Sql.update(
                        connection,
                        "insert into import_batch (account, id, kind, search, total, chunks, rows_read, accepted, refused,"
                                + " skipped, created_at, updated_at) values (?, ?, 'search', ?, ?, '[]', 0, 0, 0, 0, ?, ?)",
                        account.value(),
                        id,
                        Json.text(request),
                        limit,
                        now,
                        now));
    }

    /** Keeps the job that an accepted batch runs under; belongs in the same unit as {@code open}. */
    public void inJob(
            @Variable("account") AccountId account, @Variable("jobId") String job, @Body Map<String, Object> payload) {
        String id = Item.id(payload, "batch_id");
        writes.write(
                "import batch's job",
                connection -> Sql.guarded(
                        connection,
                        "there is no batch " + id,
                        "update import_batch set job_id = ? where account = ? and id = ?",
                        job,
                        account.value(),
                        id));
    }

    /**
     * @param payload of {@code import.batch}, with {@code batch_id}
     * @throws NoSuchElementException when the account has no such batch
     */
    public Batch batch(AccountId account, Map<String, Object> payload) {
        String id = Item.id(payload, "batch_id");
        return reads.sql("select id, total, chunks, rows_read from import_batch where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> new Batch(
                        row.getString("id"),
                        row.getInt("total"),
                        Json.texts(row.getString("chunks")),
                        row.getInt("rows_read")))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no batch " + id));
    }

    /** @throws NoSuchElementException when the account has no such search */
    public Search search(AccountId account, Map<String, Object> payload) {
        String id = Item.id(payload, "batch_id");
        return reads.sql("select id, rows_read, total, search, next_page, pages from import_batch"
                        + " where account = ? and id = ? and search is not null")
                .params(account.value(), id)
                .query((row, n) -> new Search(
                        row.getString("id"),
                        row.getInt("rows_read"),
                        row.getInt("total"),
                        Objects.requireNonNull(Json.map(row.getString("search"))),
                        Objects.requireNonNullElse(row.getString("next_page"), ""),
                        row.getInt("pages")))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no search " + id));
    }

    /** How many imports of the batch are neither completed nor failed. */
    public int waiting(AccountId account, String batch) {
        return reads.sql("select count(*) from import_job where account = ? and origin_id = ?"
                        + " and state in ('pending', 'running')")
                .params(account.value(), batch)
                .query(Integer.class)
                .single();
    }

    /** The line of the batch that asked for this import before. */
    public Optional<Long> lineOf(AccountId account, String batch, String importId) {
        return reads.sql("select min(file_line) as first_line from import_batch_row where account = ? and batch_id = ?"
                        + " and import_id = ? having count(*) > 0")
                .params(account.value(), batch, importId)
                .query((row, n) -> row.getLong("first_line"))
                .optional();
    }

    /** Keeps the results of the rows that come next, and that they were read; one transaction with what they began. */
    public void advance(AccountId account, Batch batch, List<Row> rows) {
        advance(account, batch.id(), rows, "", " and rows_read = ?", batch.read());
    }

    /**
     * The same for a page of a search.
     *
     * @param nextPage null when there is no more to read: then as many matches as have their result are all there are
     */
    public void advance(AccountId account, Search search, List<Row> rows, @Nullable String nextPage) {
        boolean ends = nextPage == null;
        advance(
                account,
                search.id(),
                rows,
                ", pages = pages + 1, next_page = ?, total = ?",
                " and pages = ?",
                nextPage,
                ends ? search.read() + rows.size() : search.limit(),
                search.pages());
    }

    /**
     * @param also further assignments, their parameters first in {@code values}
     * @param still the condition that nobody else was here before, its parameter last in {@code values}
     */
    private void advance(
            AccountId account, String batch, List<Row> rows, String also, String still, @Nullable Object... values) {
        List<@Nullable Object> parameters = new ArrayList<>(Arrays.<@Nullable Object>asList(
                rows.size(), count(rows, "accepted"), count(rows, "refused"), count(rows, "skipped"), clock.instant()));
        parameters.addAll(Arrays.asList(values).subList(0, values.length - 1));
        parameters.addAll(Arrays.asList(account.value(), batch, values[values.length - 1]));
        writes.write("import batch goes on", connection -> {
            Sql.guarded(
                    connection,
                    "batch " + batch + " is further already",
                    "update import_batch set rows_read = rows_read + ?, accepted = accepted + ?, refused = refused + ?,"
                            + " skipped = skipped + ?, updated_at = ?" + also + " where account = ? and id = ?" + still,
                    parameters.toArray());
            insert(connection, account, batch, rows);
        });
    }

    private static void insert(Connection connection, AccountId account, String batch, List<Row> rows)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into import_batch_row (account, batch_id, file_line, source_url, outcome, import_id, reason)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")) {
            for (Row row : rows) {
                Sql.bind(
                        insert,
                        account.value(),
                        batch,
                        row.line(),
                        row.sourceUrl(),
                        row.outcome(),
                        row.importId(),
                        row.reason());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The search cannot go on: what it found until now is all, and {@code item} says why. */
    public void end(@Variable("account") AccountId account, @Body Map<String, Object> item) {
        String id = Item.id(item, "batch_id");
        String reason = String.valueOf(item.getOrDefault("reason", item.get("cause")));
        writes.write(
                "import search ends",
                connection -> Sql.update(
                        connection,
                        "update import_batch set total = rows_read, reason = ?, updated_at = ?"
                                + " where account = ? and id = ? and kind = 'search'",
                        reason.substring(0, Math.min(reason.length(), 2_000)),
                        clock.instant(),
                        account.value(),
                        id));
    }

    private static int count(List<Row> rows, String outcome) {
        return (int) rows.stream().filter(row -> row.outcome().equals(outcome)).count();
    }

    /**
     * The batch as the API shows it.
     *
     * @throws NoSuchElementException when the account has no such batch
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        String id = Item.id(path, "id");
        Map<String, Integer> states = states(account, id);
        return reads.sql("select * from import_batch where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> view(row, states))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no batch " + id));
    }

    private Map<String, Integer> states(AccountId account, String id) {
        Map<String, Integer> states = new LinkedHashMap<>();
        reads.sql("select j.state, count(*) as rows_in_state from import_batch_row r"
                        + " join import_job j on j.account = r.account and j.id = r.import_id"
                        + " where r.account = ? and r.batch_id = ? and r.outcome = 'accepted' group by j.state")
                .params(account.value(), id)
                .query((row, n) -> states.put(row.getString("state"), row.getInt("rows_in_state")))
                .list();
        return states;
    }

    private static Map<String, Object> view(ResultSet row, Map<String, Integer> states) throws SQLException {
        int completed = states.getOrDefault("completed", 0);
        int failed = states.getOrDefault("failed", 0);
        boolean over = row.getInt("rows_read") == row.getInt("total") && completed + failed >= row.getInt("accepted");
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put(
                "status",
                over ? "completed" : row.getInt("rows_read") + row.getInt("pages") == 0 ? "pending" : "running");
        view.put("job_id", row.getString("job_id"));
        view.put("kind", row.getString("kind"));
        view.put("search", Json.map(row.getString("search")));
        view.put("reason", row.getString("reason"));
        view.put("total", row.getInt("total"));
        view.put("read", row.getInt("rows_read"));
        view.put("accepted", row.getInt("accepted"));
        view.put("refused", row.getInt("refused"));
        view.put("skipped", row.getInt("skipped"));
        view.put("completed", completed);
        view.put("failed", failed);
        view.put("results", "/api/v1/imports/batches/" + row.getString("id") + "/results");
        view.put("created_at", Sql.at(row, "created_at"));
        view.put("updated_at", Sql.at(row, "updated_at"));
        return view;
    }

    /**
     * Body out: a line for each row that was read so far, as CSV.
     *
     * @throws NoSuchElementException when the account has no such batch
     */
    public void results(
            @Variable("account") AccountId account, @Variable("path") Map<String, Object> path, Exchange exchange) {
        String id = Item.id(path, "id");
        batch(account, Map.of("batch_id", id));
        CsvStream csv = new CsvStream(
                COLUMNS,
                null,
                after -> rows(account, id, after),
                item -> item.get("cells") instanceof List<?> cells ? cells : List.of());
        csv.answer(exchange, "import-" + id + ".results.csv");
    }

    private Map<String, Object> rows(AccountId account, String batch, @Nullable String after) {
        List<Map<String, Object>> items = new ArrayList<>(
                reads.sql("select r.file_line, r.source_url, r.outcome, r.import_id, r.reason, j.state, j.reasons,"
                                + " j.shop_product_id, j.url from import_batch_row r left join import_job j"
                                + " on j.account = r.account and j.id = r.import_id"
                                + " where r.account = ? and r.batch_id = ? and r.file_line > ?"
                                + " order by r.file_line limit ?")
                        .params(account.value(), batch, after == null ? 0L : Long.parseLong(after), PAGE)
                        .query((row, n) -> result(row))
                        .list());
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", items);
        if (items.size() == PAGE) {
            page.put("next", String.valueOf(items.get(PAGE - 1).get("line")));
        }
        return page;
    }

    private static Map<String, Object> result(ResultSet row) throws SQLException {
        long line = row.getLong("file_line");
        boolean accepted = row.getString("outcome").equals("accepted");
        String state = row.getString("state");
        String reasons = row.getString("reasons");
        String reason = accepted && reasons != null ? String.join("; ", Json.texts(reasons)) : row.getString("reason");
        return Map.of(
                "line",
                line,
                "cells",
                Arrays.asList(
                        line,
                        row.getString("source_url"),
                        row.getString("import_id"),
                        accepted && state != null ? state : row.getString("outcome"),
                        reason,
                        row.getString("shop_product_id"),
                        row.getString("url")));
    }
}
