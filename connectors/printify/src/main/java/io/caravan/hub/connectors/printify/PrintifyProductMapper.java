package io.caravan.hub.connectors.printify;

import io.caravan.hub.connectors.egress.VendorText;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Products. The request is {@code {title, description, upload_id, price {amount_minor, currency}, tags?, variant_ids?,
 * scale?}}. A product carries its reference as one of its tags; in a shop of our own no buyer sees them.
 */
public final class PrintifyProductMapper {

    /** The tag of a reference. */
    static String tag(String reference) {
        return "ref-" + reference;
    }

    /** Whether neither the request nor the settings say which variants, so that the catalogue is to be asked. */
    public boolean open(
            @Variable("printifyRequest") @Nullable Object body, @Variable(Names.CONNECTION) Connection connection) {
        return ProductBody.variants(PrintifyJson.map(body), connection, List.of())
                .isEmpty();
    }

    /**
     * Shape: in, the catalogue's offered variants or nothing; out, the new product: one picture in the middle of its
     * print area, prices in whole cents, one print area for all variants.
     */
    public PrintifyCall create(
            @Variable("printifyRequest") @Nullable Object body,
            @Body @Nullable Object catalogue,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        return PrintifyCall.send(
                PrintifyJson.shop(connection) + "/products.json",
                ProductBody.of(PrintifyJson.map(body), PrintifyJson.map(catalogue), connection, tag(reference)));
    }

    /**
     * Shape: in, a product of Printify; out, state {@code locked}, {@code published} or {@code unpublished}, facts
     * {@code product_id, title, base_cost_minor} (the dearest enabled variant's) and {@code variants [{id, sku, title,
     * options, cost_minor, price_minor}]} of the enabled ones, their options as {@code {Color: White, Size: M}}.
     */
    public VendorObject product(@Body @Nullable Object reply) {
        Map<String, Object> product = PrintifyJson.map(reply);
        String id = PrintifyJson.id(product);
        List<Map<String, Object>> variants = new ArrayList<>();
        Options options = Options.of(product);
        long dearest = -1;
        for (Object one : PrintifyJson.list(product.get("variants"))) {
            Map<String, Object> variant = PrintifyJson.map(one);
            if (!Boolean.FALSE.equals(variant.get("is_enabled"))) {
                dearest = Math.max(dearest, PrintifyJson.number(variant, "cost"));
                variants.add(Map.of(
                        "id", PrintifyJson.number(variant, "id"),
                        "sku", PrintifyJson.text(variant, "sku"),
                        "title", PrintifyJson.text(variant, "title"),
                        "options", options.of(PrintifyJson.list(variant.get("options"))),
                        "cost_minor", PrintifyJson.number(variant, "cost"),
                        "price_minor", PrintifyJson.number(variant, "price")));
            }
        }
        Map<String, Object> facts = new HashMap<>();
        facts.put("product_id", id);
        facts.put("title", PrintifyJson.text(product, "title"));
        // Printify enables at most 100; all are needed, since what is left out cannot be bought
        facts.put("variants", variants);
        if (dearest >= 0) {
            facts.put("base_cost_minor", dearest);
        }
        return new VendorObject(id, Lock.of(product).word(), facts);
    }

    /**
     * A search for the products that carry the reference. One that carries none is ours when both its picture, which was
     * uploaded for this product alone, and its title are; a picture alone proves nothing, and extras are deleted.
     */
    public PageSearch search(
            @Body @Nullable Object body,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        String upload = PrintifyJson.text(PrintifyJson.map(body), "upload_id");
        String title = PrintifyJson.text(PrintifyJson.map(body), "title");
        return new PageSearch(
                PrintifyJson.shop(connection) + "/products.json",
                50,
                "created_at",
                product -> PrintifyJson.list(product.get("tags")).contains(tag(reference))
                        || (!upload.isEmpty()
                                && unmarked(product)
                                && VendorText.same(title, PrintifyJson.text(product, "title"))
                                && shows(product, upload)),
                this::product,
                Instant.now());
    }

    /** One page into the search. */
    public void page(@Variable("printifySearch") PageSearch search, @Body @Nullable Object page) {
        search.take(PrintifyJson.map(page));
    }

    /** Reads the product that is to be confirmed, cancelled or looked at. */
    public PrintifyCall get(
            @Variable(Names.VENDOR_ID) String vendorId, @Variable(Names.CONNECTION) Connection connection) {
        return PrintifyCall.get(path(vendorId, connection), "");
    }

    /**
     * @throws io.caravan.hub.model.VendorException of kind TRANSIENT, code {@code locked}, while a publication is under way
     */
    public VendorObject confirmed(@Body @Nullable Object readBack) {
        VendorObject product = product(readBack);
        if (product.state().equals("locked")) {
            throw PrintifyJson.failure(
                    ErrorKind.TRANSIENT, "locked", "has product " + product.id() + " locked for a publication");
        }
        return product;
    }

    /**
     * Whether there is something to delete.
     *
     * @throws io.caravan.hub.model.VendorException of kind REJECTED when the product is published: its listing may sell
     */
    public boolean deletable(@Body @Nullable Object current) {
        if (PrintifyJson.map(current).isEmpty()) {
            return false;
        }
        VendorObject product = product(current);
        if (product.state().equals("published")) {
            throw PrintifyJson.failure(
                    ErrorKind.REJECTED,
                    "published",
                    "has product " + product.id() + " published; only unpublished ones are taken back");
        }
        return true;
    }

    /** The deletion. */
    public PrintifyCall delete(
            @Variable(Names.VENDOR_ID) String vendorId, @Variable(Names.CONNECTION) Connection connection) {
        return PrintifyCall.get(path(vendorId, connection), "");
    }

    /** What the last step of a cancellation leaves. */
    public VendorObject cancelled(@Variable(Names.VENDOR_ID) String vendorId) {
        return new VendorObject(vendorId, "deleted", Map.of());
    }

    private static String path(String vendorId, Connection connection) {
        return PrintifyJson.shop(connection) + "/products/" + PrintifyJson.id("vendorId", vendorId) + ".json";
    }

    private static boolean unmarked(Map<String, Object> product) {
        return PrintifyJson.list(product.get("tags")).stream()
                .noneMatch(tag -> String.valueOf(tag).startsWith("ref-"));
    }

    private static boolean shows(Map<String, Object> product, String upload) {
        for (Object area : PrintifyJson.list(product.get("print_areas"))) {
            for (Object place : PrintifyJson.list(PrintifyJson.map(area).get("placeholders"))) {
                for (Object image : PrintifyJson.list(PrintifyJson.map(place).get("images"))) {
                    if (PrintifyJson.text(PrintifyJson.map(image), "id").equals(upload)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
