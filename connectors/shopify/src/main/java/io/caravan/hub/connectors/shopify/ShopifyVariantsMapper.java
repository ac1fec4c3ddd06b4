package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.product.Placed;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** Variants, prices, pictures and stock of a product that is there. */
public final class ShopifyVariantsMapper {

    /** @param budget milliseconds */
    public Steps create(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference,
            @Variable("shopifyBudget") long budget) {
        if (!(body instanceof Placed placed)) {
            throw new IllegalArgumentException("body must be a product with the object that the shop made for it");
        }
        return new FillProduct(placed, reference, connection, Duration.ofMillis(budget), System::nanoTime);
    }

    /** Null when the request does not say what should be there. */
    public @Nullable Steps lookup(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable("shopifyBudget") long budget) {
        return body instanceof Placed placed
                ? new LookUpVariants(placed, connection, Duration.ofMillis(budget), System::nanoTime)
                : null;
    }

    /** Nothing found. */
    public List<Object> none() {
        return List.of();
    }

    /** Shape: in, the picture's bytes; out, the form for the vendor's target. */
    public HttpEntity upload(@Body byte[] picture, @Variable("shopifyUpload") PictureUpload upload) {
        return upload.entity(picture);
    }
}
