package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** What a test or a demo may set; read at each call, so that it can change while the sandbox runs. */
record Settings(SandboxState state) {

    long number(String name, long otherwise) {
        JsonNode set = set(name);
        return set.isNumber() ? set.asLong() : Long.getLong("sandbox.aliexpress." + name, otherwise);
    }

    String text(String name, String otherwise) {
        JsonNode set = set(name);
        return set.isTextual() ? set.asText() : System.getProperty("sandbox.aliexpress." + name, otherwise);
    }

    /** The vendor's clock, which need not be ours. */
    long now() {
        return System.currentTimeMillis() + number("clock_skew_ms", 0);
    }

    private JsonNode set(String name) {
        return state.get("settings", "aliexpress")
                .orElseGet(SandboxState::object)
                .path(name);
    }
}
