package io.caravan.hub.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** An amount in minor units (cents for USD, yen for JPY) and its ISO 4217 currency. */
public record Money(long minor, Currency currency) {

    public static Money of(long minor, String iso4217) {
        return new Money(minor, Currency.getInstance(iso4217));
    }

    /**
     * Rounds half up to the currency's own number of decimals.
     *
     * @throws IllegalArgumentException when there is more of it than a {@code long} counts, or it is written with so large
     *     an exponent that to write it out would take all memory
     */
    public static Money of(BigDecimal major, Currency currency) {
        if (!Numbers.bounded(major)) {
            throw new IllegalArgumentException("an amount with the exponent " + -(long) major.scale() + " is none");
        }
        try {
            return new Money(
                    major.movePointRight(currency.getDefaultFractionDigits())
                            .setScale(0, RoundingMode.HALF_UP)
                            .longValueExact(),
                    currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the amount is larger than can be counted", e);
        }
    }

    /** The amount in major units, with the currency's own number of decimals: 1999 USD cents give 19.99. */
    public BigDecimal major() {
        return BigDecimal.valueOf(minor, currency.getDefaultFractionDigits());
    }

    /**
     * @throws IllegalArgumentException when the currencies differ: the hub never converts in passing
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(Math.addExact(minor, other.minor), currency);
    }

    @Override
    public String toString() {
        return major().toPlainString() + " " + currency.getCurrencyCode();
    }
}
