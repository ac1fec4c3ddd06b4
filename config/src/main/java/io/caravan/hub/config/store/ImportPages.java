package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Imports as the API reads them. */
@Component("importPages")
public class ImportPages {

    /** Query parameter to column, for filters by equality. */
    private static final Map<String, String> FILTERS =
            Map.of("status", "state", "supplier", "supplier", "shop", "shop", "origin_id", "origin_id");

    private final JdbcClient reads;

    public ImportPages(JdbcClient reads) {
        this.reads = reads;
    }

    /** Newest first; filters {@code status}, {@code supplier}, {@code shop}, {@code origin_id}, {@code from}, {@code to}. */
    public Map<String, Object> page(
            @Variable("account") AccountId account, @Variable("query") @Nullable Map<String, Object> given) {
        Query query = Query.of(given);
        StringBuilder sql = new StringBuilder("select * from import_job where account = ?");
        List<Object> parameters = new ArrayList<>(List.of(account.value()));
        filter(query, sql, parameters);
        return TimePages.newestFirst(reads, query, sql, parameters, true, ImportView::line);
    }

    private static void filter(Query query, StringBuilder sql, List<Object> parameters) {
        FILTERS.forEach((parameter, column) -> {
            String wanted = query.text(parameter);
            if (wanted != null) {
                sql.append(" and ").append(column).append(" = ?");
                parameters.add(wanted);
            }
        });
        day(query, "from", 0, " and created_at >= ?", sql, parameters);
        day(query, "to", 1, " and created_at < ?", sql, parameters);
    }

    /** Days are UTC; {@code to} is the last day that counts. */
    private static void day(
            Query query, String name, int plus, String condition, StringBuilder sql, List<Object> parameters) {
        String day = query.text(name);
        if (day == null) {
            return;
        }
        try {
            sql.append(condition);
            parameters.add(LocalDate.parse(day).plusDays(plus).atStartOfDay().atOffset(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + ": must be a day such as 2026-05-04", e);
        }
    }

    /**
     * @throws NoSuchElementException when the account has no such import
     */
    public Map<String, Object> get(@Variable("account") AccountId account, @Variable("path") Map<String, Object> path) {
        return whole(account, Item.id(path, "id"));
    }

    /**
     * For routes.
     *
     * @param item with {@code import_id}
     */
    public Map<String, Object> load(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> item) {
        return whole(account, Item.id(item, "import_id"));
    }

    private Map<String, Object> whole(AccountId account, String id) {
        return reads.sql("select * from import_job where account = ? and id = ?")
                .params(account.value(), id)
                .query((row, n) -> ImportView.whole(row))
                .optional()
                .orElseThrow(() -> new NoSuchElementException("there is no import " + id));
    }
}
