package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One product of a search, enough for a card.
 *
 * @param image null when the supplier sent none
 * @param from the lowest price of its variants, as the search tells it; the product itself may differ
 * @param to the highest, equal to {@code from} where the search tells one price
 * @param sold pieces sold, rounded down where the supplier writes "5,000+"; null when not told
 * @param rating 0 to 5, null when not told
 */
public record SupplierHit(
        String supplier,
        String externalId,
        URI url,
        String title,
        @Nullable String image,
        Money from,
        Money to,
        @Nullable Long sold,
        @Nullable Double rating) {

    public SupplierHit {
        Checks.id("supplier", supplier);
        Checks.text("external_id", externalId, 100);
        Checks.text("title", title, 1_000);
    }
}
