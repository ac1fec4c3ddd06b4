package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.etsy.sandbox.Refusals.Refused;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Stock. A PUT replaces all products, and takes nothing that only a GET gives out. */
final class InventoryDesk {

    private static final Set<String> PRODUCT = Set.of("sku", "property_values", "offerings");
    private static final Set<String> OFFERING = Set.of("quantity", "is_enabled", "price", "readiness_state_id");
    private static final Set<String> PROPERTY =
            Set.of("property_id", "property_name", "scale_id", "value_ids", "values");
    private static final List<String> ON_PROPERTY =
            List.of("price_on_property", "quantity_on_property", "sku_on_property", "readiness_state_on_property");

    private final SandboxState state;

    InventoryDesk(SandboxState state) {
        this.state = state;
    }

    Answer get(Call call) {
        ObjectNode listing = ListingDesk.find(state, call);
        return listing == null ? Refusals.error(404, "Resource not found") : Answer.json(200, view(listing));
    }

    Answer put(Call call) {
        return ListingDesk.refusing(() -> {
            ObjectNode listing = ListingDesk.find(state, call);
            if (listing == null) {
                return Refusals.error(404, "Resource not found");
            }
            JsonNode body = call.json().orElseThrow(() -> new Refused(Refusals.error(400, "Invalid JSON")));
            JsonNode products = body.path("products");
            if (!products.isArray() || products.isEmpty()) {
                throw new Refused(Refusals.invalid("/products", "array_too_short", "cannot be less than 1 items"));
            }
            VariationRules.check(body);
            ArrayNode kept = listing.putArray("products");
            long quantity = 0;
            long cheapest = Long.MAX_VALUE;
            for (JsonNode product : products) {
                ObjectNode stored = product(product);
                kept.add(stored);
                for (JsonNode offering : stored.path("offerings")) {
                    quantity += offering.path("quantity").asLong();
                    cheapest = Math.min(
                            cheapest, offering.path("price").path("amount").asLong());
                }
            }
            for (String name : ON_PROPERTY) {
                listing.set(name, body.path(name).isArray() ? body.path(name) : listing.arrayNode());
            }
            listing.put("quantity", quantity).put("price_cents", cheapest);
            state.put(ListingDesk.LISTINGS, listing.path("listing_id").asText(), listing);
            return Answer.json(200, view(listing));
        });
    }

    /** A listing that never had its inventory written has one product without SKU. */
    static ObjectNode view(ObjectNode listing) {
        ObjectNode view = SandboxState.object();
        if (listing.path("products").isArray()) {
            view.set("products", listing.path("products"));
        } else {
            ObjectNode product = view.putArray("products")
                    .addObject()
                    .put("product_id", listing.path("listing_id").asLong() * 10)
                    .put("sku", "")
                    .put("is_deleted", false);
            ObjectNode offering = product.putArray("offerings")
                    .addObject()
                    .put("offering_id", listing.path("listing_id").asLong() * 10 + 1)
                    .put("quantity", listing.path("quantity").asLong())
                    .put("is_enabled", true)
                    .put("is_deleted", false);
            offering.set("price", ListingView.money(listing.path("price_cents").asLong()));
            offering.set("readiness_state_id", listing.path("readiness_state_id"));
            product.putArray("property_values");
        }
        for (String name : ON_PROPERTY) {
            view.set(name, listing.path(name).isArray() ? listing.path(name) : view.arrayNode());
        }
        return view;
    }

    private ObjectNode product(JsonNode product) {
        only(product, PRODUCT, "/products");
        if (product.path("sku").asText().length() > 32) {
            throw new Refused(
                    Refusals.invalid("/products/sku", "string_too_long", "cannot be more than 32 characters"));
        }
        ObjectNode stored = SandboxState.object()
                .put("product_id", state.next("products", 8_800_000_001L))
                .put("sku", product.path("sku").asText())
                .put("is_deleted", false);
        ArrayNode offerings = stored.putArray("offerings");
        for (JsonNode offering : product.path("offerings")) {
            offerings.add(offering(offering));
        }
        if (offerings.isEmpty()) {
            throw new Refused(
                    Refusals.invalid("/products/offerings", "array_too_short", "cannot be less than 1 items"));
        }
        ArrayNode values = stored.putArray("property_values");
        for (JsonNode value : product.path("property_values")) {
            only(value, PROPERTY, "/products/property_values");
            ObjectNode copy = ((ObjectNode) value).deepCopy();
            if (!copy.path("scale_id").isNull() && copy.has("scale_id")) {
                copy.put("scale_name", "Standard");
            }
            if (copy.path("value_ids").isEmpty()) {
                copy.putArray("value_ids").add(state.next("values", 7_700_000_001L));
            }
            values.add(copy);
        }
        return stored;
    }

    private ObjectNode offering(JsonNode offering) {
        only(offering, OFFERING, "/products/offerings");
        long quantity = offering.path("quantity").asLong(-1);
        if (!offering.path("price").isNumber() || quantity < 0 || quantity > 999) {
            throw new Refused(Refusals.error(400, "An offering needs a price as a number and a quantity of 0 to 999"));
        }
        ObjectNode stored = SandboxState.object()
                .put("offering_id", state.next("offerings", 9_900_000_001L))
                .put("quantity", quantity)
                .put("is_enabled", offering.path("is_enabled").asBoolean(true))
                .put("is_deleted", false);
        BigDecimal price = offering.path("price").decimalValue();
        stored.set("price", ListingView.money(price.movePointRight(2).longValue()));
        if (offering.path("readiness_state_id").isNumber()) {
            ProfileDesk.check(state, offering.path("readiness_state_id").asText());
            stored.set("readiness_state_id", offering.path("readiness_state_id"));
        }
        return stored;
    }

    private static void only(JsonNode node, Set<String> known, String path) {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new Refused(Refusals.invalid(path + "/" + name, "unknown_property", "is not supported"));
            }
        }
    }
}
