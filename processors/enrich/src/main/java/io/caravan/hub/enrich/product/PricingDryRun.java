package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.listing.PriceLine;
import io.caravan.hub.enrich.price.Amounts;
import io.caravan.hub.model.Money;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules would do to prices that are there already; changes nothing. */
public final class PricingDryRun {

    private PricingDryRun() {}

    /**
     * One variant as it is now.
     *
     * @param before its price in the shop, null when it has none yet
     */
    public record Line(
            String sku,
            String title,
            Money cost,
            @Nullable Money shipping,
            @Nullable Money listPrice,
            @Nullable Money before) {}

    /**
     * @param after null when it cannot be priced
     * @param change after less before; null when either is missing or the currency changes
     * @param marginBefore percent of the price with one decimal, null when unknown
     * @param marginAfter the same
     * @param error why it cannot be priced, null when it can
     */
    public record Row(
            String sku,
            String title,
            @Nullable Money cost,
            @Nullable Money before,
            @Nullable Money after,
            @Nullable Money compareAt,
            @Nullable Money change,
            @Nullable String marginBefore,
            @Nullable String marginAfter,
            List<PriceLine> lines,
            @Nullable String error) {

        public Row {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param unpriced rows with an error
     * @param belowFloor rows whose price now leaves less margin than the rules allow
     */
    public record Report(List<Row> rows, int unchanged, int up, int down, int added, int unpriced, int belowFloor) {

        public Report {
            rows = List.copyOf(rows);
        }
    }

    /** Rows in the order of the lines; a line that cannot be priced is a row with its error. */
    public static Report run(List<Line> lines, ImportPricing rules, ImportPricer pricer) {
        List<Row> rows = new ArrayList<>(lines.size());
        int unchanged = 0;
        int up = 0;
        int down = 0;
        int added = 0;
        int unpriced = 0;
        int belowFloor = 0;
        for (Line line : lines) {
            Row row = row(line, pricer);
            rows.add(row);
            if (row.error() != null) {
                unpriced++;
            } else if (row.change() == null) {
                added++;
            } else if (row.change().minor() == 0) {
                unchanged++;
            } else if (row.change().minor() > 0) {
                up++;
            } else {
                down++;
            }
            if (row.marginBefore() != null
                    && new java.math.BigDecimal(row.marginBefore()).compareTo(rules.floorMarginPercent()) < 0) {
                belowFloor++;
            }
        }
        return new Report(rows, unchanged, up, down, added, unpriced, belowFloor);
    }

    private static Row row(Line line, ImportPricer pricer) {
        ImportPrice price;
        try {
            price = pricer.price(line.cost(), line.shipping(), line.listPrice());
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            return new Row(line.sku(), line.title(), null, line.before(), null, null, null, null, null, List.of(), why);
        }
        Money now = line.before();
        Money before = now == null
                        || now.minor() <= 0
                        || !now.currency().equals(price.price().currency())
                ? null
                : now;
        return new Row(
                line.sku(),
                line.title(),
                price.cost(),
                now,
                price.price(),
                price.compareAt(),
                before == null ? null : new Money(price.price().minor() - before.minor(), before.currency()),
                before == null
                        ? null
                        : Amounts.percentText(before.minor() - price.cost().minor(), before.minor()),
                price.marginPercent(),
                price.lines(),
                null);
    }
}
