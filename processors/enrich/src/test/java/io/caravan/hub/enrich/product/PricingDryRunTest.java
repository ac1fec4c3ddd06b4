package io.caravan.hub.enrich.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.PricingDryRun.Line;
import io.caravan.hub.enrich.product.PricingDryRun.Report;
import io.caravan.hub.enrich.product.PricingDryRun.Row;
import io.caravan.hub.model.Money;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingDryRunTest {

    @Test
    void shouldShowBeforeAfterAndMarginOfEachVariant() {
        ImportPricing rules = ImportPricing.defaults();
        ImportPricer pricer = ImportPricer.of(
                rules, ExchangeRates.defaults(), Currency.getInstance("USD"), LocalDate.parse("2026-11-20"));

        Report report = PricingDryRun.run(
                List.of(
                        line("same", 1_000, "USD", Money.of(2_299, "USD")),
                        line("dearer", 1_000, "USD", Money.of(1_099, "USD")),
                        line("cheaper", 1_000, "USD", Money.of(9_999, "USD")),
                        line("new", 1_000, "USD", null),
                        line("moved", 1_000, "USD", Money.of(2_299, "EUR")),
                        line("unknown", 1_000, "EUR", Money.of(2_299, "USD"))),
                rules,
                pricer);

        assertThat(report.rows())
                .extracting(Row::sku)
                .containsExactly("same", "dearer", "cheaper", "new", "moved", "unknown");
        assertThat(report.rows().stream()
                        .map(row ->
                                row.after() + " " + row.change() + " " + row.marginBefore() + " " + row.marginAfter()))
                .containsExactly(
                        "22.99 USD 0.00 USD 56.5 56.5",
                        "22.99 USD 12.00 USD 9.0 56.5",
                        "22.99 USD -77.00 USD 90.0 56.5",
                        "22.99 USD null null 56.5",
                        "22.99 USD null null 56.5",
                        "null null null null");
        assertThat(report.rows().get(5).error()).contains("exchange rates are of 2000-01-01");
        assertThat(List.of(
                        report.unchanged(),
                        report.up(),
                        report.down(),
                        report.added(),
                        report.unpriced(),
                        report.belowFloor()))
                .containsExactly(1, 1, 1, 2, 1, 1);
    }

    private static Line line(String sku, long cost, String currency, @Nullable Money before) {
        return new Line(sku, "Mug", Money.of(cost, currency), null, null, before);
    }
}
