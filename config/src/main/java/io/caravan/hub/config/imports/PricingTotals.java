package io.caravan.hub.config.imports;

import io.caravan.hub.enrich.product.PricingDryRun;
import io.caravan.hub.enrich.product.PricingDryRun.Row;
import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a dry run counts; its size does not grow with the catalogue. */
final class PricingTotals {

    private long products;
    private long variants;
    private long unpriced;
    private long up;
    private long down;
    private long unchanged;
    private long belowFloorBefore;
    private long belowFloor;
    private long lossBefore;
    private long loss;
    private final Mean before = new Mean();
    private final Mean after = new Mean();

    /** Of margins in percent of the price. */
    private static final class Mean {
        private double sum;
        private long count;

        void add(Money price, Money cost) {
            sum += 100.0 * (price.minor() - cost.minor()) / price.minor();
            count++;
        }

        /** One decimal, null when there is nothing to take it of. */
        @Nullable
        Double value() {
            return count == 0 ? null : Math.round(10 * sum / count) / 10.0;
        }
    }

    void add(PricingDryRun.Report report, BigDecimal floorPercent) {
        products++;
        variants += report.rows().size();
        unpriced += report.unpriced();
        up += report.up();
        down += report.down();
        unchanged += report.unchanged();
        belowFloorBefore += report.belowFloor();
        for (Row row : report.rows()) {
            Money cost = row.cost();
            Money priced = row.after();
            if (cost == null || priced == null) {
                continue;
            }
            after.add(priced, cost);
            loss += isLoss(priced, cost) ? 1 : 0;
            belowFloor += isBelow(priced, cost, floorPercent) ? 1 : 0;
            Money was = row.before();
            if (was != null && row.marginBefore() != null) {
                before.add(was, cost);
                lossBefore += isLoss(was, cost) ? 1 : 0;
            }
        }
    }

    static boolean isLoss(@Nullable Money price, @Nullable Money cost) {
        return price != null
                && cost != null
                && price.currency().equals(cost.currency())
                && price.minor() < cost.minor();
    }

    static boolean isBelow(@Nullable Money price, @Nullable Money cost, BigDecimal floorPercent) {
        return price != null
                && cost != null
                && price.currency().equals(cost.currency())
                && BigDecimal.valueOf(price.minor() - cost.minor())
                                .movePointRight(2)
                                .compareTo(floorPercent.multiply(BigDecimal.valueOf(price.minor())))
                        < 0;
    }

    Map<String, @Nullable Object> view() {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("products", products);
        view.put("variants", variants);
        view.put("up", up);
        view.put("down", down);
        view.put("unchanged", unchanged);
        view.put("unpriced", unpriced);
        view.put("average_margin_before_percent", before.value());
        view.put("average_margin_percent", after.value());
        view.put("below_floor_before", belowFloorBefore);
        view.put("below_floor", belowFloor);
        view.put("at_loss_before", lossBefore);
        view.put("at_loss", loss);
        return view;
    }
}
