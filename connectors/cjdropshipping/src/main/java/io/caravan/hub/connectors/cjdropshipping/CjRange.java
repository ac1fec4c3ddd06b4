package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number or a range, as CJ writes prices and weights: {@code 58.09}, {@code "17.90"}, {@code "1.55-3.35"},
 * {@code "2.09 -- 7.46"}, {@code "8.62 - 34.52"}, {@code "170.00-369.00"}.
 */
record CjRange(BigDecimal from, BigDecimal to) {

    /** CJ tells every price in it. */
    static final Currency USD = Currency.getInstance("USD");

    private static final String NUMBER = "\\$?\\s*([0-9][0-9,]{0,14}(?:\\.[0-9]{1,8})?)";
    private static final Pattern RANGE = Pattern.compile(NUMBER + "(?:\\s*(?:--?|~|–)\\s*" + NUMBER + ")?");

    /** Empty when it is missing or neither. */
    static Optional<CjRange> of(@Nullable Object value) {
        Matcher match = RANGE.matcher(CjJson.plain(value));
        if (!match.matches()) {
            return Optional.empty();
        }
        BigDecimal from = number(match.group(1));
        BigDecimal to = match.group(2) == null ? from : number(match.group(2));
        return Optional.of(from.compareTo(to) <= 0 ? new CjRange(from, to) : new CjRange(to, from));
    }

    boolean single() {
        return from.compareTo(to) == 0;
    }

    Money lowest() {
        return Money.of(from, USD);
    }

    Money highest() {
        return Money.of(to, USD);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text.replace(",", ""));
    }
}
