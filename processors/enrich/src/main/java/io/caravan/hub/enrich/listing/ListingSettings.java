package io.caravan.hub.enrich.listing;

import java.util.List;

/**
 * What the shop has set for its listings; {@code ""} and the empty list mean not set.
 *
 * @param whoMade {@code i_did}, {@code someone_else} or {@code collective}
 * @param whenMade {@code made_to_order} or an era
 * @param productionPartners their ids at the marketplace
 * @param readinessState id of the processing profile
 * @param taxonomy id of the category
 */
public record ListingSettings(
        String whoMade,
        String whenMade,
        boolean supply,
        List<String> productionPartners,
        String shippingProfile,
        String readinessState,
        String taxonomy) {

    public ListingSettings {
        productionPartners = List.copyOf(productionPartners);
    }
}
