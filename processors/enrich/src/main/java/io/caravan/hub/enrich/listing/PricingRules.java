package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.enrich.price.Endings;
import io.caravan.hub.enrich.price.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How prices are made: {@code pricing.yaml}. Amounts are in major units (19.99), per currency; nothing is converted.
 *
 * @param currencies ISO 4217 code to what holds in it
 */
public record PricingRules(Margin margin, Fees fees, Map<String, InCurrency> currencies) {

    public PricingRules {
        currencies.forEach((code, rules) -> check(code, rules, margin));
        currencies = Map.copyOf(currencies);
    }

    /**
     * @param mode {@code percentage}: {@code percent} of the cost; {@code fixed}: the currency's {@code fixed_margin};
     *     {@code tiered}: the percent of the first tier that the cost fits in, beyond the last tier the last one's
     * @param percent of the cost, default 60
     */
    public record Margin(String mode, BigDecimal percent) {

        public Margin {
            if (!List.of("percentage", "fixed", "tiered").contains(mode)) {
                throw new IllegalArgumentException("margin.mode must be percentage, fixed or tiered, is " + mode);
            }
            Amounts.notNegative("margin.percent", percent);
        }
    }

    /**
     * What the marketplace keeps, of the price; together less than 95.
     *
     * @param transactionPercent default 6.5
     * @param paymentPercent default 3.0
     */
    public record Fees(BigDecimal transactionPercent, BigDecimal paymentPercent) {

        public Fees {
            Amounts.notNegative("fees.transaction_percent", transactionPercent);
            Amounts.notNegative("fees.payment_percent", paymentPercent);
            if (transactionPercent.add(paymentPercent).compareTo(new BigDecimal(95)) >= 0) {
                throw new IllegalArgumentException("fees must be less than 95 percent of the price together");
            }
        }
    }

    /**
     * @param floor never sold below it
     * @param listingFee of the marketplace, for each sale
     * @param paymentFixed of the payment provider, for each sale
     * @param fixedMargin for margin mode {@code fixed}
     * @param tiers for margin mode {@code tiered}, cheapest first
     * @param step prices lie one step apart: 1.00
     * @param ending what a price ends in within its step: 0.99; less than the step
     */
    public record InCurrency(
            BigDecimal floor,
            BigDecimal listingFee,
            BigDecimal paymentFixed,
            BigDecimal fixedMargin,
            List<Tier> tiers,
            BigDecimal step,
            BigDecimal ending) {

        public InCurrency {
            Amounts.notNegative("floor", floor);
            Amounts.notNegative("listing_fee", listingFee);
            Amounts.notNegative("payment_fixed", paymentFixed);
            Amounts.notNegative("fixed_margin", fixedMargin);
            Amounts.notNegative("ending", ending);
            tiers = List.copyOf(tiers);
        }
    }

    private static void check(String code, InCurrency rules, Margin margin) {
        Endings.check(code, rules.step(), List.of(rules.ending()));
        Amounts.checkDecimals(
                code,
                List.of(
                        rules.floor(),
                        rules.listingFee(),
                        rules.paymentFixed(),
                        rules.fixedMargin(),
                        rules.step(),
                        rules.ending()));
        if (margin.mode().equals("tiered") && rules.tiers().isEmpty()) {
            throw new IllegalArgumentException("currencies." + code + ": margin.mode tiered needs tiers");
        }
        Tier.checkAscending(code, rules.tiers());
    }

    public static PricingRules defaults() {
        return new PricingRules(
                new Margin("percentage", new BigDecimal("60")),
                new Fees(new BigDecimal("6.5"), new BigDecimal("3.0")),
                Map.of(
                        "USD", western("9.99", "0.20", "0.25", "8.00"),
                        "EUR", western("9.99", "0.19", "0.30", "8.00"),
                        "GBP", western("8.99", "0.16", "0.20", "7.00")));
    }

    private static InCurrency western(String floor, String listing, String payment, String margin) {
        return new InCurrency(
                new BigDecimal(floor),
                new BigDecimal(listing),
                new BigDecimal(payment),
                new BigDecimal(margin),
                List.of(
                        new Tier(new BigDecimal("10.00"), new BigDecimal("90")),
                        new Tier(new BigDecimal("25.00"), new BigDecimal("60")),
                        new Tier(new BigDecimal("100.00"), new BigDecimal("40"))),
                new BigDecimal("1.00"),
                new BigDecimal("0.99"));
    }
}
