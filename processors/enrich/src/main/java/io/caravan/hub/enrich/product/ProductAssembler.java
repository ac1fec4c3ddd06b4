package io.caravan.hub.enrich.product;

import io.caravan.hub.model.product.DraftVariant;
import io.caravan.hub.model.product.FetchedImage;
import io.caravan.hub.model.product.Product;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.product.ProductImage;
import io.caravan.hub.model.product.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Puts draft, prices and our pictures together; and the draft's variants through a pricer. */
public final class ProductAssembler {

    private ProductAssembler() {}

    /**
     * Variant key to price.
     *
     * @throws IllegalArgumentException naming the variant that cannot be priced
     */
    public static Map<String, ImportPrice> prices(ProductDraft draft, ImportPricer pricer) {
        Map<String, ImportPrice> prices = new LinkedHashMap<>();
        for (DraftVariant variant : draft.variants()) {
            try {
                prices.put(variant.key(), pricer.price(variant.cost(), null, variant.listPrice()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("variant " + variant.sku() + ": " + e.getMessage(), e);
            }
        }
        return prices;
    }

    /**
     * @param prices by variant key, one for each variant
     * @param images those that could be fetched, by the draft's addresses; a picture that is missing is left out
     * @param moreTags of the import's own, after the draft's
     * @throws IllegalArgumentException naming a variant without a price
     */
    public static Product product(
            ProductDraft draft,
            Map<String, ImportPrice> prices,
            Map<String, FetchedImage> images,
            List<String> moreTags) {
        Map<String, ProductImage> gallery = new LinkedHashMap<>();
        for (String url : draft.imageUrls()) {
            FetchedImage image = images.get(url);
            if (image != null) {
                gallery.putIfAbsent(image.sha256(), image.asImage(draft.title()));
            }
        }
        List<Variant> variants = new ArrayList<>(draft.variants().size());
        for (DraftVariant variant : draft.variants()) {
            ImportPrice price = prices.get(variant.key());
            if (price == null) {
                throw new IllegalArgumentException("variant " + variant.sku() + " has no price");
            }
            FetchedImage image = variant.imageUrl() == null ? null : images.get(variant.imageUrl());
            variants.add(new Variant(
                    variant.key(),
                    variant.sku(),
                    variant.options(),
                    variant.cost(),
                    price.price(),
                    price.compareAt(),
                    variant.stock(),
                    image == null ? null : image.sha256(),
                    variant.weightGrams(),
                    variant.supplierId(),
                    variant.orderKey()));
        }
        return new Product(
                draft.id(),
                draft.title(),
                draft.descriptionHtml(),
                draft.brand(),
                draft.productType(),
                tags(draft.tags(), moreTags),
                draft.options(),
                variants,
                List.copyOf(gallery.values()),
                draft.supplier(),
                draft.supplierId(),
                draft.sourceUrl());
    }

    private static List<String> tags(List<String> first, List<String> more) {
        Set<String> tags = new LinkedHashSet<>(first);
        tags.addAll(more);
        return tags.stream().filter(Objects::nonNull).limit(250).toList();
    }
}
