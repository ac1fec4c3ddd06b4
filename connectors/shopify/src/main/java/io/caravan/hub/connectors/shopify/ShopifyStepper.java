package io.caravan.hub.connectors.shopify;

import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Hands answers to the {@link Steps} in progress. */
public final class ShopifyStepper {

    /** Shape: in, {@code {"data": {...}}} of a GraphQL reply, or whatever the store of an upload answered. */
    public void take(@Variable("shopifySteps") Steps steps, @Body @Nullable Object reply) {
        steps.take(
                steps.upload()
                        ? java.util.Map.of()
                        : ShopifyJson.map(ShopifyJson.map(reply).get("data")));
    }
}
