package io.caravan.hub.enrich.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.enrich.listing.PricingRules.Fees;
import io.caravan.hub.enrich.listing.PricingRules.InCurrency;
import io.caravan.hub.enrich.listing.PricingRules.Margin;
import io.caravan.hub.enrich.price.Tier;
import io.caravan.hub.model.Money;
import java.math.BigDecimal;
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

class PriceCalculatorTest {

    /** JPY has no decimals, KWD has three. */
    @Provide
    Arbitrary<PricingRules> rules() {
        Arbitrary<String> modes = Arbitraries.of("percentage", "fixed", "tiered");
        Arbitrary<BigDecimal> percents = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(300))
                .ofScale(2);
        Arbitrary<BigDecimal> fees = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal(45))
                .ofScale(2);
        Arbitrary<Integer> amounts = Arbitraries.integers().between(0, 5_000);
        Arbitrary<Integer> steps = Arbitraries.of(1, 5, 10, 50, 100, 1_000);
        return Combinators.combine(modes, percents, fees, fees, amounts, amounts, steps)
                .as((mode, percent, transaction, payment, floor, fixed, step) -> new PricingRules(
                        new Margin(mode, percent),
                        new Fees(transaction, payment),
                        Map.of(
                                "USD", here(2, floor, fixed, step),
                                "JPY", here(0, floor, fixed, step),
                                "KWD", here(3, floor, fixed, step))));
    }

    @Property
    void shouldNeverSellBelowTheFloorNorBelowCostAndFees(
            @ForAll("rules") PricingRules rules, @ForAll @LongRange(min = 0, max = 10_000_000) long cost) {
        for (String currency : List.of("USD", "JPY", "KWD")) {
            InCurrency here = Objects.requireNonNull(rules.currencies().get(currency));
            Price price = PriceCalculator.price(Money.of(cost, currency), rules);

            assertThat(price.price().major())
                    .isGreaterThanOrEqualTo(here.floor())
                    .isPositive();
            BigDecimal fees = price.price()
                    .major()
                    .multiply(rules.fees().transactionPercent().add(rules.fees().paymentPercent()))
                    .movePointLeft(2)
                    .add(here.listingFee())
                    .add(here.paymentFixed());
            assertThat(price.fees().major()).isGreaterThanOrEqualTo(fees);
            assertThat(price.price().major())
                    .isGreaterThanOrEqualTo(price.cost().major().add(fees));
            assertThat(price.margin().minor()).isNotNegative();
            assertThat(price.price().major().subtract(here.ending()).remainder(here.step()))
                    .isZero();
        }
    }

    @Property
    void shouldExplainEveryCent(
            @ForAll("rules") PricingRules rules, @ForAll @LongRange(min = 0, max = 10_000_000) long cost) {
        Price price = PriceCalculator.price(Money.of(cost, "USD"), rules);

        assertThat(price.lines()).extracting(PriceLine::code).containsExactly("cost", "fees", "margin");
        assertThat(price.lines().stream().map(PriceLine::amount).reduce(Money.of(0, "USD"), Money::plus))
                .isEqualTo(price.price());
    }

    @Property
    void shouldEarnTheWantedMarginAndNoMoreThanAStepBeyondIt(
            @ForAll @LongRange(min = 1_000, max = 10_000_000) long cost) {
        Price price = PriceCalculator.price(Money.of(cost, "USD"), PricingRules.defaults());
        long wanted = (cost * 60 + 99) / 100;

        assertThat(price.margin().minor()).isBetween(wanted, wanted + 200);
    }

    @Property
    void shouldNotGetCheaperWhenTheCostGrows(
            @ForAll @LongRange(min = 0, max = 1_000_000) long cost,
            @ForAll @LongRange(min = 0, max = 1_000_000) long more) {
        assertThat(PriceCalculator.price(Money.of(cost + more, "USD"), PricingRules.defaults())
                        .price()
                        .minor())
                .isGreaterThanOrEqualTo(PriceCalculator.price(Money.of(cost, "USD"), PricingRules.defaults())
                        .price()
                        .minor());
    }

    @ParameterizedTest
    @CsvSource({
        // cost, price, fees, margin: fees are 6.5 % and 3 % of the price, each rounded up, and 0.45
        "1250, 2299, 264, 785",
        "0,     999, 140, 859",
        "100,   999, 140, 759",
        "10000, 17799, 1736, 6063",
    })
    void shouldPriceByPercentage(long cost, long price, long fees, long margin) {
        Price result = PriceCalculator.price(Money.of(cost, "USD"), PricingRules.defaults());

        assertThat(result.price()).isEqualTo(Money.of(price, "USD"));
        assertThat(result.fees()).isEqualTo(Money.of(fees, "USD"));
        assertThat(result.margin()).isEqualTo(Money.of(margin, "USD"));
    }

    @ParameterizedTest
    @CsvSource({"fixed, 1250, 2399", "tiered, 1000, 2199", "tiered, 1001, 1899", "tiered, 500000, 773599"})
    void shouldPriceByTheOtherModes(String mode, long cost, long price) {
        PricingRules rules = mode(mode);

        assertThat(PriceCalculator.price(Money.of(cost, "USD"), rules).price().minor())
                .isEqualTo(price);
    }

    @Test
    void shouldSayWhereTheMarginComesFrom() {
        assertThat(text(PriceCalculator.price(Money.of(100, "USD"), PricingRules.defaults())))
                .isEqualTo(
                        "76.0% of the price, mode percentage: the floor of 9.99 USD gives more than the 0.60 USD wanted");
        assertThat(text(PriceCalculator.price(Money.of(1250, "USD"), PricingRules.defaults())))
                .isEqualTo("34.1% of the price, mode percentage: 7.50 USD wanted, the rest from rounding up");
    }

    @Test
    void shouldRefuseWhatItHasNoRulesFor() {
        assertThatThrownBy(() -> PriceCalculator.price(Money.of(1, "CHF"), PricingRules.defaults()))
                .hasMessage("no pricing rules for CHF, only for [EUR, GBP, USD]");
        assertThatThrownBy(() -> PriceCalculator.price(Money.of(-1, "USD"), PricingRules.defaults()))
                .hasMessageContaining("-0.01 USD");
        assertThatThrownBy(() -> PriceCalculator.price(Money.of(Long.MAX_VALUE, "USD"), PricingRules.defaults()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseRulesThatCannotWork() {
        InCurrency dollars = here(2, 999, 800, 100);
        assertThatThrownBy(() -> new Fees(new BigDecimal("90"), new BigDecimal("5")))
                .hasMessageContaining("95");
        assertThatThrownBy(() -> new Margin("magic", BigDecimal.ONE)).hasMessageContaining("magic");
        assertThatThrownBy(() -> new Margin("fixed", new BigDecimal("-1"))).hasMessageContaining("margin.percent");
        assertThatThrownBy(() ->
                        new PricingRules(mode("fixed").margin(), mode("fixed").fees(), Map.of("JPY", dollars)))
                .hasMessageContaining("JPY");
    }

    private static PricingRules mode(String mode) {
        PricingRules rules = PricingRules.defaults();
        return new PricingRules(new Margin(mode, new BigDecimal("60")), rules.fees(), rules.currencies());
    }

    private static InCurrency here(int digits, int floor, int fixed, int step) {
        return new InCurrency(
                BigDecimal.valueOf(floor, digits),
                BigDecimal.valueOf(20, digits),
                BigDecimal.valueOf(25, digits),
                BigDecimal.valueOf(fixed, digits),
                List.of(
                        new Tier(new BigDecimal(10), new BigDecimal(90)),
                        new Tier(new BigDecimal(50), new BigDecimal(40))),
                BigDecimal.valueOf(step, digits),
                BigDecimal.valueOf(step - 1L, digits));
    }

    private static String text(Price price) {
        return price.lines().get(2).text();
    }
}
