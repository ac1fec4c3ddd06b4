package io.caravan.hub.config.store;

import io.caravan.hub.enrich.product.ImportPrice;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.product.Product;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was imported into a shop, read a few products at a time. */
@Component
public class ImportedProducts {

    private final JdbcClient reads;

    public ImportedProducts(JdbcClient reads) {
        this.reads = reads;
    }

    /**
     * @param wish what its request said, which stands above rules
     * @param prices as they went to the shop, by variant key
     */
    public record Imported(
            String importId, Map<String, Object> wish, Product product, Map<String, ImportPrice> prices) {}

    /**
     * In the order of their ids.
     *
     * @param after id of the last one before, {@code ""} for the first page
     * @return at most {@code limit}; fewer means that no more follow
     */
    public List<Imported> page(AccountId account, String shop, String after, int limit) {
        // ordered by the whole primary key: else H2 takes another index, reads all of the account and sorts it for each
        // page
        return reads.sql("select id, wish, product, prices from import_job where account = ? and id > ? and shop = ?"
                        + " and state = 'completed' and product is not null order by account, id limit ?")
                .params(account.value(), after, shop, limit)
                .query((row, n) -> new Imported(
                        row.getString("id"),
                        Objects.requireNonNull(Json.map(row.getString("wish"))),
                        Json.read(row.getString("product"), Product.class),
                        ImportView.prices(row.getString("prices"))))
                .list();
    }
}
