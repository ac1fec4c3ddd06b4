package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;

/**
 * A picture of a product, in the object store under kind {@code images}.
 *
 * @param sha256 of the JPEG that shops are given
 * @param source where it came from
 * @param alt alternative text
 */
public record ProductImage(String sha256, String source, String alt, int width, int height) {

    public ProductImage {
        Checks.id("image.sha256", sha256);
        Checks.text("image.alt", alt, 512);
        Checks.within("image.width", width, 1, 100_000);
        Checks.within("image.height", height, 1, 100_000);
    }
}
