package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.listing.PricingRules.InCurrency;
import io.caravan.hub.enrich.listing.PricingRules.Tier;
import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;

/**
 * From what a product costs us to what a buyer pays. Every rounding is against us in the cost and for us in the price:
 * the price is never below the floor, nor below cost, fees and the wanted margin.
 */
public final class PriceCalculator {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** A cost beyond it is an error in the supplier's data, not a product. */
    private static final long LARGEST_COST = 1_000_000_000_000L;

    private final PricingRules rules;
    private final InCurrency here;
    private final Currency currency;

    private PriceCalculator(PricingRules rules, InCurrency here, Currency currency) {
        this.rules = rules;
        this.here = here;
        this.currency = currency;
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
        if (cost.minor() < 0 || cost.minor() > LARGEST_COST) {
            throw new IllegalArgumentException("a product cannot cost " + cost);
        }
        return new PriceCalculator(rules, here, cost.currency()).price(cost.minor());
    }

    private Price price(long cost) {
        long wanted = wantedMargin(cost);
        long price = ending(Math.max(Math.max(1, minor(here.floor())), covering(cost + wanted)));
        while (price - fees(price) < cost + wanted) {
            price = ending(price + 1);
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
        BigDecimal kept = HUNDRED.subtract(percentFees()).divide(HUNDRED);
        return BigDecimal.valueOf(net + fixedFees())
                .divide(kept, 0, RoundingMode.CEILING)
                .longValueExact();
    }

    private long fees(long price) {
        return fixedFees()
                + percentOf(price, rules.fees().transactionPercent())
                + percentOf(price, rules.fees().paymentPercent());
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
            case "tiered" -> percentOf(cost, tier(cost).percent());
            default -> percentOf(cost, rules.margin().percent());
        };
    }

    private Tier tier(long cost) {
        BigDecimal major = money(cost).major();
        return here.tiers().stream()
                .filter(tier -> major.compareTo(tier.upTo()) <= 0)
                .findFirst()
                .orElse(here.tiers().get(here.tiers().size() - 1));
    }

    /** The next price, from this one upwards, that ends as prices should. */
    private long ending(long price) {
        long step = minor(here.step());
        long beyond = Math.floorMod(price - minor(here.ending()), step);
        return beyond == 0 ? price : price + step - beyond;
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
        String ofPrice = BigDecimal.valueOf(margin)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(price), 1, RoundingMode.HALF_UP)
                .toPlainString();
        String why = margin == wanted
                ? "as the rules want"
                : price <= ending(minor(here.floor())) && covering(cost + wanted) < minor(here.floor())
                        ? "the floor of " + money(minor(here.floor())) + " gives more than the " + money(wanted)
                                + " wanted"
                        : money(wanted) + " wanted, the rest from rounding up";
        return ofPrice + "% of the price, mode " + rules.margin().mode() + ": " + why;
    }

    private static long percentOf(long amount, BigDecimal percent) {
        return BigDecimal.valueOf(amount)
                .multiply(percent)
                .divide(HUNDRED)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private long minor(BigDecimal major) {
        return Money.of(major, currency).minor();
    }

    private Money money(long minor) {
        return new Money(minor, currency);
    }
}
