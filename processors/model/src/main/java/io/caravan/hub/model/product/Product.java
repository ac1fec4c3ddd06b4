package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import java.util.List;

/**
 * The canonical product. Its JSON form (snake_case) is published as {@code product.schema.json}.
 *
 * @param id ours
 * @param descriptionHtml sanitised: safe to show as it is
 * @param brand {@code ""} when unknown
 * @param tags each at most 255 characters, each once
 * @param options at most 3 (Shopify's limit), empty for a product without options
 * @param variants at least one, keys and option combinations unique
 * @param images first is the main picture
 * @param supplier the connector's name
 * @param supplierId the supplier's id of the product
 * @param sourceUrl where it was imported from
 */
public record Product(
        String id,
        String title,
        String descriptionHtml,
        String brand,
        String productType,
        List<String> tags,
        List<Option> options,
        List<Variant> variants,
        List<ProductImage> images,
        String supplier,
        String supplierId,
        String sourceUrl) {

    public Product {
        Checks.id("product.id", id);
        Checks.text("product.title", title, 255);
        Checks.atMost("product.description_html", descriptionHtml, 60_000);
        Checks.within("product.options", options.size(), 0, 3);
        Checks.within("product.variants", variants.size(), 1, 2_000);
        Checks.within("product.images", images.size(), 0, 250);
        Checks.within("product.tags", tags.size(), 0, 250);
        tags.forEach(tag -> Checks.text("product.tag", tag, 255));
        tags = List.copyOf(tags);
        options = List.copyOf(options);
        variants = List.copyOf(variants);
        images = List.copyOf(images);
    }
}
