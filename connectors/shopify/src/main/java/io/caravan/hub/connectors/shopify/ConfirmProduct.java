package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Publishes a draft to the online store, makes it active, and reads back. What is so already is not done again. */
final class ConfirmProduct extends Steps {

    private static final String ONLINE_STORE = "Online Store";

    private final Connection connection;
    private final String product;
    private final @Nullable Integer variants;
    private String publication = "";

    /** @param variants how many the product must have, null when the request does not say */
    ConfirmProduct(
            String vendorId, @Nullable Integer variants, Connection connection, Duration budget, LongSupplier nanos) {
        super(budget, nanos);
        this.connection = connection;
        this.product = Gid.product(vendorId);
        this.variants = variants;
        String set = connection.settingOr("publicationId", "");
        if (set.isBlank()) {
            ask(GraphqlCall.of("publications", Map.of()), this::foundPublications);
        } else {
            read(Gid.of("setting publicationId", "Publication", set));
        }
    }

    private void foundPublications(Map<String, Object> data) {
        List<Map<String, Object>> all = ShopifyJson.nodes(data.get("publications"));
        read(all.stream()
                .filter(one -> ShopifyJson.text(one, "name").equals(ONLINE_STORE))
                .map(one -> ShopifyJson.text(one, "id"))
                .findFirst()
                .orElseThrow(() -> ShopifyJson.refused(
                        "no-online-store",
                        "the shop has no sales channel \"" + ONLINE_STORE
                                + "\"; set publicationId of the connection to the one to publish to")));
    }

    private void read(String publicationId) {
        publication = publicationId;
        ask(published(), this::decide);
    }

    private GraphqlCall published() {
        return GraphqlCall.of("product-published", Map.of("id", product, "publicationId", publication));
    }

    private void decide(Map<String, Object> data) {
        Map<String, Object> now = there(data, product);
        Long count = ShopifyJson.number(ShopifyJson.map(now.get("variantsCount")), "count");
        if (variants != null && count != null && count != (long) variants) {
            throw ShopifyJson.unknown(
                    "not-applied", "the product has " + count + " variants of " + variants + ", it is not put live");
        }
        switch (ShopifyJson.text(now, "status")) {
            // a draft may say that it is published before anybody can see it, so both are done
            case "DRAFT" -> publish(() -> activate());
            case "ACTIVE" -> {
                if (Boolean.TRUE.equals(now.get("publishedOnPublication"))) {
                    done(ProductObject.of(now, connection));
                } else {
                    publish(this::readBack);
                }
            }
            default ->
                throw ShopifyJson.refused(
                        "not-a-draft",
                        "the product is " + ShopifyJson.text(now, "status") + "; a person has to decide");
        }
    }

    private void publish(Runnable then) {
        ask(
                GraphqlCall.of(
                        "product-publish",
                        Map.of("id", product, "input", List.of(Map.of("publicationId", publication)))),
                data -> {
                    UserErrors.check(data, "publishablePublish");
                    then.run();
                });
    }

    private void activate() {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", product);
        change.put("status", "ACTIVE");
        ask(GraphqlCall.of("product-activate", Map.of("product", change)), data -> {
            UserErrors.check(data, "productUpdate");
            readBack();
        });
    }

    private void readBack() {
        ask(published(), data -> {
            Map<String, Object> now = there(data, product);
            if (!ShopifyJson.text(now, "status").equals("ACTIVE")
                    || !Objects.equals(now.get("publishedOnPublication"), true)) {
                throw ShopifyJson.unknown("not-applied", "took the change, but the product is not live");
            }
            done(ProductObject.of(now, connection));
        });
    }

    static Map<String, Object> there(Map<String, Object> data, String id) {
        if (!data.containsKey("product")) {
            throw ShopifyJson.unreadable("an answer that says nothing of the product");
        }
        Map<String, Object> product = ShopifyJson.map(data.get("product"));
        if (product.isEmpty()) {
            throw new VendorException(ErrorKind.GONE, "shopify", "no-product", 200, "does not have " + id, "");
        }
        return product;
    }
}
