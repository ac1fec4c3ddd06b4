package io.caravan.hub.config.store;

import io.caravan.hub.enrich.product.ImportPrice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code import_job} as the API shows it. */
final class ImportView {

    private ImportView() {}

    /** For lists: without the product and what was lost. */
    static Map<String, Object> line(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("status", row.getString("state"));
        view.put("step", row.getString("step"));
        view.put("supplier", row.getString("supplier"));
        view.put("product_id", row.getString("external_id"));
        view.put("source_url", row.getString("source_url"));
        view.put("shop", row.getString("shop"));
        view.put("origin", row.getString("origin"));
        view.put("origin_id", row.getString("origin_id"));
        view.put("job_id", row.getString("job_id"));
        view.put("generation", row.getInt("generation"));
        view.put("wish", Json.map(row.getString("wish")));
        view.put("title", row.getString("title"));
        view.put("variants", row.getInt("variants"));
        view.put("images", row.getInt("images"));
        view.put("cost", money(row, "cost_minor", "cost_currency"));
        view.put("price", money(row, "price_minor", "currency"));
        int margin = row.getInt("margin_permille");
        view.put("margin_percent", row.wasNull() ? null : margin / 10.0);
        view.put("shop_product_id", row.getString("shop_product_id"));
        view.put("url", row.getString("url"));
        view.put("admin_url", row.getString("admin_url"));
        view.put("reasons", Json.texts(row.getString("reasons")));
        view.put("created_at", Sql.at(row, "created_at"));
        view.put("updated_at", Sql.at(row, "updated_at"));
        view.put("completed_at", Sql.at(row, "completed_at"));
        return view;
    }

    /** For one: with the canonical product and what of the supplier's reply it does not carry. */
    static Map<String, Object> whole(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(line(row));
        view.put("product", Json.map(row.getString("product")));
        String losses = row.getString("losses");
        view.put("losses", losses == null ? List.of() : Json.list(losses));
        Map<String, ImportPrice> prices = prices(row.getString("prices"));
        view.put("pricing", rules(prices));
        Map<String, Object> reasons = new LinkedHashMap<>();
        prices.forEach((key, price) -> reasons.put(key, price.reasons()));
        view.put("price_reasons", reasons);
        return view;
    }

    /** By variant key, empty before the product is priced. */
    static Map<String, ImportPrice> prices(@Nullable String json) {
        Map<String, ImportPrice> prices = new LinkedHashMap<>();
        Map<String, Object> kept = Json.map(json);
        if (kept != null) {
            kept.forEach((key, price) -> prices.put(key, Json.as(price, ImportPrice.class)));
        }
        return prices;
    }

    /** By which rules it was priced; null when it was not yet, or before that was kept. */
    static @Nullable String rules(Map<String, ImportPrice> prices) {
        return prices.values().stream()
                .map(ImportPrice::rules)
                .filter(rules -> !rules.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Map<String, Object> money(ResultSet row, String minor, String currency)
            throws SQLException {
        String code = row.getString(currency);
        return code == null ? null : Map.of("amount_minor", row.getLong(minor), "currency", code);
    }
}
