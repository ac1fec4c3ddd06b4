package io.caravan.hub.model.product;

import io.caravan.hub.model.Checks;
import org.jspecify.annotations.Nullable;

/**
 * A foreign picture that is now ours: decoded, made small, written anew and stored under kind {@code images}.
 *
 * @param url where it came from
 * @param sha256 of our JPEG
 * @param size of our JPEG, in bytes
 * @param webpSha256 of our WebP; null where this machine cannot write WebP
 * @param width of ours, in pixels, turned as the original asks to be
 * @param mediaType of the original, as found by looking at its bytes
 */
public record FetchedImage(
        String url,
        String sha256,
        long size,
        @Nullable String webpSha256,
        @Nullable Long webpSize,
        int width,
        int height,
        String mediaType) {

    public FetchedImage {
        Checks.id("image.sha256", sha256);
        Checks.within("image.width", width, 1, 100_000);
        Checks.within("image.height", height, 1, 100_000);
    }

    public ProductImage asImage(String alt) {
        return new ProductImage(sha256, url, alt, width, height);
    }
}
