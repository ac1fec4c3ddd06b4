package io.caravan.hub.enrich.price;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * Where prices may lie: one step apart, each step holding the given endings. Step 1.00 with endings 0.95 and 0.99 allows
 * 4.95, 4.99, 5.95. Without an ending prices are multiples of the step.
 */
public final class Endings {

    private final long step;
    private final long[] ends;

    private Endings(long step, long[] ends) {
        this.step = step;
        this.ends = ends;
    }

    /** Amounts in major units. */
    public static Endings of(BigDecimal step, List<BigDecimal> endings, Currency currency) {
        long[] ends = endings.isEmpty()
                ? new long[] {0}
                : endings.stream()
                        .mapToLong(ending -> Amounts.minor(ending, currency))
                        .toArray();
        return new Endings(Amounts.minor(step, currency), ends);
    }

    /** The next price, from this one upwards, that ends as prices should; in minor units. */
    public long from(long price) {
        long next = Long.MAX_VALUE;
        for (long end : ends) {
            long beyond = Math.floorMod(price - end, step);
            next = Math.min(next, beyond == 0 ? price : price + step - beyond);
        }
        return next;
    }

    /**
     * @throws IllegalArgumentException naming the currency
     */
    public static void check(String currency, BigDecimal step, List<BigDecimal> endings) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        BigDecimal smallest = BigDecimal.ONE.movePointLeft(Math.max(0, digits));
        if (step.compareTo(smallest) < 0 || endings.stream().anyMatch(ending -> ending.compareTo(step) >= 0)) {
            throw new IllegalArgumentException(
                    "currencies." + currency + ": step must be at least " + smallest + ", and ending less than step");
        }
    }
}
