package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.supplier.Loss;
import java.util.List;

/**
 * A normalised product that still lacks prices and our own copies of its pictures: the checkpoint between normalising and
 * those two steps. Fields are those of {@link Product} where they share a name.
 *
 * @param imageUrls absolute addresses at the supplier, each once: the gallery in its order, then pictures of variants
 * @param losses what of the supplier's product is not in the draft, the connector's own losses first
 * @param notes what a person should look at before it is sold, in words
 */
public record ProductDraft(
        String id,
        String title,
        String descriptionHtml,
        String brand,
        String productType,
        List<String> tags,
        List<Option> options,
        List<DraftVariant> variants,
        List<String> imageUrls,
        String supplier,
        String supplierId,
        String sourceUrl,
        List<Loss> losses,
        List<String> notes) {

    public ProductDraft {
        Checks.id("product.id", id);
        Checks.text("product.title", title, 255);
        Checks.within("product.variants", variants.size(), 1, 2_000);
        tags = List.copyOf(tags);
        options = List.copyOf(options);
        variants = List.copyOf(variants);
        imageUrls = List.copyOf(imageUrls);
        losses = List.copyOf(losses);
        notes = List.copyOf(notes);
    }

    /** The same under a title that a person chose. */
    public ProductDraft titled(String chosen) {
        return new ProductDraft(
                id,
                chosen,
                descriptionHtml,
                brand,
                productType,
                tags,
                options,
                variants,
                imageUrls,
                supplier,
                supplierId,
                sourceUrl,
                losses,
                notes);
    }
}
