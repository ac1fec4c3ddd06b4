package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.product.Product;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Products: a draft whose SKU is made of its reference, found by it, put live and taken back by its id. */
public final class WooCommerceProductMapper {

    /** @throws IllegalArgumentException naming what a store would refuse or get wrong */
    public WooCommerceCall create(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        if (!(body instanceof Product product)) {
            throw new IllegalArgumentException("the body must be a product");
        }
        Checks.id("reference", reference);
        if (ProductBody.simple(product)) {
            if (product.variants().size() != 1) {
                throw new IllegalArgumentException("a product without options must have one variant");
            }
            searchable(product.variants().get(0).sku());
        }
        return WooCommerceCall.send("POST", "/products", ProductBody.draft(product, connection, reference));
    }

    /**
     * Shape: in, a product of the store; out, state {@code draft}, {@code publish}..., facts {@code url, admin_url,
     * handle, sku, type}, and {@code price_min, variants, images} as the store tells them.
     */
    public VendorObject product(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, Object> product = WooCommerceJson.object(reply);
        String id = WooCommerceJson.id(product, "id");
        Map<String, Object> facts = new LinkedHashMap<>();
        String url = WooCommerceJson.text(product, "permalink");
        facts.put("url", url.startsWith("http") ? url : "");
        facts.put("admin_url", WooCommerceAccess.store(connection) + "/wp-admin/post.php?post=" + id + "&action=edit");
        facts.put("handle", WooCommerceJson.text(product, "slug"));
        facts.put("sku", WooCommerceJson.text(product, "sku"));
        facts.put("type", WooCommerceJson.text(product, "type"));
        var price = WooCommerceJson.decimal(product, "price");
        if (price != null) {
            facts.put("price_min", price.toPlainString());
        }
        facts.put("variants", WooCommerceJson.list(product.get("variations")).size());
        facts.put("images", WooCommerceJson.list(product.get("images")).size());
        return new VendorObject(id, WooCommerceJson.text(product, "status"), facts);
    }

    /**
     * Looks for the reference's own SKU; a product without options has its variant's SKU once that is set. Status
     * {@code any} leaves out the trash, whose SKUs may be used again.
     */
    public WooCommerceCall search(@Body @Nullable Object body, @Variable(Names.REFERENCE) String reference) {
        String skus = ProductBody.sku(Checks.id("reference", reference));
        if (body instanceof Product product && ProductBody.simple(product)) {
            skus += "," + searchable(product.variants().get(0).sku());
        }
        return WooCommerceCall.search("/products", skus);
    }

    /** Live ones first, then the oldest: the first is the one to keep. */
    public List<VendorObject> found(
            @Body @Nullable Object reply,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        return WooCommerceJson.page(reply).stream()
                .map(WooCommerceJson::map)
                .filter(product -> ours(product, reference))
                .map(product -> product(product, connection))
                .sorted(Comparator.comparing((VendorObject one) -> one.state().equals("draft"))
                        .thenComparing(one -> Long.valueOf(one.id())))
                .toList();
    }

    /** Reads the product that is to be confirmed, cancelled or looked at. */
    public WooCommerceCall get(@Variable(Names.VENDOR_ID) String vendorId) {
        return WooCommerceCall.get("/products/" + number("vendorId", vendorId));
    }

    /** As {@link #get}; shape: in, {@code {id}}. */
    public WooCommerceCall read(@Body @Nullable Object body) {
        return get(WooCommerceJson.text(WooCommerceJson.map(body), "id"));
    }

    /** What is still to be changed for the product to be live; null when it is. */
    public @Nullable WooCommerceCall publish(@Body @Nullable Object current) {
        Map<String, Object> product = WooCommerceJson.object(current);
        return WooCommerceJson.text(product, "status").equals("publish")
                ? null
                : WooCommerceCall.send(
                        "PUT", "/products/" + WooCommerceJson.id(product, "id"), Map.of("status", "publish"));
    }

    /** @throws VendorException of kind TRANSIENT, code {@code not-applied}, when the store said yes and did nothing */
    public VendorObject published(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        VendorObject product = product(reply, connection);
        if (!product.state().equals("publish")) {
            throw new VendorException(
                    ErrorKind.TRANSIENT,
                    WooCommerceErrors.VENDOR,
                    "not-applied",
                    200,
                    "took the change of product " + product.id() + " but it is " + product.state()
                            + "; may the key's user publish?",
                    "");
        }
        return product;
    }

    /**
     * The deletion of a draft; null when there is nothing to delete. Forced, since the trash would keep it.
     *
     * @throws VendorException of kind REJECTED when the product is no draft: what buyers see is never deleted here
     */
    public @Nullable WooCommerceCall cancel(
            @Body @Nullable Object current, @Variable(Names.VENDOR_ID) String vendorId) {
        Map<String, Object> product = WooCommerceJson.object(current);
        if (product.isEmpty()) {
            return null;
        }
        String status = WooCommerceJson.text(product, "status");
        if (!status.equals("draft")) {
            throw new VendorException(
                    ErrorKind.REJECTED,
                    WooCommerceErrors.VENDOR,
                    "not-a-draft",
                    200,
                    "product " + vendorId + " is " + status + "; only drafts are taken back, a person has to decide",
                    "");
        }
        return WooCommerceCall.delete("/products/" + number("vendorId", vendorId));
    }

    /** What the last step of a cancellation leaves. */
    public VendorObject cancelled(@Variable(Names.VENDOR_ID) String vendorId) {
        return new VendorObject(vendorId, "deleted", Map.of());
    }

    /** A search by SKU finds variations too; a plugin may hide the meta data, the reference's SKU says enough. */
    private static boolean ours(Map<String, Object> product, String reference) {
        if (WooCommerceJson.text(product, "type").equals("variation")) {
            return false;
        }
        String marks = WooCommerceJson.list(product.get("meta_data")).stream()
                .map(WooCommerceJson::map)
                .filter(meta -> WooCommerceJson.text(meta, "key").equals(ProductBody.REF))
                .map(meta -> WooCommerceJson.text(meta, "value"))
                .collect(Collectors.joining());
        return marks.isEmpty()
                ? WooCommerceJson.text(product, "sku").equalsIgnoreCase(ProductBody.sku(reference))
                : marks.equals(reference);
    }

    /** It goes into an address, and a comma would be two SKUs. */
    private static String searchable(String sku) {
        if (!sku.matches("[A-Za-z0-9._-]{1,40}")) {
            throw new IllegalArgumentException("the variant's sku must be letters, digits, '.', '_' or '-': " + sku);
        }
        return sku;
    }

    static String number(String field, String value) {
        if (!value.matches("[1-9][0-9]{0,18}")) {
            throw new IllegalArgumentException(field + " must be a number of the store");
        }
        return value;
    }
}
