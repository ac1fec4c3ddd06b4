package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.enrich.price.Endings;
import io.caravan.hub.enrich.price.Tier;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How imported products are priced: {@code import-pricing.yaml}. Amounts are in major units (19.99) of the shop's currency.
 *
 * @param floorMarginPercent of the price: never sold with less between cost and price, 0 to 95
 * @param currencies ISO 4217 code of a shop's currency to what holds in it
 */
public record ImportPricing(
        Markup markup, CompareAt compareAt, BigDecimal floorMarginPercent, Map<String, InCurrency> currencies) {

    private static final BigDecimal LARGEST_MARGIN = new BigDecimal(95);
    private static final BigDecimal LARGEST_PERCENT = new BigDecimal(10_000);

    public ImportPricing {
        if (floorMarginPercent.signum() < 0 || floorMarginPercent.compareTo(LARGEST_MARGIN) > 0) {
            throw new IllegalArgumentException("floor_margin_percent must be 0 to 95, is " + floorMarginPercent);
        }
        currencies.forEach((code, here) -> check(code, here, markup));
        currencies = Map.copyOf(currencies);
    }

    /**
     * @param mode {@code percentage}: {@code percent} of the cost; {@code fixed}: the currency's {@code fixed_markup};
     *     {@code tiered}: the percent of the first tier that the cost fits in, and never less money than a cheaper cost gets
     * @param percent of the cost, 0 to 10,000
     */
    public record Markup(String mode, BigDecimal percent) {

        public Markup {
            oneOf("markup.mode", mode, List.of("percentage", "fixed", "tiered"));
            percentWithin("markup.percent", percent);
        }
    }

    /**
     * The crossed-out price. Some countries (EU: Directive 98/6, article 6a) let a seller cross out only what was really
     * asked before, hence no default.
     *
     * @param mode {@code none}; {@code percent}: {@code percent} above the price; {@code supplier}: the supplier's own
     *     list price where it is more than ours
     * @param percent above the price, 0 to 10,000
     */
    public record CompareAt(String mode, BigDecimal percent) {

        public CompareAt {
            oneOf("compare_at.mode", mode, List.of("none", "percent", "supplier"));
            percentWithin("compare_at.percent", percent);
        }
    }

    /**
     * @param floor never sold below it
     * @param fixedMarkup for markup mode {@code fixed}
     * @param tiers for markup mode {@code tiered}, cheapest first
     * @param step prices lie one step apart: 1.00; JPY 100, KWD 0.250
     * @param endings what a price may end in within its step: 0.95, 0.99; empty for multiples of the step
     */
    public record InCurrency(
            BigDecimal floor, BigDecimal fixedMarkup, List<Tier> tiers, BigDecimal step, List<BigDecimal> endings) {

        public InCurrency {
            Amounts.notNegative("floor", floor);
            Amounts.notNegative("fixed_markup", fixedMarkup);
            Amounts.notNegative("step", step);
            endings.forEach(ending -> Amounts.notNegative("endings", ending));
            tiers.forEach(tier -> percentWithin("tiers.percent", tier.percent()));
            tiers = List.copyOf(tiers);
            endings = List.copyOf(endings);
        }
    }

    /**
     * What one shop has otherwise; a part that is null is as in the file.
     *
     * @param currencies each replaces the file's rules for that currency as a whole
     */
    public record OfShop(
            @Nullable Markup markup,
            @Nullable CompareAt compareAt,
            @Nullable BigDecimal floorMarginPercent,
            @Nullable Map<String, InCurrency> currencies) {}

    /**
     * @throws IllegalArgumentException naming the field, when the file's and the shop's parts do not go together
     */
    public ImportPricing forShop(OfShop shop) {
        Map<String, InCurrency> merged = new java.util.HashMap<>(currencies);
        merged.putAll(shop.currencies() == null ? Map.of() : shop.currencies());
        return new ImportPricing(
                shop.markup() == null ? markup : shop.markup(),
                shop.compareAt() == null ? compareAt : shop.compareAt(),
                shop.floorMarginPercent() == null ? floorMarginPercent : shop.floorMarginPercent(),
                merged);
    }

    /** With another percentage, as a row of a bulk import or a person asks for. */
    public ImportPricing withMarkup(BigDecimal percent) {
        return new ImportPricing(new Markup("percentage", percent), compareAt, floorMarginPercent, currencies);
    }

    /** With a crossed-out price this many percent above the price; 0 means none. */
    public ImportPricing withCompareAt(BigDecimal percent) {
        CompareAt wished = new CompareAt(percent.signum() == 0 ? "none" : "percent", percent);
        return new ImportPricing(markup, wished, floorMarginPercent, currencies);
    }

    private static void check(String code, InCurrency here, Markup markup) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currencies." + code + " is no ISO 4217 currency", e);
        }
        Endings.check(code, here.step(), here.endings());
        Amounts.checkDecimals(code, List.of(here.floor(), here.fixedMarkup(), here.step()));
        Amounts.checkDecimals(code, here.endings());
        if (markup.mode().equals("tiered") && here.tiers().isEmpty()) {
            throw new IllegalArgumentException("currencies." + code + ": markup.mode tiered needs tiers");
        }
        Tier.checkAscending(code, here.tiers());
    }

    private static void oneOf(String field, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(field + " must be one of " + allowed + ", is " + value);
        }
    }

    private static void percentWithin(String field, BigDecimal value) {
        if (value.signum() < 0 || value.compareTo(LARGEST_PERCENT) > 0) {
            throw new IllegalArgumentException(field + " must be 0 to 10000, is " + value);
        }
    }

    public static ImportPricing defaults() {
        BigDecimal one = new BigDecimal("1.00");
        BigDecimal ninetyNine = new BigDecimal("0.99");
        return new ImportPricing(
                new Markup("percentage", new BigDecimal("120")),
                new CompareAt("none", new BigDecimal("30")),
                new BigDecimal("20"),
                Map.of(
                        "USD", here("4.99", "8.00", one, ninetyNine),
                        "EUR", here("4.99", "8.00", one, ninetyNine),
                        "GBP", here("4.99", "7.00", one, ninetyNine)));
    }

    private static InCurrency here(String floor, String markup, BigDecimal step, BigDecimal ending) {
        return new InCurrency(
                new BigDecimal(floor),
                new BigDecimal(markup),
                List.of(
                        new Tier(new BigDecimal("5.00"), new BigDecimal("200")),
                        new Tier(new BigDecimal("20.00"), new BigDecimal("120")),
                        new Tier(new BigDecimal("100.00"), new BigDecimal("60"))),
                step,
                List.of(ending));
    }
}
