package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.listing.PricingRules.InCurrency;
import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.enrich.price.Endings;
import io.caravan.hub.enrich.price.Tier;
import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * From what a product costs us to what a buyer pays. Every rounding is against us in the cost and for us in the price:
 * the price is never below the floor, nor below cost, fees and the wanted margin.
 */
public final class PriceCalculator {

    private final PricingRules rules;
    private final InCurrency here;
    private final Currency currency;
    private final Endings endings;

    private PriceCalculator(PricingRules rules, InCurrency here, Currency currency) {
        this.rules = rules;
        this.here = here;
        this.currency = currency;
        this.endings = Endings.of(here.step(), List.of(here.ending()), currency);
    }

    /**
     * @param cost of one piece, with shipping when the price includes it
     * @throws IllegalArgumentException when the rules do not know the cost's currency, or the cost is negative or absurd
     */
    public static Price price(Money cost, PricingRules rules) {
        String code = cost.currency().getCurrencyCode();
        InCurrency here = rules.currencies().get(code);
        if (here == null) {
            throw new IllegalArgumentException("no pricing rules for " + code + ", only for "
                    + rules.currencies().keySet().stream().sorted().toList());
        }
        Amounts.checkCost(cost);
        return new PriceCalculator(rules, here, cost.currency()).price(cost.minor());
    }

    private Price price(long cost) {
        long wanted = wantedMargin(cost);
        long price = endings.from(Math.max(Math.max(1, minor(here.floor())), covering(cost + wanted)));
        while (price - fees(price) < cost + wanted) {
            price = endings.from(price + 1);
        }
        long fees = fees(price);
        long margin = price - cost - fees;
        return new Price(
                money(price),
                money(cost),
                money(fees),
                money(margin),
                List.of(
                        new PriceLine("cost", money(cost), "what the product costs us"),
                        new PriceLine("fees", money(fees), feesText()),
                        new PriceLine("margin", money(margin), marginText(cost, wanted, margin, price))));
    }

    /** The smallest price that leaves {@code net} after the fees, give or take the rounding of each fee. */
    private long covering(long net) {
        return Amounts.covering(net + fixedFees(), percentFees());
    }

    private long fees(long price) {
        return fixedFees()
                + Amounts.percentOf(price, rules.fees().transactionPercent())
                + Amounts.percentOf(price, rules.fees().paymentPercent());
    }

    private long fixedFees() {
        return minor(here.listingFee()) + minor(here.paymentFixed());
    }

    private BigDecimal percentFees() {
        return rules.fees().transactionPercent().add(rules.fees().paymentPercent());
    }

    private long wantedMargin(long cost) {
        return switch (rules.margin().mode()) {
            case "fixed" -> minor(here.fixedMargin());
            case "tiered" ->
                Amounts.percentOf(
                        cost, Tier.of(money(cost).major(), here.tiers()).percent());
            default -> Amounts.percentOf(cost, rules.margin().percent());
        };
    }

    private String feesText() {
        return "%s%% transaction and %s%% payment fee of the price, %s listing and %s payment fee"
                .formatted(
                        rules.fees().transactionPercent().toPlainString(),
                        rules.fees().paymentPercent().toPlainString(),
                        money(minor(here.listingFee())),
                        money(minor(here.paymentFixed())));
    }

    private String marginText(long cost, long wanted, long margin, long price) {
        String ofPrice = Amounts.percentText(margin, price);
        String why = margin == wanted
                ? "as the rules want"
                : price <= endings.from(minor(here.floor())) && covering(cost + wanted) < minor(here.floor())
                        ? "the floor of " + money(minor(here.floor())) + " gives more than the " + money(wanted)
                                + " wanted"
                        : money(wanted) + " wanted, the rest from rounding up";
        return ofPrice + "% of the price, mode " + rules.margin().mode() + ": " + why;
    }

    private long minor(BigDecimal major) {
        return Amounts.minor(major, currency);
    }

    private Money money(long minor) {
        return new Money(minor, currency);
    }
}
