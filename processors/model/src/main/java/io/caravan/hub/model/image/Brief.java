package io.caravan.hub.model.image;

import io.caravan.hub.model.Checks;

/**
 * How to draw a picture.
 *
 * @param prompt at most 4,000 characters
 * @param size {@code 1024x1024}, {@code 1024x1536} or {@code 1536x1024}
 * @param quality {@code low}, {@code medium} or {@code high}
 * @param background {@code transparent} or {@code opaque}
 */
public record Brief(String prompt, String size, String quality, String background) {

    public Brief {
        Checks.text("prompt", prompt, 4_000);
    }
}
