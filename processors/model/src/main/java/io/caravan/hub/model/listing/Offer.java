package io.caravan.hub.model.listing;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import java.util.List;

/**
 * What is to be offered: the canonical content of a listing before any vendor's form.
 *
 * @param listingId our id
 * @param title at most 140 characters
 * @param tags at most 13 of at most 20 characters, by construction of the enricher
 * @param price what the buyer pays
 * @param imageSha256 the picture, in the object store
 * @param imageAlt alternative text of the picture
 * @param sku our stock keeping unit, at most 32 characters
 */
public record Offer(
        String listingId,
        String title,
        String description,
        List<String> tags,
        Money price,
        String imageSha256,
        String imageAlt,
        String sku) {

    public Offer {
        Checks.id("listing_id", listingId);
        Checks.text("title", title, 140);
        Checks.text("description", description, 10_000);
        Checks.within("tags", tags.size(), 0, 13);
        tags.forEach(tag -> Checks.text("tag", tag, 20));
        Checks.within("price", price.minor(), 1, Long.MAX_VALUE);
        Checks.text("sku", sku, 32);
        tags = List.copyOf(tags);
    }
}
