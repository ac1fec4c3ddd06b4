package io.caravan.hub.config.store;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What suppliers told us of products: fresh for a day by default, and longer when the supplier cannot be asked. */
@Component("productCache")
public class ProductCache {

    /** Failures that say nothing of the product: what was true yesterday is better than nothing. */
    private static final Set<ErrorKind> AWAY =
            Set.of(ErrorKind.NOT_SENT, ErrorKind.TRANSIENT, ErrorKind.RATE_LIMITED, ErrorKind.EXHAUSTED);

    private final JdbcClient reads;
    private final Writes writes;
    private final Clock clock;
    private final Duration fresh;

    public ProductCache(JdbcClient reads, Writes writes, Clock clock, StoreSettings settings) {
        this.reads = reads;
        this.writes = writes;
        this.clock = clock;
        this.fresh = settings.imports().fresh();
    }

    /**
     * Sets the variable {@code fresh} and, when it is true, the body to the product.
     *
     * @param ask what the supplier would be asked: {@code product_id, ship_to, currency, language}
     */
    public void find(
            @Variable("account") AccountId account,
            @Variable("source") String supplier,
            @Body Map<String, Object> ask,
            Exchange exchange) {
        Optional<SupplierProduct> known =
                read(account, id(account, supplier, ask), clock.instant().minus(fresh));
        exchange.setVariable("ask", ask);
        exchange.removeVariable("failure");
        exchange.setVariable("fresh", known.isPresent());
        known.ifPresent(product -> exchange.getMessage().setBody(product));
    }

    /** Keeps what the supplier told. */
    public void keep(
            @Variable("account") AccountId account,
            @Variable("source") String supplier,
            @Variable("ask") Map<String, Object> ask,
            @Body SupplierProduct product) {
        String id = id(account, supplier, ask);
        String json = Json.text(product);
        writes.write("supplier's product kept", connection -> {
            if (Sql.update(
                            connection,
                            "update product_cache set product = ?, fetched_at = ? where account = ? and id = ?",
                            json,
                            product.fetchedAt(),
                            account.value(),
                            id)
                    == 0) {
                Sql.update(
                        connection,
                        "insert into product_cache (account, id, supplier, product, fetched_at) values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        account.value(),
                        id,
                        supplier,
                        json,
                        product.fetchedAt());
            }
        });
    }

    /**
     * The product as it was last told, however old, with the variable {@code stale} set to when that was. Null when
     * nothing is kept, or the failure is about the product: then the variable {@code failure} has it for the route that
     * asked, since what a route below has handled is lost on the policy of the one above.
     */
    public @Nullable SupplierProduct stale(
            @Variable("account") AccountId account,
            @Variable("source") String supplier,
            @Variable("ask") Map<String, Object> ask,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) VendorException failure,
            Exchange exchange) {
        SupplierProduct known = AWAY.contains(failure.kind())
                ? read(account, id(account, supplier, ask), Instant.EPOCH).orElse(null)
                : null;
        if (known == null) {
            exchange.setVariable("failure", failure);
        } else {
            exchange.setVariable("stale", known.fetchedAt().toString());
        }
        return known;
    }

    /** Deletes what nobody can want any more: older than {@code before}. */
    public int sweep(Instant before) {
        int[] swept = new int[1];
        writes.write(
                "product cache swept",
                connection ->
                        swept[0] = Sql.update(connection, "delete from product_cache where fetched_at < ?", before));
        return swept[0];
    }

    private Optional<SupplierProduct> read(AccountId account, String id, Instant after) {
        return reads.sql("select product from product_cache where account = ? and id = ? and fetched_at > ?")
                .params(account.value(), id, Sql.time(after))
                .query((row, n) -> Json.read(row.getString("product"), SupplierProduct.class))
                .optional();
    }

    private static String id(AccountId account, String supplier, Map<String, Object> ask) {
        return Refs.of(
                account.value(),
                supplier,
                String.valueOf(ask.get("product_id")),
                String.valueOf(ask.get("ship_to")),
                String.valueOf(ask.get("currency")),
                String.valueOf(ask.get("language")));
    }
}
