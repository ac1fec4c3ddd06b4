package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.enrich.price.Endings;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.price.Tier;
import io.caravan.hub.enrich.product.ImportPricing.InCurrency;
import io.caravan.hub.model.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From what a supplier asks to what a shop's buyer pays. In this order: cost in the shop's currency, markup, floor, floor
 * margin, ending; each raises the price or leaves it, so a dearer piece is never sold cheaper.
 */
public final class ImportPricer {

    /** In minor units of the shop's currency; keeps every later product within a long. */
    private static final long LARGEST = 10 * Amounts.LARGEST_COST;

    private final ImportPricing rules;
    private final ExchangeRates rates;
    private final Currency currency;
    private final InCurrency here;
    private final LocalDate today;
    private final Endings endings;

    private ImportPricer(
            ImportPricing rules, ExchangeRates rates, Currency currency, InCurrency here, LocalDate today) {
        this.rules = rules;
        this.rates = rates;
        this.currency = currency;
        this.here = here;
        this.today = today;
        this.endings = Endings.of(here.step(), here.endings(), currency);
    }

    /**
     * One pricer prices all variants of a product.
     *
     * @param currency the shop's
     * @throws IllegalArgumentException when the rules do not know the currency
     */
    public static ImportPricer of(ImportPricing rules, ExchangeRates rates, Currency currency, LocalDate today) {
        InCurrency here = rules.currencies().get(currency.getCurrencyCode());
        if (here == null) {
            throw new IllegalArgumentException("currencies: no import pricing for " + currency + ", only for "
                    + rules.currencies().keySet().stream().sorted().toList());
        }
        return new ImportPricer(rules, rates, currency, here, today);
    }

    /**
     * @param cost of one piece, in the supplier's currency
     * @param shipping to the buyer's country where the price includes it, else null
     * @param listPrice what the supplier crosses out, null when it tells none
     * @throws IllegalArgumentException when an amount is negative or absurd, or cannot be converted (see
     *     {@link ExchangeRates#convert})
     */
    public ImportPrice price(Money cost, @Nullable Money shipping, @Nullable Money listPrice) {
        List<PriceLine> lines = new ArrayList<>();
        long item = converted("cost", cost);
        lines.add(new PriceLine("cost", money(item), "what the supplier asks" + rate(cost)));
        long total = item;
        if (shipping != null) {
            long sent = converted("shipping", shipping);
            lines.add(new PriceLine("shipping", money(sent), "what sending one piece costs" + rate(shipping)));
            total += sent;
        }
        long price = total;
        price = raise(lines, "markup", price, total + markup(total), markupText(total));
        long floor = Math.max(1, minor(here.floor()));
        price = raise(lines, "floor", price, floor, "the floor is " + money(floor));
        price = raise(
                lines,
                "floor-margin",
                price,
                Amounts.covering(total, rules.floorMarginPercent()),
                "at least " + rules.floorMarginPercent().toPlainString() + "% of the price is margin");
        price = raise(lines, "ending", price, endings.from(price), "up to the next price that ends as prices should");
        CompareAt compareAt = compareAt(price, listPrice);
        return new ImportPrice(
                money(price), compareAt.price(), money(total), money(price - total), lines, compareAt.reason());
    }

    private long raise(List<PriceLine> lines, String code, long from, long to, String text) {
        if (to <= from) {
            return from;
        }
        lines.add(new PriceLine(code, money(to - from), text));
        return to;
    }

    private long markup(long cost) {
        return switch (rules.markup().mode()) {
            case "fixed" -> minor(here.fixedMarkup());
            case "tiered" -> tiered(cost) - cost;
            default -> Amounts.percentOf(cost, rules.markup().percent());
        };
    }

    /** A tier's lower percent must not make a dearer piece cheaper than the dearest of the tier before. */
    private long tiered(long cost) {
        long price = cost + Amounts.percentOf(cost, tier(cost).percent());
        for (Tier before : here.tiers()) {
            long edge = minor(before.upTo());
            if (edge < cost) {
                price = Math.max(
                        price, edge + Amounts.percentOf(edge, tier(edge).percent()));
            }
        }
        return price;
    }

    private Tier tier(long cost) {
        return Tier.of(money(cost).major(), here.tiers());
    }

    private String markupText(long cost) {
        return switch (rules.markup().mode()) {
            case "fixed" -> "fixed markup";
            case "tiered" -> tier(cost).percent().toPlainString() + "% of the cost, mode tiered";
            default -> rules.markup().percent().toPlainString() + "% of the cost, mode percentage";
        };
    }

    private record CompareAt(@Nullable Money price, String reason) {}

    private CompareAt compareAt(long price, @Nullable Money listPrice) {
        switch (rules.compareAt().mode()) {
            case "percent" -> {
                long above = endings.from(
                        price + Amounts.percentOf(price, rules.compareAt().percent()));
                String reason = rules.compareAt().percent().toPlainString() + "% above the price";
                return above > price
                        ? new CompareAt(money(above), reason)
                        : new CompareAt(null, reason + " is no more");
            }
            case "supplier" -> {
                if (listPrice == null) {
                    return new CompareAt(null, "the supplier tells no list price");
                }
                long list = converted("list_price", listPrice);
                return list > price
                        ? new CompareAt(money(list), "the supplier's list price" + rate(listPrice))
                        : new CompareAt(null, "the supplier's list price " + money(list) + " is not above the price");
            }
            default -> {
                return new CompareAt(null, "the rules want none");
            }
        }
    }

    private long converted(String field, Money amount) {
        if (amount.minor() < 0 || amount.minor() > Amounts.LARGEST_COST) {
            throw new IllegalArgumentException(field + ": a product cannot cost " + amount);
        }
        Money here = rates.convert(amount, currency, today);
        if (here.minor() > LARGEST) {
            throw new IllegalArgumentException(field + ": a product cannot cost " + here);
        }
        return here.minor();
    }

    private String rate(Money amount) {
        return amount.currency().equals(currency)
                ? ""
                : ": " + amount + " at " + rates.text(amount.currency(), currency);
    }

    private long minor(java.math.BigDecimal major) {
        return Amounts.minor(major, currency);
    }

    private Money money(long minor) {
        return new Money(minor, currency);
    }
}
