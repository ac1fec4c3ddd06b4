package io.caravan.hub.connectors.shopify;

import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Deletes a draft; one that is gone is fine, and what buyers may see is never deleted. */
final class CancelProduct extends Steps {

    private final String id;
    private final String product;

    CancelProduct(String vendorId, Duration budget, LongSupplier nanos) {
        super(budget, nanos);
        this.id = vendorId;
        this.product = Gid.product(vendorId);
        ask(GraphqlCall.of("product-get", Map.of("id", product)), this::found);
    }

    private void found(Map<String, Object> data) {
        if (!data.containsKey("product")) {
            throw ShopifyJson.unreadable("an answer that says nothing of the product");
        }
        Map<String, Object> now = ShopifyJson.map(data.get("product"));
        if (now.isEmpty()) {
            gone();
            return;
        }
        String status = ShopifyJson.text(now, "status");
        if (!status.equals("DRAFT")) {
            throw ShopifyJson.refused(
                    "not-a-draft",
                    "product " + id + " is " + status + "; only drafts are taken back, a person has to decide");
        }
        ask(GraphqlCall.of("product-delete", Map.of("input", Map.of("id", product))), this::deleted);
    }

    private void deleted(Map<String, Object> data) {
        try {
            UserErrors.check(data, "productDelete");
        } catch (VendorException e) {
            if (e.kind() != io.caravan.hub.model.ErrorKind.GONE) {
                throw e;
            }
        }
        gone();
    }

    private void gone() {
        done(new VendorObject(id, "deleted", Map.of()));
    }
}
