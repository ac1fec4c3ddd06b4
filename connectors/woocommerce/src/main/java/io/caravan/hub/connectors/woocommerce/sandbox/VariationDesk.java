package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.woocommerce.sandbox.Refusals.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Variations: in batches whose errors are inside the items, done in the order create, update, delete. */
final class VariationDesk {

    private static final int MOST = 100;

    private final SandboxState state;
    private final Settings settings;
    private final Products products;

    VariationDesk(SandboxState state, Settings settings, Products products) {
        this.state = state;
        this.settings = settings;
        this.products = products;
    }

    Answer list(Call call) {
        ObjectNode product = products.find(call, 404);
        return products.page(products.variations(product.path("id").asText()), call, this::view);
    }

    Answer batch(Call call) {
        ObjectNode product = products.find(call, 404);
        JsonNode body = Products.body(call);
        int size = body.path("create").size()
                + body.path("update").size()
                + body.path("delete").size();
        if (size > MOST) {
            throw new Refused(
                    413,
                    "woocommerce_rest_request_entity_too_large",
                    "Unable to accept more than " + MOST + " items for this request.");
        }
        ObjectNode reply = SandboxState.object();
        for (String part : List.of("create", "update", "delete")) {
            if (body.has(part)) {
                ArrayNode items = reply.putArray(part);
                body.path(part).forEach(one -> items.add(item(part, one, product, call)));
            }
        }
        return Answer.json(200, reply);
    }

    private ObjectNode item(String part, JsonNode wanted, ObjectNode product, Call call) {
        long id = part.equals("delete") ? wanted.asLong() : wanted.path("id").asLong(0);
        try {
            return switch (part) {
                case "create" -> create(wanted, product, call);
                case "update" -> update(existing(id, product), wanted, product, call);
                default -> {
                    ObjectNode gone = existing(id, product);
                    state.remove(Products.VARIATIONS, String.valueOf(id));
                    yield view(gone);
                }
            };
        } catch (Refused refused) {
            ObjectNode item = SandboxState.object().put("id", id);
            item.set("error", refused.error());
            return item;
        }
    }

    private ObjectNode create(JsonNode wanted, ObjectNode product, Call call) {
        ObjectNode variation = SandboxState.object()
                .put("type", "variation")
                .put("parent_id", product.path("id").asLong())
                .put("status", "publish")
                .put("sku", "")
                .put("regular_price", "")
                .put("sale_price", "")
                .put("manage_stock", false);
        variation.putArray("attributes");
        fill(variation, wanted, product, call, 0);
        long id = state.next("posts", 3007);
        variation.put("id", id).put("visible_ms", System.currentTimeMillis() + settings.number("lag_ms", 1500));
        state.put(Products.VARIATIONS, String.valueOf(id), variation);
        return view(variation);
    }

    private ObjectNode update(ObjectNode variation, JsonNode wanted, ObjectNode product, Call call) {
        fill(variation, wanted, product, call, variation.path("id").asLong());
        state.put(Products.VARIATIONS, variation.path("id").asText(), variation);
        return view(variation);
    }

    private void fill(ObjectNode variation, JsonNode wanted, ObjectNode product, Call call, long own) {
        Offer.check(wanted);
        if (wanted.has("sku")) {
            products.unique(wanted.path("sku").asText(), own);
        }
        Offer.apply(variation, wanted);
        if (wanted.has("status")) {
            variation.put("status", wanted.path("status").asText());
        }
        if (wanted.has("image")) {
            variation.set("image", products.image(wanted.path("image"), call));
        }
        if (wanted.has("attributes")) {
            variation.set("attributes", chosen(wanted.path("attributes"), product));
        }
    }

    /** An attribute that the product does not vary by is dropped without a word; the variation then fits any value. */
    private static ArrayNode chosen(JsonNode wanted, ObjectNode product) {
        Set<String> known = new HashSet<>();
        product.path("attributes").forEach(attribute -> {
            if (attribute.path("variation").asBoolean()) {
                attribute
                        .path("options")
                        .forEach(option -> known.add(attribute.path("name").asText() + "|" + option.asText()));
            }
        });
        ArrayNode chosen = SandboxState.object().putArray("attributes");
        for (JsonNode one : wanted) {
            String name = one.path("name").asText();
            String option = one.path("option").asText();
            if (known.contains(name + "|" + option)) {
                chosen.addObject().put("id", 0).put("name", name).put("option", option.replace("&", "&amp;"));
            }
        }
        return chosen;
    }

    private ObjectNode existing(long id, ObjectNode product) {
        return state.get(Products.VARIATIONS, String.valueOf(id))
                .filter(one ->
                        one.path("parent_id").asLong() == product.path("id").asLong())
                .orElseThrow(() -> new Refused(404, "woocommerce_rest_product_variation_invalid_id", "Invalid ID."));
    }

    private ObjectNode view(ObjectNode variation) {
        ObjectNode view = Offer.view(variation, List.of());
        view.remove("visible_ms");
        return settings.number("drift", 0) == 1 ? Drift.of(view) : view;
    }
}
