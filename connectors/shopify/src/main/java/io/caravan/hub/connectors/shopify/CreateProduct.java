package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Product;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One {@code productSet} by handle: the same call twice is one product. More than 100 variants are made in the background,
 * and what is not made in time is an unknown outcome.
 */
final class CreateProduct extends Steps {

    private static final int MOST_AT_ONCE = 100;

    private final Connection connection;

    CreateProduct(Product product, String reference, Connection connection, Duration budget, LongSupplier nanos) {
        super(budget, nanos);
        this.connection = connection;
        ask(
                set(
                        Map.of("handle", ProductInput.handle(reference)),
                        ProductInput.draft(product, reference, connection),
                        product.variants().size()),
                this::made);
    }

    static GraphqlCall set(Map<String, Object> identifier, Map<String, Object> input, int variants) {
        return GraphqlCall.of(
                "product-set",
                Map.of("identifier", identifier, "input", input, "synchronous", variants <= MOST_AT_ONCE));
    }

    private void made(Map<String, Object> data) {
        Map<String, Object> payload = UserErrors.check(data, "productSet");
        if (payload.get("product") instanceof Map<?, ?>) {
            done(object(payload));
        } else {
            ask(status(payload), this::progressed);
        }
    }

    private void progressed(Map<String, Object> data) {
        Map<String, Object> operation = operation(data);
        if (complete(operation)) {
            done(object(operation));
        } else if (late()) {
            throw ShopifyJson.unknown("still-running", "is still making the product; it is looked up later");
        } else {
            askLater(status(operation), this::progressed);
        }
    }

    /** Asks how far a change in the background is. @param from what holds its id */
    static GraphqlCall status(Map<String, Object> from) {
        Map<String, Object> operation =
                from.containsKey("productSetOperation") ? ShopifyJson.map(from.get("productSetOperation")) : from;
        String id = ShopifyJson.text(operation, "id");
        if (!id.matches("gid://shopify/ProductSetOperation/[A-Za-z0-9-]{1,64}")) {
            throw ShopifyJson.unreadable("neither a product nor the operation that makes it");
        }
        return GraphqlCall.of("product-operation", Map.of("id", id)).after();
    }

    static Map<String, Object> operation(Map<String, Object> data) {
        Map<String, Object> operation = ShopifyJson.map(data.get("productOperation"));
        if (operation.isEmpty()) {
            throw ShopifyJson.unreadable("no operation under the id that it named");
        }
        return operation;
    }

    static boolean complete(Map<String, Object> operation) {
        UserErrors.check("productSet", operation.get("userErrors"));
        return ShopifyJson.text(operation, "status").equals("COMPLETE");
    }

    private VendorObject object(Map<String, Object> from) {
        return ProductObject.of(ShopifyJson.map(from.get("product")), connection);
    }
}
