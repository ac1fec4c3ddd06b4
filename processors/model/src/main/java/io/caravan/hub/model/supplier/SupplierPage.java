package io.caravan.hub.model.supplier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search.
 *
 * @param total how many the supplier says there are, null when it does not say
 * @param next what to ask for to get the next page (the supplier's own word), null on the last
 * @param losses rows that could not be read, each with its reason
 */
public record SupplierPage(
        List<SupplierHit> hits,
        @Nullable Long total,
        @Nullable String next,
        List<Loss> losses) {

    public SupplierPage {
        hits = List.copyOf(hits);
        losses = List.copyOf(losses);
    }
}
