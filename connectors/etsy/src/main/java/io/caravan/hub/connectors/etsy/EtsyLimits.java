package io.caravan.hub.connectors.etsy;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Puts what Etsy's headers say about its two limits into the exchange variable {@code limits}, for the budgets: the
 * numbers belong to the app and differ between apps, so they are read, never assumed. Some come as decimals.
 */
public final class EtsyLimits {

    private static final Map<String, String> HEADERS = Map.of(
            "x-limit-per-second", "per_second_limit",
            "x-remaining-this-second", "per_second_remaining",
            "x-limit-per-day", "per_day_limit",
            "x-remaining-today", "per_day_remaining");

    /** Leaves the variable as it is when the answer tells nothing. */
    public void note(Exchange exchange) {
        Map<String, Long> limits = new HashMap<>();
        HEADERS.forEach((header, key) -> {
            String value = exchange.getMessage().getHeader(header, String.class);
            if (value != null && value.trim().matches("[0-9]{1,12}([.][0-9]+)?")) {
                limits.put(key, (long) Double.parseDouble(value.trim()));
            }
        });
        if (!limits.isEmpty()) {
            exchange.setVariable("limits", limits);
        }
    }
}
