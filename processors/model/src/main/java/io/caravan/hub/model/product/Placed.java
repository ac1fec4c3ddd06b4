package io.caravan.hub.model.product;

import io.caravan.hub.model.delivery.VendorObject;

/**
 * A product and the object that a shop already made for it: what the effect {@code <shop>.variants} is asked to complete.
 */
public record Placed(Product product, VendorObject object) {}
