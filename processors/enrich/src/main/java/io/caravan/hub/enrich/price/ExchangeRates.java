package io.caravan.hub.enrich.price;

import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Map;
import java.util.TreeSet;

/**
 * Dated rates that a person keeps: {@code exchange-rates.yaml}. Nothing is fetched, so that a price can be explained years
 * later, and nothing is guessed: old rates are refused.
 *
 * @param asOf ISO date ({@code 2026-11-20}) of the rates
 * @param base ISO 4217 code that the rates are for
 * @param maxAgeDays rates older than this many days are refused, 1 to 365
 * @param rates ISO 4217 code to how much of it one unit of {@code base} buys
 */
public record ExchangeRates(String asOf, String base, int maxAgeDays, Map<String, BigDecimal> rates) {

    /** Where a person mends them, for messages. */
    public static final String FILE = "exchange-rates.yaml";

    private static final BigDecimal LEAST = new BigDecimal("0.000001");
    private static final BigDecimal MOST = new BigDecimal("1000000");

    public ExchangeRates {
        date(asOf);
        known("base", base);
        if (maxAgeDays < 1 || maxAgeDays > 365) {
            throw new IllegalArgumentException("max_age_days must be 1 to 365, is " + maxAgeDays);
        }
        rates.forEach((code, rate) -> {
            known("rates." + code, code);
            if (rate.compareTo(LEAST) < 0 || rate.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("rates." + code + " must be 0.000001 to 1000000, is " + rate);
            }
        });
        BigDecimal own = rates.get(base);
        if (own != null && own.compareTo(BigDecimal.ONE) != 0) {
            throw new IllegalArgumentException("rates." + base + " must be 1: it is the base");
        }
        rates = Map.copyOf(rates);
    }

    /**
     * The amount in another currency, rounded up to its minor unit. The same currency needs no rate and no date.
     *
     * @throws IllegalArgumentException when the rates are too old, of a day to come, or lack one of the currencies
     */
    public Money convert(Money amount, Currency to, LocalDate today) {
        if (amount.currency().equals(to)) {
            return amount;
        }
        checkDate(today);
        BigDecimal converted = amount.major()
                .multiply(rate(to.getCurrencyCode()))
                .divide(rate(amount.currency().getCurrencyCode()), MathContext.DECIMAL128);
        return new Money(
                converted
                        .movePointRight(Math.max(0, to.getDefaultFractionDigits()))
                        .setScale(0, RoundingMode.CEILING)
                        .longValueExact(),
                to);
    }

    /** "1 EUR = 1.086957 USD of 2026-11-20", for explanations. */
    public String text(Currency from, Currency to) {
        BigDecimal one = rate(to.getCurrencyCode())
                .divide(rate(from.getCurrencyCode()), new MathContext(7, RoundingMode.HALF_UP))
                .stripTrailingZeros();
        return "1 " + from.getCurrencyCode() + " = " + one.toPlainString() + " " + to.getCurrencyCode() + " of " + asOf;
    }

    private void checkDate(LocalDate today) {
        long age = ChronoUnit.DAYS.between(date(asOf), today);
        if (age > maxAgeDays) {
            throw new IllegalArgumentException("the exchange rates are of " + asOf + ", " + age + " days old, and "
                    + "max_age_days is " + maxAgeDays + ": write today's rates into " + FILE);
        }
        // a day's grace: the rates' day may have begun elsewhere
        if (age < -1) {
            throw new IllegalArgumentException(
                    "the exchange rates are of " + asOf + ", a day to come: mend as_of in " + FILE);
        }
    }

    private BigDecimal rate(String code) {
        if (code.equals(base)) {
            return BigDecimal.ONE;
        }
        BigDecimal rate = rates.get(code);
        if (rate == null) {
            throw new IllegalArgumentException("no exchange rate for " + code + ", only for "
                    + new TreeSet<>(rates.keySet()) + ": add it to " + FILE);
        }
        return rate;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("as_of must be a date like 2026-11-20, is " + text, e);
        }
    }

    private static void known(String field, String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + code + " is no ISO 4217 currency", e);
        }
    }

    /** Rates of no day that is still fresh: whoever converts has to write the file first. */
    public static ExchangeRates defaults() {
        return new ExchangeRates("2000-01-01", "USD", 7, Map.of());
    }
}
