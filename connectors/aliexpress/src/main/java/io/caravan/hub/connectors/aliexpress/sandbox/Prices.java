package io.caravan.hub.connectors.aliexpress.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Prices as texts in the currency that was asked for, at rates of our own; unknown ones are answered in dollars. */
final class Prices {

    private static final Map<String, String> RATES = Map.of(
            "USD", "1", "EUR", "0.92", "GBP", "0.79", "CAD", "1.37", "AUD", "1.52", "BRL", "5.40", "CNY", "7.20", "MXN",
            "18.10");

    private Prices() {}

    static String currency(String asked) {
        return RATES.containsKey(asked) ? asked : "USD";
    }

    static String of(long cents, String currency) {
        return BigDecimal.valueOf(cents, 2)
                .multiply(new BigDecimal(RATES.getOrDefault(currency, "1")))
                .setScale(2, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
