package io.caravan.hub.config.store;

import io.caravan.hub.enrich.product.ImportPrice;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.port.Writes;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.product.Variant;
import io.caravan.hub.model.supplier.Loss;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.camel.language.simple.Simple;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of an import after it was opened: fetched, illustrated, completed or failed. */
@Component("importSteps")
public class ImportSteps {

    private final JdbcClient reads;
    private final ImportQuota quota;
    private final Clock clock;
    private final StateMoves moves;

    public ImportSteps(JdbcClient reads, Writes writes, Journal journal, ImportQuota quota, Clock clock) {
        this.reads = reads;
        this.quota = quota;
        this.clock = clock;
        this.moves = new StateMoves("import", "import_job", writes, journal, clock);
    }

    /**
     * The product is normalised and priced.
     *
     * @param prices by variant key
     * @param marginPermille of the price, mean of all variants
     */
    public void fetched(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("draft") ProductDraft draft,
            @Variable("prices") Map<String, ImportPrice> prices,
            @Variable("margin") int marginPermille,
            @Body Product product,
            @Simple(Journal.BEGAN) long began) {
        Variant cheapest = product.variants().stream()
                .min(Comparator.comparingLong(variant -> variant.price().minor()))
                .orElseThrow();
        String said = product.variants().size() + " variants from " + cheapest.price() + ", cost " + cheapest.cost()
                + ", margin " + marginPermille / 10.0 + "%; " + draft.losses().size() + " fields not carried"
                + (draft.notes().isEmpty() ? "" : "; look at: " + String.join("; ", draft.notes()));
        step(
                account,
                item,
                "fetched",
                said,
                began,
                ", title = ?, draft = ?, prices = ?, product = ?, losses = ?, variants = ?, cost_minor = ?,"
                        + " cost_currency = ?, price_minor = ?, currency = ?, margin_permille = ?",
                product.title(),
                Json.text(draft),
                Json.text(prices),
                Json.text(product),
                Json.text(draft.losses()),
                product.variants().size(),
                cheapest.cost().minor(),
                cheapest.cost().currency().getCurrencyCode(),
                cheapest.price().minor(),
                cheapest.price().currency().getCurrencyCode(),
                marginPermille);
    }

    /** The product has its pictures; {@code losses} now tell the refused ones too. */
    public void illustrated(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("losses") List<Loss> losses,
            @Body Product product,
            @Simple(Journal.BEGAN) long began) {
        long refused = losses.stream()
                .filter(loss -> loss.field().startsWith("images"))
                .count();
        step(
                account,
                item,
                "illustrated",
                product.images().size() + " pictures" + (refused == 0 ? "" : ", " + refused + " refused"),
                began,
                ", product = ?, losses = ?, images = ?, draft = null",
                Json.text(product),
                Json.text(losses),
                product.images().size());
    }

    /**
     * The normalised product as kept by {@code fetched}.
     *
     * @throws IllegalArgumentException when it is not there: the import has to begin again
     */
    public Kept kept(AccountId account, String id) {
        return reads.sql("select draft, prices from import_job where account = ? and id = ? and draft is not null")
                .params(account.value(), id)
                .query((row, n) -> new Kept(
                        Json.read(row.getString("draft"), ProductDraft.class), prices(row.getString("prices"))))
                .optional()
                .orElseThrow(() ->
                        new IllegalArgumentException("draft: import " + id + " has none any more; retry the import"));
    }

    /** @param prices by variant key */
    public record Kept(ProductDraft draft, Map<String, ImportPrice> prices) {}

    private static Map<String, ImportPrice> prices(String json) {
        Map<String, ImportPrice> prices = new LinkedHashMap<>();
        Objects.requireNonNull(Json.map(json))
                .forEach((key, price) -> prices.put(key, Json.as(price, ImportPrice.class)));
        return prices;
    }

    /** The product as kept, for the routes after {@code fetched}. */
    public Product product(@Variable("import") Map<String, Object> row) {
        Object product = row.get("product");
        if (product == null) {
            throw new IllegalArgumentException("product: the import " + row.get("id") + " has none yet");
        }
        return Json.as(product, Product.class);
    }

    /**
     * The product is in the shop; its addresses are the facts {@code url} and {@code admin_url}. One that had failed and
     * came here out of the dead letters counts again, even where the plan is full: it is there.
     */
    public void completed(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Body VendorObject placed,
            @Simple(Journal.BEGAN) long began) {
        moves.move(
                account,
                Item.id(item, "import_id"),
                "completed",
                "'pending', 'running', 'failed'",
                "import.created",
                List.of(),
                began,
                ", step = 'created', counted_month = coalesce(counted_month, ?), shop_product_id = ?, url = ?,"
                        + " admin_url = ?, completed_at = ?",
                quota.now(),
                placed.id(),
                text(placed.facts().get("url")),
                text(placed.facts().get("admin_url")),
                clock.instant());
    }

    private static @Nullable String text(@Nullable Object fact) {
        return fact == null || fact.toString().isEmpty() ? null : fact.toString();
    }

    /** It cannot go on; {@code reasons} say why. It gives its place in the month back. */
    public void fail(
            @Variable("account") AccountId account,
            @Variable("item") Map<String, Object> item,
            @Variable("reasons") @Nullable Object reasons,
            @Simple(Journal.BEGAN) long began) {
        moves.move(
                account,
                Item.id(item, "import_id"),
                "failed",
                "'pending', 'running'",
                "import.failed",
                Texts.of(reasons),
                began,
                ", counted_month = null");
    }

    private void step(
            AccountId account,
            Map<String, Object> item,
            String step,
            String said,
            long began,
            String also,
            @Nullable Object... values) {
        moves.move(
                account,
                Item.id(item, "import_id"),
                "running",
                "'pending', 'running', 'failed'",
                "import." + step,
                List.of(said),
                began,
                ", step = '" + step + "'" + also,
                values);
    }
}
