package io.caravan.hub.connectors.shopify.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** What a test or a demo may set; read at each call, so that it can change while the sandbox runs. */
record Settings(SandboxState state) {

    long number(String name, long otherwise) {
        JsonNode set =
                state.get("settings", "shopify").map(all -> all.path(name)).orElse(null);
        if (set != null && set.isNumber()) {
            return set.asLong();
        }
        return Long.getLong("sandbox.shopify." + name, otherwise);
    }

    String text(String name, String otherwise) {
        return state.get("settings", "shopify")
                .map(all -> all.path(name).asText(""))
                .filter(value -> !value.isEmpty())
                .orElseGet(() -> System.getProperty("sandbox.shopify." + name, otherwise));
    }
}
