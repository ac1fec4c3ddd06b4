package io.caravan.hub.config.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code listing} as the API shows it. */
final class ListingView {

    private ListingView() {}

    static Map<String, Object> of(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("trend_id", row.getString("trend_id"));
        view.put("idea_id", row.getString("idea_id"));
        view.put("image_id", row.getString("image_id"));
        view.put("generation", row.getInt("generation"));
        view.put("state", row.getString("state"));
        view.put("title", row.getString("title"));
        view.put("description", row.getString("description"));
        view.put("tags", Json.texts(row.getString("tags")));
        view.put("price", price(row));
        view.put("sku", row.getString("sku"));
        view.put("printify_product_id", row.getString("printify_product_id"));
        view.put("etsy_listing_id", row.getString("etsy_listing_id"));
        view.put("url", row.getString("url"));
        view.put("reasons", Json.texts(row.getString("reasons")));
        view.put("deadline", Sql.at(row, "deadline"));
        view.put("created_at", Sql.at(row, "created_at"));
        view.put("updated_at", Sql.at(row, "updated_at"));
        view.put("live_at", Sql.at(row, "live_at"));
        return view;
    }

    private static @Nullable Map<String, Object> price(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return currency == null ? null : Map.of("amount_minor", row.getLong("price_minor"), "currency", currency);
    }
}
