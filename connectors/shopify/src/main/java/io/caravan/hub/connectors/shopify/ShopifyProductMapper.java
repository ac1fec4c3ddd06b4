package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Placed;
import io.caravan.hub.model.product.Product;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Products: made as a draft under the reference as handle, found by it, put live and taken back by their number. */
public final class ShopifyProductMapper {

    /**
     * @param budget milliseconds
     * @throws IllegalArgumentException naming the field that Shopify would refuse
     */
    public Steps create(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference,
            @Variable("shopifyBudget") long budget) {
        if (!(body instanceof Product product)) {
            throw new IllegalArgumentException("body must be a product");
        }
        return new CreateProduct(product, reference, connection, Duration.ofMillis(budget), System::nanoTime);
    }

    /** Everything that carries the reference, or is the object that the engine knows of. */
    public GraphqlCall find(
            @Variable(Names.REFERENCE) String reference, @Variable(Names.VENDOR_ID) @Nullable String vendorId) {
        boolean known = vendorId != null && !vendorId.isBlank();
        return GraphqlCall.of(
                "product-find",
                Map.of(
                        "identifier",
                        Map.of("handle", ProductInput.handle(reference)),
                        "id",
                        // the schema wants an id also where it is not used
                        known ? Gid.product(String.valueOf(vendorId)) : "gid://shopify/Product/1",
                        "byId",
                        known));
    }

    /** Live ones first, each once. */
    public List<VendorObject> found(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> data = ShopifyJson.map(ShopifyJson.map(reply).get("data"));
        if (!data.containsKey("byReference")) {
            throw ShopifyJson.unreadable("an answer that says nothing of the product");
        }
        Map<String, VendorObject> found = new LinkedHashMap<>();
        for (String alias : List.of("byReference", "byId")) {
            if (data.get(alias) instanceof Map<?, ?> product) {
                VendorObject object = ProductObject.of(ShopifyJson.map(product), connection);
                found.putIfAbsent(object.id(), object);
            }
        }
        return found.values().stream()
                .sorted(java.util.Comparator.comparing(object -> object.state().equals("draft")))
                .toList();
    }

    /** Puts live what the variable vendorId names; the body is the product, or what is known of it. */
    public Steps confirm(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.VENDOR_ID) String vendorId,
            @Variable("shopifyBudget") long budget) {
        Integer variants = body instanceof Product product
                ? (Integer) product.variants().size()
                : body instanceof Placed placed
                        ? (Integer) placed.product().variants().size()
                        : null;
        return new ConfirmProduct(vendorId, variants, connection, Duration.ofMillis(budget), System::nanoTime);
    }

    /** Takes back the draft that the variable vendorId names. */
    public Steps cancel(@Variable(Names.VENDOR_ID) String vendorId, @Variable("shopifyBudget") long budget) {
        return new CancelProduct(vendorId, Duration.ofMillis(budget), System::nanoTime);
    }

    /** Shape: in, {@code {id}}. */
    public GraphqlCall get(@Body @Nullable Object body) {
        return GraphqlCall.of("product-get", Map.of("id", Gid.product(ShopifyJson.text(ShopifyJson.map(body), "id"))));
    }

    /**
     * @throws io.caravan.hub.model.VendorException of kind GONE when there is none
     */
    public VendorObject product(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> data = ShopifyJson.map(ShopifyJson.map(reply).get("data"));
        return ProductObject.of(ConfirmProduct.there(data, "the product"), connection);
    }

    public GraphqlCall ping() {
        return GraphqlCall.of("ping", Map.of());
    }

    /** Shape: out, {@code {shop_id, name, domain, currency}}. */
    public Map<String, Object> proof(@Body @Nullable Object reply) {
        Map<String, Object> shop = ShopifyJson.map(
                ShopifyJson.map(ShopifyJson.map(reply).get("data")).get("shop"));
        String id = ShopifyJson.text(shop, "id");
        if (!id.matches("gid://shopify/Shop/[1-9][0-9]{0,18}")) {
            throw ShopifyJson.unreadable("no shop behind this token");
        }
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("shop_id", Gid.number("shop id", "Shop", id));
        proof.put("name", ShopifyJson.text(shop, "name"));
        proof.put("domain", ShopifyJson.text(shop, "myshopifyDomain"));
        proof.put("currency", ShopifyJson.text(shop, "currencyCode"));
        return proof;
    }
}
