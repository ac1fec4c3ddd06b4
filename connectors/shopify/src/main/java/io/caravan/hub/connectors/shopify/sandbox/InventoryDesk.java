package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Stock, set against what the caller saw. All quantities of a call or none. */
final class InventoryDesk {

    private static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_created",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "restock",
            "safety_stock",
            "shrinkage");

    private final SandboxState state;

    InventoryDesk(SandboxState state) {
        this.state = state;
    }

    /** @param directives of the field; the one for idempotency is a must since 2026-04, though no schema says so */
    Map<String, Object> set(JsonNode args, Map<String, Object> idempotent) {
        String key = String.valueOf(idempotent.getOrDefault("key", ""));
        if (key.isEmpty() || key.length() > 255) {
            throw new Refusal(
                    "BAD_REQUEST", "The @idempotent directive is required for this mutation but was not provided.");
        }
        String content = args.toString();
        String known = state.get("idempotency", key)
                .map(one -> one.path("content").asText())
                .orElse(content);
        if (!known.equals(content)) {
            throw new UserError(
                    "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The same idempotency key was used with other parameters");
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put(
                "inventoryAdjustmentGroup",
                Map.of("id", "gid://shopify/InventoryAdjustmentGroup/" + Math.abs((long) key.hashCode())));
        if (state.get("idempotency", key).isPresent()) {
            return payload;
        }
        apply(args.path("input"));
        state.put("idempotency", key, SandboxState.object().put("content", content));
        return payload;
    }

    private void apply(JsonNode input) {
        if (!REASONS.contains(input.path("reason").asText())) {
            throw new UserError("INVALID_REASON", "The specified reason is invalid.", "input", "reason");
        }
        if (!Set.of("available", "on_hand").contains(input.path("name").asText())) {
            throw new UserError("INVALID_NAME", "The specified quantity name is invalid.", "input", "name");
        }
        Map<String, ObjectNode> products = new LinkedHashMap<>();
        Map<String, ObjectNode> items = new LinkedHashMap<>();
        for (ObjectNode product : state.list(ProductDesk.PRODUCTS)) {
            for (JsonNode variant : product.path("variants")) {
                items.put(variant.path("item").asText(), (ObjectNode) variant);
                products.put(variant.path("item").asText(), product);
            }
        }
        Map<String, ObjectNode> changed = new LinkedHashMap<>();
        Set<String> pairs = new HashSet<>();
        int index = 0;
        for (JsonNode one : input.path("quantities")) {
            String at = String.valueOf(index++);
            String item = one.path("inventoryItemId").asText();
            String location = one.path("locationId").asText();
            ObjectNode variant = items.get(item);
            if (variant == null) {
                throw new UserError(
                        "INVALID_INVENTORY_ITEM",
                        "The specified inventory item could not be found.",
                        "input",
                        "quantities",
                        at,
                        "inventoryItemId");
            }
            if (!Places.location(location)) {
                throw new UserError(
                        "INVALID_LOCATION",
                        "The specified location could not be found.",
                        "input",
                        "quantities",
                        at,
                        "locationId");
            }
            if (!pairs.add(item + location)) {
                throw new UserError(
                        "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                        "The combination is a duplicate.",
                        "input",
                        "quantities",
                        at);
            }
            if (!one.has("changeFromQuantity")) {
                throw new UserError(
                        "COMPARE_QUANTITY_REQUIRED",
                        "The changeFromQuantity argument must be given, or null.",
                        "input",
                        "quantities",
                        at,
                        "changeFromQuantity");
            }
            JsonNode from = one.path("changeFromQuantity");
            int now = variant.path("levels").path(location).asInt(0);
            if (!from.isNull() && from.asInt() != now) {
                throw new UserError(
                        "CHANGE_FROM_QUANTITY_STALE",
                        "The changeFromQuantity value does not match persisted value.",
                        "input",
                        "quantities",
                        at,
                        "changeFromQuantity");
            }
            int quantity = one.path("quantity").asInt();
            if (quantity > 1_000_000_000) {
                throw new UserError(
                        "INVALID_QUANTITY_TOO_HIGH",
                        "The quantity can't be higher than 1,000,000,000.",
                        "input",
                        "quantities",
                        at,
                        "quantity");
            }
            variant.withObject("/levels").put(location, quantity);
            ObjectNode product = java.util.Objects.requireNonNull(products.get(item));
            changed.put(product.path("id").asText(), product);
        }
        changed.forEach((id, product) -> {
            product.put("updated_ms", System.currentTimeMillis());
            state.put(ProductDesk.PRODUCTS, id, product);
        });
    }
}
