package io.caravan.hub.config.imports;

import io.caravan.hub.config.catalogue.Suppliers;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPrice;
import io.caravan.hub.enrich.product.ImportPricer;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.product.ProductAssembler;
import io.caravan.hub.enrich.product.ProductNormaliser;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.SupplierProduct;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Bean {@code importing}: what happens between a supplier's answer and the request to a shop. */
@Component("importing")
public class Importing {

    private final ImportRequests requests;
    private final Suppliers suppliers;
    private final ProductNormaliser normaliser;
    private final ShopPricing pricing;
    private final ExchangeRates rates;
    private final Clock clock;

    public Importing(
            ImportRequests requests,
            Suppliers suppliers,
            ImportRules rules,
            ShopPricing pricing,
            ExchangeRates rates,
            Clock clock) {
        this.requests = requests;
        this.suppliers = suppliers;
        this.normaliser = new ProductNormaliser(rules);
        this.pricing = pricing;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Sets the variables {@code import} (the row), {@code wanted}, {@code givenUp}, {@code source}, {@code fallback},
     * {@code shop} and {@code publish}. An item of an earlier try is not wanted any more, nor is one whose product is in
     * the shop.
     */
    public void wanted(@Variable("item") Map<String, Object> item, @Body Map<String, Object> row, Exchange exchange) {
        boolean newest = number(item.get("generation")) >= number(row.get("generation"));
        exchange.setVariable("import", row);
        exchange.setVariable("wanted", newest && !"completed".equals(row.get("status")));
        exchange.setVariable("givenUp", newest && "failed".equals(row.get("status")));
        exchange.setVariable("publish", requests.publishes(wish(row)));
        requests.direct(exchange, String.valueOf(row.get("supplier")), String.valueOf(row.get("shop")));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 1;
    }

    private static Map<?, ?> wish(Map<String, Object> row) {
        return row.get("wish") instanceof Map<?, ?> wish ? wish : Map.of();
    }

    /** What the supplier is asked for. */
    public Map<String, Object> ask(
            @Variable(Names.ACCOUNT) AccountId account, @Variable("import") Map<String, Object> row) {
        return requests.ask(account, row);
    }

    /**
     * Body in: the supplier's product; out: the normalised one, also in the variable {@code draft}.
     *
     * @throws VendorException why there is no product, as kept in the variable {@code failure}
     */
    public ProductDraft normalise(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("import") Map<String, Object> row,
            @Body @Nullable SupplierProduct product,
            @Variable("failure") @Nullable VendorException failure,
            Exchange exchange) {
        if (product == null) {
            throw Untold.of(failure, exchange);
        }
        ProductDraft draft = normaliser.normalise(account, product);
        if (wish(row).get("title") instanceof String title) {
            draft = draft.titled(title);
        }
        exchange.setVariable("told", product);
        exchange.setVariable("draft", draft);
        return draft;
    }

    /**
     * Body out: the product with prices by the shop's rules and the request's wishes, still without pictures. Sets the
     * variables {@code prices} (by variant key) and {@code margin} (per mille of the price, mean of all variants).
     */
    public Product price(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("import") Map<String, Object> row,
            @Body ProductDraft draft,
            Exchange exchange) {
        String shop = String.valueOf(row.get("shop"));
        Currency currency = Currency.getInstance(requests.currency(account, shop));
        ShopPricing.Rules rules = wished(pricing.rules(account, shop), wish(row));
        ImportPricer pricer = ImportPricer.of(rules.pricing(), rates, currency, LocalDate.now(clock));
        Map<String, ImportPrice> prices = ProductAssembler.prices(draft, pricer);
        prices.replaceAll((key, price) -> price.by(rules.source()));
        exchange.setVariable("prices", prices);
        exchange.setVariable("margin", margin(prices));
        return ProductAssembler.product(draft, prices, Map.of(), tags(row));
    }

    /** What the request wishes stands above the shop's rules. */
    static ShopPricing.Rules wished(ShopPricing.Rules rules, Map<?, ?> wish) {
        ImportPricing wished = rules.pricing();
        List<String> parts = new ArrayList<>();
        if (wish.get("markup_percent") instanceof Number percent) {
            wished = wished.withMarkup(new BigDecimal(percent.toString()));
            parts.add("markup");
        }
        if (wish.get("compare_at_percent") instanceof Number percent) {
            wished = wished.withCompareAt(new BigDecimal(percent.toString()));
            parts.add("compare_at");
        }
        return parts.isEmpty()
                ? rules
                : new ShopPricing.Rules(
                        wished, String.join(" and ", parts) + " as the request wished, else " + rules.source());
    }

    private static int margin(Map<String, ImportPrice> prices) {
        return (int) Math.round(prices.values().stream()
                .mapToDouble(
                        price -> 1000.0 * price.margin().minor() / price.price().minor())
                .average()
                .orElse(0));
    }

    static List<String> tags(Map<String, Object> row) {
        return wish(row).get("tags") instanceof List<?> tags
                ? tags.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Request of {@code <shop>.variants}; body in: the draft in the shop, kept in the variable {@code placed}. */
    public Placed placed(
            @Variable("import") Map<String, Object> row,
            @Body VendorObject object,
            @Variable("request") Product product,
            Exchange exchange) {
        exchange.setVariable("placed", object);
        return new Placed(product, object);
    }

    /** Event {@code product.created}; body in: the product as it is in the shop. */
    public Map<String, Object> created(
            @Variable("import") Map<String, Object> row, @Variable("placed") VendorObject placed) {
        Map<String, Object> event = event(row);
        event.put("shop_product_id", placed.id());
        event.put("title", row.get("title"));
        event.put("url", placed.facts().getOrDefault("url", ""));
        return event;
    }

    /** Event {@code import.failed}. */
    public Map<String, Object> failed(
            @Variable("import") Map<String, Object> row, @Variable("reasons") @Nullable Object reasons) {
        Map<String, Object> event = event(row);
        event.put("reason", reasons == null ? "" : reasons);
        return event;
    }

    private static Map<String, Object> event(Map<String, Object> row) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("import_id", row.get("id"));
        event.put("shop", row.get("shop"));
        event.put("supplier", row.get("supplier"));
        event.put("product_id", row.get("product_id"));
        event.put("origin", row.get("origin"));
        event.put("origin_id", row.get("origin_id") == null ? "" : row.get("origin_id"));
        return event;
    }

    /** Sets the variable {@code reasons} to why the item went to the dead letters. */
    public void reasons(@Variable("item") Map<String, Object> item, Exchange exchange) {
        exchange.setVariable("reasons", item.getOrDefault("reason", item.get("cause")));
    }

    /** Sets the variable {@code freight} to whether the supplier can be asked; body out: the question. */
    public Map<String, Object> freight(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("source") String source,
            @Variable("ask") Map<String, Object> ask,
            @Variable("draft") ProductDraft draft,
            Exchange exchange) {
        DraftVariant first = draft.variants().stream()
                .filter(variant -> variant.stock() == null || variant.stock() > 0)
                .findFirst()
                .orElse(draft.variants().get(0));
        exchange.setVariable(
                "freight",
                suppliers.find(source).map(entry -> entry.can("freight")).orElse(false));
        exchange.setVariable("shipping", List.of());
        Map<String, Object> question = new LinkedHashMap<>(ask);
        question.put("variant_id", first.supplierId());
        question.put("quantity", 1);
        return question;
    }

    /** Keeps the supplier's ways to send in the variable {@code shipping}. */
    public void shipping(@Body List<?> options, Exchange exchange) {
        exchange.setVariable("shipping", options);
    }

    /** The supplier did not tell: the preview goes on without. */
    public void noShipping(Exchange exchange) {
        exchange.setVariable("shipping", List.of());
    }
}
