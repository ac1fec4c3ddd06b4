package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bean {@code importAnalytics}: what came of the imports that were asked for in a month. */
@Component("importAnalytics")
public class ImportAnalytics {

    /** The margin counts what is in the shop: what failed earns nothing. */
    private static final String NUMBERS = "count(*) as asked,"
            + " sum(case when state = 'completed' then 1 else 0 end) as completed,"
            + " sum(case when state = 'failed' then 1 else 0 end) as failed,"
            + " avg(case when state = 'completed' then margin_permille * 1.0 end) as margin"
            + " from import_job where account = ? and created_at >= ? and created_at < ?";

    private final JdbcClient reads;
    private final Clock clock;

    public ImportAnalytics(JdbcClient reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** This month (UTC) until now; suppliers with the most imports first. */
    public Map<String, @Nullable Object> month(@Variable("account") AccountId account) {
        YearMonth month = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        List<Object> parameters = List.of(account.value(), begin(month), begin(month.plusMonths(1)));
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("month", month.toString());
        view.putAll(reads.sql("select " + NUMBERS)
                .params(parameters)
                .query((row, n) -> numbers(row))
                .single());
        view.put(
                "suppliers",
                reads.sql("select supplier, " + NUMBERS + " group by supplier order by asked desc, supplier")
                        .params(parameters)
                        .query((row, n) -> supplier(row))
                        .list());
        return view;
    }

    private static OffsetDateTime begin(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static Map<String, @Nullable Object> supplier(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("supplier", row.getString("supplier"));
        view.putAll(numbers(row));
        return view;
    }

    private static Map<String, @Nullable Object> numbers(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("imports", row.getInt("asked"));
        view.put("completed", row.getInt("completed"));
        view.put("failed", row.getInt("failed"));
        double margin = row.getDouble("margin");
        view.put("average_margin_percent", row.wasNull() ? null : Math.round(margin) / 10.0);
        return view;
    }
}
