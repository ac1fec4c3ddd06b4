package io.caravan.hub.enrich.listing;

import io.caravan.hub.model.Money;
import io.caravan.hub.model.listing.Offer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listing's content before it is known to be right, for example after a person edited it. */
public record ListingDraft(
        String title,
        String description,
        List<String> tags,
        @Nullable Money price,
        String imageSha256) {

    public ListingDraft {
        tags = List.copyOf(tags);
    }

    public static ListingDraft of(Offer offer) {
        return new ListingDraft(offer.title(), offer.description(), offer.tags(), offer.price(), offer.imageSha256());
    }
}
