package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * For the API: pages of a table with {@code account}, {@code id}, {@code created_at} and a column to filter by, newest first, and
 * single rows. Beans {@code ideaPages}, {@code imagePages}, {@code listingPages}.
 */
public class TimePages {

    /** A row as the API shows it. */
    @FunctionalInterface
    public interface View {
        Map<String, Object> of(ResultSet row) throws SQLException;
    }

    private record Row(Cursor end, Map<String, Object> view) {}

    private final JdbcClient reads;
    private final String table;
    private final String filter;
    private final View view;

    /** @param table a name from this room's code, never from a request; also the word for errors */
    public TimePages(JdbcClient reads, String table, View view) {
        this(reads, table, "state", view);
    }

    /** @param filter the column that a page may be narrowed by, a name from this room's code too */
    TimePages(JdbcClient reads, String table, String filter, View view) {
        this.reads = reads;
        this.table = table;
        this.filter = filter;
        this.view = view;
    }

    /** @param asked the filter's name ({@code state}), {@code cursor}, {@code limit} */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> asked) {
        Query query = Query.of(asked);
        StringBuilder sql = new StringBuilder("select * from " + table + " where account = ?");
        List<Object> parameters = new ArrayList<>(List.of(account.value()));
        String wanted = query.text(filter);
        if (wanted != null) {
            sql.append(" and ").append(filter).append(" = ?");
            parameters.add(wanted);
        }
        return newestFirst(reads, query, sql, parameters, false, view);
    }

    /**
     * @param select all but the place of the page, with what stands for its {@code parameters}
     * @param up of two rows of the same moment the one with the smaller id comes first
     */
    static Map<String, Object> newestFirst(
            JdbcClient reads, Query query, StringBuilder select, List<Object> parameters, boolean up, View view) {
        Cursor after = query.cursor();
        if (after != null) {
            select.append(" and (created_at < ? or (created_at = ? and id ")
                    .append(up ? ">" : "<")
                    .append(" ?))");
            parameters.addAll(List.of(Sql.ofMicros(after.key()), Sql.ofMicros(after.key()), after.id()));
        }
        select.append(" order by created_at desc, id ").append(up ? "limit ?" : "desc limit ?");
        parameters.add(query.limit() + 1);
        List<Row> rows = reads.sql(select.toString())
                .params(parameters)
                .query((row, n) -> row(row, view))
                .list();
        return query.page(rows, Row::view, Row::end);
    }

    private static Row row(ResultSet row, View view) throws SQLException {
        Instant at = Objects.requireNonNull(Sql.instant(row, "created_at"));
        return new Row(new Cursor(Sql.micros(at), row.getString("id")), view.of(row));
    }

    /**
     * @param path with {@code id}
     * @throws NoSuchElementException when the account has no such row
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return row(account, Item.id(path, "id"));
    }

    /** @throws NoSuchElementException when the account has no such row */
    Map<String, Object> row(AccountId account, String id) {
        return reads.sql("select * from " + table + " where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> view.of(row))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no " + table + " " + id));
    }
}
