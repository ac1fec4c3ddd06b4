package io.caravan.hub.config.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture as the API shows it. */
final class ImageView {

    private ImageView() {}

    static Map<String, Object> of(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("idea_id", row.getString("idea_id"));
        view.put("generation", row.getInt("generation"));
        view.put("state", row.getString("state"));
        view.put("sha256", row.getString("sha256"));
        view.put("media_type", row.getString("media_type"));
        view.put("width", row.getInt("width"));
        view.put("height", row.getInt("height"));
        view.put("size", row.getLong("size"));
        view.put("duplicate_of", row.getString("duplicate_of"));
        view.put("tags", Json.texts(row.getString("tags")));
        view.put("reasons", Json.texts(row.getString("reasons")));
        view.put("reviewer", row.getString("reviewer"));
        view.put("reviewed_at", Sql.at(row, "reviewed_at"));
        view.put("model", row.getString("model"));
        view.put("cost_micros", row.getLong("cost_micros"));
        view.put("created_at", Sql.at(row, "created_at"));
        view.put("content_url", "/api/v1/images/" + row.getString("id") + "/content");
        return view;
    }
}
