package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code importCsv}: the history of imports as a file for a spreadsheet. */
@Component("importCsv")
public class ImportCsv {

    private static final List<String> COLUMNS =
            List.of("product", "supplier", "cost", "retail", "margin", "status", "date", "url", "reason");
    private static final String PAGE = "200";

    private final ImportPages imports;

    public ImportCsv(ImportPages imports) {
        this.imports = imports;
    }

    /** Body out: all imports that the query's filters let through, from its cursor on; its {@code limit} does not count. */
    public void history(
            @Variable("account") AccountId account, @Variable("query") Map<String, Object> query, Exchange exchange) {
        Object cursor = query.get("cursor");
        CsvStream csv = new CsvStream(
                COLUMNS,
                cursor == null ? null : cursor.toString(),
                after -> imports.page(account, paged(query, after)),
                ImportCsv::cells);
        csv.answer(exchange, "imports.csv");
    }

    private static Map<String, Object> paged(Map<String, Object> query, @Nullable String cursor) {
        Map<String, Object> paged = new LinkedHashMap<>(query);
        paged.put("limit", PAGE);
        paged.remove("cursor");
        if (cursor != null) {
            paged.put("cursor", cursor);
        }
        return paged;
    }

    private static List<@Nullable Object> cells(Map<?, ?> line) {
        Object title = line.get("title");
        Object reasons = line.get("reasons");
        return Arrays.asList(
                title == null ? line.get("product_id") : title,
                line.get("supplier"),
                money(line.get("cost")),
                money(line.get("price")),
                line.get("margin_percent"),
                line.get("status"),
                line.get("created_at"),
                line.get("url"),
                reasons instanceof List<?> texts
                        ? texts.stream().map(String::valueOf).collect(Collectors.joining("; "))
                        : "");
    }

    /** "19.99 USD": cost and price may be in different currencies. */
    private static @Nullable String money(@Nullable Object amount) {
        return amount instanceof Map<?, ?> money && money.get("amount_minor") instanceof Number minor
                ? Money.of(minor.longValue(), String.valueOf(money.get("currency")))
                        .toString()
                : null;
    }
}
