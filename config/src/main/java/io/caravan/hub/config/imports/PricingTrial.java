package io.caravan.hub.config.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.config.store.ImportedProducts;
import io.caravan.hub.config.store.ImportedProducts.Imported;
import io.caravan.hub.config.store.Query;
import io.caravan.hub.config.store.TextStream;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPrice;
import io.caravan.hub.enrich.product.ImportPricer;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.PricingDryRun;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.product.Variant;
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

/** Bean {@code pricingTrial}: what rules would make of the prices of all that was imported into a shop; changes nothing. */
@Component("pricingTrial")
public class PricingTrial {

    private static final int PRODUCTS_AT_A_TIME = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ShopPricing pricing;
    private final ImportedProducts products;
    private final ExchangeRates rates;
    private final Clock clock;

    public PricingTrial(ShopPricing pricing, ImportedProducts products, ExchangeRates rates, Clock clock) {
        this.pricing = pricing;
        this.products = products;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Body out: JSON that is computed while it is sent, with a row for each variant and the totals of these rows at its end.
     *
     * @param query {@code limit} products after {@code cursor}; without a limit all that follow
     * @param request with {@code rules}; without them, those that the shop has now
     */
    public void run(
            @Variable(Names.ACCOUNT) AccountId account,
            @Variable("path") Map<String, Object> path,
            @Variable("query") Map<String, Object> query,
            @Body @Nullable Map<String, Object> request,
            Exchange exchange) {
        String shop = pricing.shop(path);
        ShopPricing.Rules rules = request != null && request.get("rules") instanceof Map<?, ?> tried
                ? pricing.tried(named(tried))
                : pricing.rules(account, shop);
        Query asked = Query.of(query);
        String cursor = asked.text("cursor");
        long most = asked.text("limit") == null ? Long.MAX_VALUE : asked.limit();
        Run run = new Run(account, shop, rules, LocalDate.now(clock), cursor == null ? "" : cursor, most);
        exchange.getMessage().setBody(new TextStream(run::piece));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    }

    private static Map<String, Object> named(Map<?, ?> rules) {
        Map<String, Object> named = new LinkedHashMap<>();
        rules.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** One answer on its way. */
    private final class Run {

        private final AccountId account;
        private final String shop;
        private final ShopPricing.Rules rules;
        private final LocalDate today;
        private final PricingTotals totals = new PricingTotals();
        private String after;
        private long left;
        private boolean begun;
        private boolean more = true;
        private boolean ended;
        private String between = "";

        Run(AccountId account, String shop, ShopPricing.Rules rules, LocalDate today, String after, long left) {
            this.account = account;
            this.shop = shop;
            this.rules = rules;
            this.today = today;
            this.after = after;
            this.left = left;
        }

        @Nullable
        String piece() {
            if (ended) {
                return null;
            }
            StringBuilder text = new StringBuilder();
            if (!begun) {
                begun = true;
                text.append("{\"shop\":").append(json(shop));
                text.append(",\"pricing\":").append(json(rules.source())).append(",\"items\":[");
            }
            if (more && left > 0) {
                int page = (int) Math.min(PRODUCTS_AT_A_TIME, left);
                // one more tells whether a page follows
                List<Imported> read = products.page(account, shop, after, page + 1);
                more = read.size() > page;
                for (Imported imported : more ? read.subList(0, page) : read) {
                    rows(imported).forEach(row -> {
                        text.append(between).append(json(row));
                        between = ",";
                    });
                    after = imported.importId();
                }
                left -= page;
                return text.toString();
            }
            ended = true;
            return text.append("],\"next\":")
                    .append(more ? json(after) : "null")
                    .append(",\"totals\":")
                    .append(json(totals.view()))
                    .append('}')
                    .toString();
        }

        private List<Map<String, @Nullable Object>> rows(Imported imported) {
            ShopPricing.Rules wished = Importing.wished(rules, imported.wish());
            List<Variant> variants = imported.product().variants();
            Currency currency = variants.get(0).price().currency();
            List<PricingDryRun.Line> lines = variants.stream()
                    .map(variant -> new PricingDryRun.Line(
                            variant.sku(),
                            imported.product().title(),
                            variant.cost(),
                            null,
                            null,
                            before(imported, variant)))
                    .toList();
            BigDecimal floor = wished.pricing().floorMarginPercent();
            PricingDryRun.Report report = report(lines, wished.pricing(), currency);
            totals.add(report, floor);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < variants.size(); i++) {
                rows.add(view(imported, variants.get(i), report.rows().get(i), floor));
            }
            return rows;
        }

        /** What no rule prices is a row that says so: the answer is on its way already. */
        private PricingDryRun.Report report(List<PricingDryRun.Line> lines, ImportPricing rules, Currency currency) {
            ImportPricer pricer;
            try {
                pricer = ImportPricer.of(rules, rates, currency, today);
            } catch (IllegalArgumentException e) {
                List<PricingDryRun.Row> rows = lines.stream()
                        .map(line -> new PricingDryRun.Row(
                                line.sku(),
                                line.title(),
                                null,
                                line.before(),
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                e.getMessage()))
                        .toList();
                return new PricingDryRun.Report(rows, 0, 0, 0, 0, rows.size(), 0);
            }
            return PricingDryRun.run(lines, rules, pricer);
        }

        private String json(Object value) {
            try {
                return JSON.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a row cannot be written", e);
            }
        }
    }

    private static Money before(Imported imported, Variant variant) {
        ImportPrice kept = imported.prices().get(variant.key());
        return kept == null ? variant.price() : kept.price();
    }

    private static Map<String, @Nullable Object> view(
            Imported imported, Variant variant, PricingDryRun.Row row, BigDecimal floor) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("import_id", imported.importId());
        view.put("title", row.title());
        view.put("variant", variant.key());
        view.put("sku", row.sku());
        view.put("cost", money(row.cost()));
        view.put("before", money(row.before()));
        view.put("after", money(row.after()));
        view.put("compare_at", money(row.compareAt()));
        view.put("change", money(row.change()));
        view.put("margin_before_percent", number(row.marginBefore()));
        view.put("margin_percent", number(row.marginAfter()));
        view.put(
                "warning",
                PricingTotals.isLoss(row.after(), row.cost())
                        ? "at-loss"
                        : PricingTotals.isBelow(row.after(), row.cost(), floor) ? "below-floor" : null);
        view.put("error", row.error());
        return view;
    }

    private static @Nullable Double number(@Nullable String percent) {
        return percent == null ? null : Double.valueOf(percent);
    }

    private static @Nullable Map<String, Object> money(@Nullable Money money) {
        return money == null
                ? null
                : Map.of(
                        "amount_minor",
                        money.minor(),
                        "currency",
                        money.currency().getCurrencyCode());
    }
}
