package io.caravan.hub.config.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An idea as the API shows it. */
final class IdeaView {

    private IdeaView() {}

    static Map<String, Object> of(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", row.getString("id"));
        view.put("trend_id", row.getString("trend_id"));
        view.put("generation", row.getInt("generation"));
        view.put("state", row.getString("state"));
        view.put("prompt_version", row.getString("prompt_version"));
        view.put("model", row.getString("model"));
        view.put("answer", Json.map(row.getString("answer")));
        view.put("reasons", Json.texts(row.getString("reasons")));
        view.put("cost_micros", row.getLong("cost_micros"));
        view.put("created_at", Sql.at(row, "created_at"));
        return view;
    }
}
