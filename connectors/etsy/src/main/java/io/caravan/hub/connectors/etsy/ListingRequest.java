package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.listing.Offer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code etsy.listing} is asked for: an {@link Offer}, or a Map with the same fields in snake_case and, when the
 * connection's settings lack it, {@code readiness_state_id}.
 *
 * @param price null when the body tells none; a draft needs one
 */
record ListingRequest(
        String title,
        String description,
        List<String> tags,
        @Nullable Money price,
        String sku,
        String readinessStateId,
        String quantity) {

    /** Never fails on a body that lacks fields: a look-up has to work with the reference alone. */
    static ListingRequest of(@Nullable Object body) {
        if (body instanceof Offer offer) {
            return new ListingRequest(
                    offer.title(), offer.description(), offer.tags(), offer.price(), offer.sku(), "", "");
        }
        Map<String, Object> map = EtsyJson.map(body);
        Map<String, Object> price = EtsyJson.map(map.get("price"));
        return new ListingRequest(
                EtsyJson.text(map, "title"),
                EtsyJson.text(map, "description"),
                EtsyJson.list(map.get("tags")).stream().map(String::valueOf).toList(),
                price.isEmpty() ? null : EtsyJson.money(price),
                EtsyJson.text(map, "sku"),
                EtsyJson.text(map, "readiness_state_id"),
                EtsyJson.text(map, "quantity"));
    }
}
