package io.caravan.hub.enrich.price;

import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** Arithmetic of prices on minor units. Every rounding is upwards: against us in a cost, for us in a price. */
public final class Amounts {

    public static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** A cost beyond it, in minor units, is an error in the supplier's data, not a product. */
    public static final long LARGEST_COST = 1_000_000_000_000L;

    private static final BigDecimal LARGEST_RULE = new BigDecimal("1e9");

    private Amounts() {}

    /** Minor units, rounded up. */
    public static long percentOf(long minor, BigDecimal percent) {
        return BigDecimal.valueOf(minor)
                .multiply(percent)
                .divide(HUNDRED)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    /** The smallest amount, give or take the rounding of its parts, of which {@code net} is left after {@code percent} of it. */
    public static long covering(long net, BigDecimal percent) {
        BigDecimal kept = HUNDRED.subtract(percent).divide(HUNDRED);
        return BigDecimal.valueOf(net).divide(kept, 0, RoundingMode.CEILING).longValueExact();
    }

    /** "34.1": one decimal, for explanations. */
    public static String percentText(long part, long whole) {
        return BigDecimal.valueOf(part)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP)
                .toPlainString();
    }

    public static long minor(BigDecimal major, Currency currency) {
        return Money.of(major, currency).minor();
    }

    /**
     * @throws IllegalArgumentException when no piece of a product can cost that
     */
    public static void checkCost(Money cost) {
        if (cost.minor() < 0 || cost.minor() > LARGEST_COST) {
            throw new IllegalArgumentException("a product cannot cost " + cost);
        }
    }

    /**
     * @throws IllegalArgumentException naming the field of the rules
     */
    public static void notNegative(String field, BigDecimal value) {
        if (value.signum() < 0 || value.compareTo(LARGEST_RULE) > 0) {
            throw new IllegalArgumentException(field + " must be 0 to 1000000000, is " + value);
        }
    }

    /**
     * @throws IllegalArgumentException naming the currency, when an amount has more decimals than the currency
     */
    public static void checkDecimals(String currency, Iterable<BigDecimal> amounts) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        for (BigDecimal amount : amounts) {
            if (amount.stripTrailingZeros().scale() > digits) {
                throw new IllegalArgumentException(
                        "currencies." + currency + ": " + amount + " has more than " + digits + " decimals");
            }
        }
    }
}
