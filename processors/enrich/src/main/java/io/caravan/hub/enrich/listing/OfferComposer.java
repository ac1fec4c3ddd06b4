package io.caravan.hub.enrich.listing;

import io.caravan.hub.enrich.text.Fold;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.idea.Idea;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.trend.Trend;

/** Everything that was decided about one product, put together as the offer that goes out. */
public final class OfferComposer {

    private static final int ALT_LIMIT = 250;

    private OfferComposer() {}

    /**
     * @param listingId deterministic: {@code Refs.of(account, "listing", ideaId)}; also the SKU, behind the product's prefix
     * @param imageSha256 the approved picture
     * @throws IllegalArgumentException when the listing id is none, or the price is not more than 0
     */
    public static Offer compose(
            String listingId,
            Idea idea,
            Trend trend,
            ProductFacts product,
            String imageSha256,
            Money price,
            ListingRules rules) {
        return new Offer(
                listingId,
                ListingTitle.of(idea, trend, product, rules),
                ListingDescription.of(idea, product, rules),
                ListingTags.of(idea, trend, product, rules),
                price,
                imageSha256,
                Fold.cutAtWord(Fold.clean(idea.motif()), ALT_LIMIT),
                Fold.cut(product.skuPrefix() + "-" + listingId, 32));
    }
}
