package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import org.jspecify.annotations.Nullable;

/**
 * One way to send one piece of a variant to a country.
 *
 * @param service the supplier's name of it, as an order wants it
 * @param minDays null when not told
 * @param maxDays null when not told
 * @param shipsFrom ISO 3166-1 alpha-2, {@code ""} when not told
 */
public record ShippingOption(
        String service,
        Money cost,
        @Nullable Integer minDays,
        @Nullable Integer maxDays,
        String shipsFrom,
        boolean tracked) {

    public ShippingOption {
        Checks.text("service", service, 200);
    }
}
