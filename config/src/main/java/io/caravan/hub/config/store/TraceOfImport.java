package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands around an import in its {@link Trace}: where it came from, what it made, and who was told. */
final class TraceOfImport {

    private static final int MOST_PICTURES = 20;
    private static final int MOST_EVENTS = 100;

    private final JdbcClient reads;

    TraceOfImport(JdbcClient reads) {
        this.reads = reads;
    }

    /** Adds what it came from before the import, and its pictures and the shop's product after it. */
    void around(AccountId account, Lineage.Node subject, List<Map<String, Object>> nodes) {
        reads.sql("select * from import_job where account = ? and id = ?")
                .params(account.value(), subject.id())
                .query((row, n) -> add(row, nodes))
                .list();
    }

    private static int add(ResultSet row, List<Map<String, Object>> nodes) throws SQLException {
        String origin = row.getString("origin_id");
        if (origin != null) {
            nodes.add(0, node("origin", origin, row.getString("origin"), null));
        }
        nodes.add(
                nodes.size() - 1,
                node("supplier-product", row.getString("external_id"), row.getString("supplier"), null));
        Map<String, Object> product = Json.map(row.getString("product"));
        if (product != null && product.get("images") instanceof List<?> images) {
            images.stream().limit(MOST_PICTURES).forEach(image -> {
                if (image instanceof Map<?, ?> picture && picture.get("sha256") != null) {
                    nodes.add(node("picture", String.valueOf(picture.get("sha256")), null, null));
                }
            });
        }
        if (row.getString("shop_product_id") != null) {
            nodes.add(node(
                    "shop-product",
                    row.getString("shop_product_id"),
                    row.getString("shop"),
                    Sql.at(row, "completed_at")));
        }
        return nodes.size();
    }

    private static Map<String, Object> node(String kind, String id, @Nullable String label, @Nullable String at) {
        return new Lineage.Node(kind, id, null, label, at).view();
    }

    /** By which rules it was priced when its product was fetched last. */
    List<TraceStep> priced(AccountId account, Lineage.Node subject) {
        return reads.sql("select i.prices, max(j.at) as at from import_job i join journal j on j.account = i.account"
                        + " and j.subject_id = i.id and j.step = 'import.fetched' where i.account = ? and i.id = ?"
                        + " and i.prices is not null group by i.prices")
                .params(account.value(), subject.id())
                .query((row, n) -> TraceStep.of(
                                Objects.requireNonNull(Sql.instant(row, "at")), "import.priced", subject)
                        .ended("done", ImportView.rules(ImportView.prices(row.getString("prices")))))
                .list();
    }

    /** Each event: when it was told, or that it waits to be. Those that were told long ago are forgotten. */
    List<TraceStep> events(AccountId account, Lineage.Node subject) {
        return reads.sql("select topic, created_at, published, published_at from outbox where tenant_id = ?"
                        + " and trace_id = ? order by seq limit " + MOST_EVENTS)
                .params(account.value(), subject.id())
                .query((row, n) -> {
                    Instant created = Objects.requireNonNull(Sql.instant(row, "created_at"));
                    Instant told = Sql.instant(row, "published_at");
                    return TraceStep.of(told == null ? created : told, "event." + row.getString("topic"), subject)
                            .took(Duration.between(created, told == null ? created : told))
                            .ended(row.getBoolean("published") ? "published" : "waiting", null);
                })
                .list();
    }
}
