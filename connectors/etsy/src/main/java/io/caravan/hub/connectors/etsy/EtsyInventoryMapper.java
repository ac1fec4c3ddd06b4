package io.caravan.hub.connectors.etsy;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.delivery.VendorObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Stock and price of one SKU, or of all variants of a listing. The request is {@code {listing_id, sku, price
 * {amount_minor, currency}, quantity, readiness_state_id?, replaces_sku?, variants? [{sku, options {Size: M}}]}}. Etsy's
 * PUT replaces the whole inventory, so the present one is read, changed where asked and written back whole.
 */
public final class EtsyInventoryMapper {

    /** Reads the inventory to look for the request in; null when the request does not say where. */
    public @Nullable EtsyCall search(@Variable("etsyRequest") @Nullable Object body) {
        Map<String, Object> request = EtsyJson.map(body);
        return request.containsKey("listing_id") && request.containsKey("sku") && request.containsKey("price")
                ? get(request)
                : null;
    }

    /** Nothing found. */
    public List<VendorObject> none() {
        return List.of();
    }

    /** Reads the present inventory. */
    public EtsyCall get(@Variable("etsyRequest") Object body) {
        return EtsyCall.get("/listings/" + listing(body) + "/inventory", "");
    }

    /**
     * The whole inventory with the one change in it.
     *
     * @throws io.caravan.hub.model.VendorException of kind REJECTED when it would remove a SKU that nobody asked to
     *     remove, or change the price of several variants at once
     */
    public EtsyCall put(@Variable("etsyRequest") Object body, @Body @Nullable Object present) {
        Map<String, Object> request = EtsyJson.map(body);
        if (!(EtsyJson.map(present).get("products") instanceof List<?>)) {
            throw EtsyJson.unreadable("an inventory without products");
        }
        Inventory inventory = Inventory.of(EtsyJson.map(present));
        String replaces = EtsyJson.text(request, "replaces_sku");
        Inventory changed;
        if (Variations.in(request)) {
            changed = inventory.with(Variations.of(request), major(request), quantity(request), readiness(request));
            // the listing's own SKU is what it had before there was a choice
            changed.keepsSkusOf(inventory, Set.of(replaces, sku(request)));
        } else {
            changed = inventory.with(sku(request), replaces, major(request), quantity(request), readiness(request));
            changed.keepsSkusOf(inventory, Set.of(replaces));
        }
        return EtsyCall.json("/listings/" + listing(body) + "/inventory", EtsyJson.write(changed.body()));
    }

    /**
     * @throws io.caravan.hub.model.VendorException of kind TRANSIENT, code {@code unreadable}, when Etsy said yes and the
     *     inventory it gives back is not the one asked for
     */
    public VendorObject written(@Variable("etsyRequest") Object body, @Body @Nullable Object reply) {
        List<VendorObject> found = found(body, reply);
        if (found.isEmpty()) {
            throw EtsyJson.unreadable("an inventory back that is not as sent");
        }
        return found.get(0);
    }

    /**
     * The product of the SKU when its price, quantity and readiness state are already as asked; with variants the first
     * of them, when they all are there, are as asked, and are all there is.
     */
    public List<VendorObject> found(@Variable("etsyRequest") Object body, @Body @Nullable Object present) {
        Map<String, Object> request = EtsyJson.map(body);
        Set<String> wanted = Variations.in(request) ? Variations.of(request).skus() : Set.of(sku(request));
        List<Map<String, Object>> products = EtsyJson.list(EtsyJson.map(present).get("products")).stream()
                .map(EtsyJson::map)
                .filter(product -> !Boolean.TRUE.equals(product.get("is_deleted")))
                .toList();
        List<Map<String, Object>> good = products.stream()
                .filter(product -> wanted.contains(EtsyJson.text(product, "sku")))
                .filter(product -> EtsyJson.list(product.get("offerings")).stream()
                        .map(EtsyJson::map)
                        .anyMatch(offering -> asAsked(request, offering)))
                .toList();
        Set<String> has =
                good.stream().map(product -> EtsyJson.text(product, "sku")).collect(Collectors.toSet());
        boolean complete = wanted.size() == 1 || products.size() == wanted.size();
        return complete && has.equals(wanted) ? List.of(product(request, good.get(0), wanted.size())) : List.of();
    }

    private static boolean asAsked(Map<String, Object> request, Map<String, Object> offering) {
        BigDecimal price = EtsyJson.major(offering.get("price"));
        Long readiness = readiness(request);
        return price != null
                && price.compareTo(major(request)) == 0
                && EtsyJson.number(offering, "quantity") == quantity(request)
                && (readiness == null || EtsyJson.number(offering, "readiness_state_id") == readiness);
    }

    private static VendorObject product(Map<String, Object> request, Map<String, Object> product, int variants) {
        String id = EtsyJson.id(product, "product_id");
        Map<String, Object> facts = new HashMap<>();
        facts.put("listing_id", EtsyJson.text(request, "listing_id"));
        facts.put("product_id", id);
        facts.put("sku", sku(request));
        facts.put("quantity", quantity(request));
        facts.put("variants", variants);
        return new VendorObject(id, "", facts);
    }

    private static String listing(Object body) {
        return ListingRules.number("listing_id", EtsyJson.text(EtsyJson.map(body), "listing_id"));
    }

    private static String sku(Map<String, Object> request) {
        return Checks.text("sku", EtsyJson.text(request, "sku"), 32);
    }

    private static BigDecimal major(Map<String, Object> request) {
        Money price = EtsyJson.money(EtsyJson.map(request.get("price")));
        return price.major();
    }

    private static long quantity(Map<String, Object> request) {
        return request.get("quantity") == null
                ? 999
                : Checks.within("quantity", EtsyJson.number(request, "quantity"), 0, 999);
    }

    private static @Nullable Long readiness(Map<String, Object> request) {
        long id = EtsyJson.number(request, "readiness_state_id");
        return id > 0 ? id : null;
    }
}
