package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A listing as Etsy shows it. Titles come with HTML entities, as texts of this API are known to. */
final class ListingView {

    private static final List<String> COPIED = List.of(
            "listing_id",
            "user_id",
            "shop_id",
            "state",
            "quantity",
            "shipping_profile_id",
            "return_policy_id",
            "who_made",
            "when_made",
            "is_supply",
            "taxonomy_id",
            "readiness_state_id",
            "description");

    private ListingView() {}

    static ObjectNode plain(ObjectNode listing) {
        ObjectNode view = SandboxState.object();
        for (String name : COPIED) {
            JsonNode value = listing.get(name);
            if (value != null) {
                view.set(name, value);
            }
        }
        long created = listing.path("created_ms").asLong() / 1000;
        long updated = listing.path("updated_ms").asLong() / 1000;
        String id = listing.path("listing_id").asText();
        view.put("title", entities(listing.path("title").asText()))
                .put("creation_timestamp", created)
                .put("created_timestamp", created)
                .put("original_creation_timestamp", created)
                .put("ending_timestamp", created + 120L * 24 * 3600)
                .put("last_modified_timestamp", updated)
                .put("updated_timestamp", updated)
                .put("state_timestamp", updated)
                .put(
                        "url",
                        "https://www.etsy.com/listing/" + id + "/"
                                + slug(listing.path("title").asText()))
                .put("listing_type", "physical")
                .put("num_favorers", 0)
                .put("has_variations", listing.path("products").size() > 1)
                .put("language", "en-US");
        view.set("tags", listing.path("tags").isArray() ? listing.path("tags").deepCopy() : view.arrayNode());
        view.putArray("materials");
        view.set("price", money(listing.path("price_cents").asLong()));
        return view;
    }

    static ArrayNode skus(ObjectNode listing) {
        Set<String> skus = new TreeSet<>();
        listing.path("products").forEach(product -> skus.add(product.path("sku").asText()));
        skus.remove("");
        ArrayNode array = SandboxState.object().arrayNode();
        skus.forEach(array::add);
        return array;
    }

    static ObjectNode money(long cents) {
        return SandboxState.object().put("amount", cents).put("divisor", 100).put("currency_code", "USD");
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;").replace("'", "&#39;").replace("\"", "&quot;");
    }

    private static String slug(String title) {
        return title.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
