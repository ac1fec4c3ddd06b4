package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** What a test or a demo may set; read at each call, so that it can change while the sandbox runs. */
record Settings(SandboxState state) {

    long number(String name, long otherwise) {
        JsonNode set = state.get("settings", "etsy").map(all -> all.path(name)).orElse(null);
        if (set != null && set.isNumber()) {
            return set.asLong();
        }
        return Long.getLong("sandbox.etsy." + name, otherwise);
    }
}
