package io.caravan.hub.enrich.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.price.Tier;
import io.caravan.hub.enrich.product.ImportPricing.CompareAt;
import io.caravan.hub.enrich.product.ImportPricing.InCurrency;
import io.caravan.hub.enrich.product.ImportPricing.Markup;
import io.caravan.hub.enrich.product.ImportPricing.OfShop;
import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportPricerTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final ExchangeRates RATES = new ExchangeRates(
            "2026-11-18",
            "USD",
            7,
            Map.of(
                    "EUR", new BigDecimal("0.92"),
                    "JPY", new BigDecimal("156.3"),
                    "KWD", new BigDecimal("0.3071"),
                    "CNY", new BigDecimal("7.11")));

    /** USD has two decimals, JPY none, KWD three. */
    @Provide
    Arbitrary<ImportPricing> rules() {
        Arbitrary<String> modes = Arbitraries.of("percentage", "fixed", "tiered");
        Arbitrary<String> above = Arbitraries.of("none", "percent", "supplier");
        Arbitrary<BigDecimal> percents = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(10_000))
                .ofScale(2);
        Arbitrary<BigDecimal> margins = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(95))
                .ofScale(1);
        Arbitrary<Integer> amounts = Arbitraries.integers().between(0, 100_000);
        Arbitrary<List<Integer>> endings =
                Arbitraries.integers().between(0, 99).list().ofMaxSize(3);
        return Combinators.combine(
                        modes, above, percents, percents, margins, amounts, endings, Arbitraries.of(1, 2, 10))
                .as((mode, compare, percent, tier, margin, amount, ends, factor) -> new ImportPricing(
                        new Markup(mode, percent),
                        new CompareAt(compare, percent),
                        margin,
                        Map.of(
                                "USD", here(2, amount, tier, factor, ends),
                                "JPY", here(0, amount, tier, factor, ends),
                                "KWD", here(3, amount, tier, factor, ends))));
    }

    @Property
    void shouldHoldFloorMarginAndEndingAndExplainEveryCent(
            @ForAll("rules") ImportPricing rules,
            @ForAll @LongRange(max = 1_000_000_000_000L) long cost,
            @ForAll @LongRange(max = 1_000_000_000L) long shipping) {
        for (String code : List.of("USD", "JPY", "KWD")) {
            InCurrency here = Objects.requireNonNull(rules.currencies().get(code));
            ImportPrice price;
            try {
                price = pricer(rules, code)
                        .price(Money.of(cost, "CNY"), Money.of(shipping, "EUR"), Money.of(cost, "JPY"));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("cannot cost");
                continue;
            }
            BigDecimal major = price.price().major();
            assertThat(major).isPositive().isGreaterThanOrEqualTo(here.floor());
            assertThat(price.margin().major().multiply(new BigDecimal(100)))
                    .isGreaterThanOrEqualTo(major.multiply(rules.floorMarginPercent()));
            assertThat(price.cost().plus(price.margin())).isEqualTo(price.price());
            assertThat(price.lines().stream().map(PriceLine::amount).reduce(Money.of(0, code), Money::plus))
                    .isEqualTo(price.price());
            assertThat(price.lines())
                    .allSatisfy(line -> assertThat(line.amount().minor()).isNotNegative());
            assertEnds(major, here);
            if (price.compareAt() != null) {
                assertThat(price.compareAt().minor())
                        .isGreaterThan(price.price().minor());
            }
        }
    }

    private static void assertEnds(BigDecimal price, InCurrency here) {
        List<BigDecimal> endings = here.endings().isEmpty() ? List.of(BigDecimal.ZERO) : here.endings();
        assertThat(endings)
                .anySatisfy(ending -> assertThat(price.subtract(ending).remainder(here.step()))
                        .isZero());
    }

    @Property
    void shouldNotSellADearerPieceCheaper(
            @ForAll("rules") ImportPricing rules,
            @ForAll @LongRange(max = 10_000_000) long cost,
            @ForAll @LongRange(max = 10_000) long more) {
        for (String code : List.of("USD", "JPY", "KWD")) {
            ImportPricer pricer = pricer(rules, code);
            assertThat(pricer.price(Money.of(cost + more, "CNY"), null, null)
                            .price()
                            .minor())
                    .isGreaterThanOrEqualTo(pricer.price(Money.of(cost, "CNY"), null, null)
                            .price()
                            .minor());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // mode, cost in US cents, price: percentage 120, fixed 8.00, tiers 200 to 5.00, 120 to 20.00, 60 beyond;
        // endings .99
        "percentage, 1000, 2299",
        "percentage,  100,  499",
        "percentage,    0,  499",
        "fixed,      1000, 1899",
        "tiered,      500, 1599",
        "tiered,      501, 1599",
        "tiered,      700, 1599",
        "tiered,     2000, 4499",
        "tiered,     2001, 4499",
        "tiered,    10000, 16099",
    })
    void shouldPriceByEachMode(String mode, long cost, long price) {
        ImportPricing rules =
                ImportPricing.defaults().forShop(new OfShop(new Markup(mode, new BigDecimal(120)), null, null, null));

        assertThat(pricer(rules, "USD").price(Money.of(cost, "USD"), null, null).price())
                .isEqualTo(Money.of(price, "USD"));
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 110, 1.00, 0.95;0.99, 295",
        "USD, 134, 1.00, 0.95;0.99, 295",
        "USD, 135, 1.00, 0.95;0.99, 299",
        "JPY, 110, 100, 80, 280",
        "JPY, 110, 10, '', 250",
        "KWD, 1100, 0.250, 0.240, 2490",
        "KWD, 1100, 0.005, '', 2420"
    })
    void shouldEndAsTheCurrencyWants(String code, long cost, BigDecimal step, String endings, long price) {
        List<BigDecimal> ends = endings.isEmpty()
                ? List.of()
                : java.util.Arrays.stream(endings.split(";"))
                        .map(BigDecimal::new)
                        .toList();
        ImportPricing rules = new ImportPricing(
                new Markup("percentage", new BigDecimal(120)),
                new CompareAt("none", BigDecimal.ZERO),
                BigDecimal.ZERO,
                Map.of(code, new InCurrency(BigDecimal.ZERO, BigDecimal.ZERO, List.of(), step, ends)));

        assertThat(pricer(rules, code)
                        .price(Money.of(cost, code), null, null)
                        .price()
                        .minor())
                .isEqualTo(price);
    }

    @Test
    void shouldSayWhereAPriceComesFrom() {
        ImportPrice price = pricer(ImportPricing.defaults(), "USD")
                .price(Money.of(711, "CNY"), Money.of(200, "USD"), Money.of(2_000, "CNY"));

        assertThat(price.lines().stream().map(line -> line.code() + " " + line.amount() + ": " + line.text()))
                .containsExactly(
                        "cost 1.00 USD: what the supplier asks: 7.11 CNY at 1 CNY = 0.140647 USD of 2026-11-18",
                        "shipping 2.00 USD: what sending one piece costs",
                        "markup 3.60 USD: 120% of the cost, mode percentage",
                        "ending 0.39 USD: up to the next price that ends as prices should");
        assertThat(price.price()).isEqualTo(Money.of(699, "USD"));
        assertThat(price.marginPercent()).isEqualTo("57.1");
        assertThat(price.compareAtReason()).isEqualTo("the rules want none");
    }

    @Test
    void shouldCrossOutWhatTheRulesSay() {
        assertThat(compareAt("percent", 1_000, null)).isEqualTo("29.99 USD, 30% above the price");
        assertThat(compareAt("supplier", 1_000, 3_050L)).isEqualTo("30.50 USD, the supplier's list price");
        assertThat(compareAt("supplier", 1_000, 1_500L))
                .isEqualTo("null, the supplier's list price 15.00 USD is not above the price");
        assertThat(compareAt("supplier", 1_000, null)).isEqualTo("null, the supplier tells no list price");
    }

    private static String compareAt(String mode, long cost, @org.jspecify.annotations.Nullable Long list) {
        ImportPricing rules =
                ImportPricing.defaults().forShop(new OfShop(null, new CompareAt(mode, new BigDecimal(30)), null, null));
        ImportPrice price =
                pricer(rules, "USD").price(Money.of(cost, "USD"), null, list == null ? null : Money.of(list, "USD"));
        return price.compareAt() + ", " + price.compareAtReason();
    }

    @Test
    void shouldKeepTheFloorMargin() {
        ImportPrice price = pricer(ImportPricing.defaults().withMarkup(BigDecimal.ZERO), "USD")
                .price(Money.of(10_000, "USD"), null, null);

        assertThat(price.lines()).extracting(PriceLine::code).containsExactly("cost", "floor-margin", "ending");
        assertThat(price.price()).isEqualTo(Money.of(12_599, "USD"));
    }

    @Test
    void shouldRefuseWhatItCannotPrice() {
        ImportPricer pricer = pricer(ImportPricing.defaults(), "USD");

        assertThatThrownBy(() -> pricer.price(Money.of(1, "BRL"), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no exchange rate for BRL, only for [CNY, EUR, JPY, KWD]: add it to exchange-rates.yaml");
        assertThatThrownBy(() -> pricer.price(Money.of(-1, "USD"), null, null)).hasMessageContaining("cost");
        assertThatThrownBy(() -> pricer.price(Money.of(Long.MAX_VALUE, "USD"), null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pricer(ImportPricing.defaults(), "CHF"))
                .hasMessage("currencies: no import pricing for CHF, only for [EUR, GBP, USD]");
    }

    @Test
    void shouldRefuseRulesThatCannotWorkNamingTheKey() {
        ImportPricing rules = ImportPricing.defaults();
        assertThatThrownBy(() -> new Markup("magic", BigDecimal.ONE)).hasMessageContaining("markup.mode");
        assertThatThrownBy(() -> new Markup("fixed", new BigDecimal("10001"))).hasMessageContaining("markup.percent");
        assertThatThrownBy(() -> rules.forShop(new OfShop(null, null, new BigDecimal("96"), null)))
                .hasMessageContaining("floor_margin_percent");
        assertThatThrownBy(() -> rules.forShop(
                        new OfShop(null, null, null, Map.of("JPY", here(2, 1, BigDecimal.ONE, 1, List.of())))))
                .hasMessageContaining("JPY");
        assertThatThrownBy(() -> rules.forShop(new OfShop(
                        new Markup("tiered", BigDecimal.ONE),
                        null,
                        null,
                        Map.of(
                                "JPY",
                                new InCurrency(BigDecimal.ONE, BigDecimal.ONE, List.of(), BigDecimal.TEN, List.of())))))
                .hasMessageContaining("needs tiers");
        assertThatThrownBy(() -> rules.forShop(
                        new OfShop(null, null, null, Map.of("XQQ", here(2, 1, BigDecimal.ONE, 1, List.of())))))
                .hasMessageContaining("XQQ");
    }

    private static ImportPricer pricer(ImportPricing rules, String code) {
        return ImportPricer.of(rules, RATES, Currency.getInstance(code), TODAY);
    }

    private static InCurrency here(int digits, int amount, BigDecimal tier, int factor, List<Integer> endings) {
        return new InCurrency(
                BigDecimal.valueOf(amount, digits),
                BigDecimal.valueOf(amount, digits),
                List.of(new Tier(new BigDecimal(10), tier), new Tier(new BigDecimal(50), tier.movePointLeft(1))),
                BigDecimal.valueOf(100L * factor, digits),
                endings.stream().map(end -> BigDecimal.valueOf(end, digits)).toList());
    }
}
