package io.caravan.hub.connectors.woocommerce.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.sandbox.SandboxState;

/** What a test or a demo may set; read at each call, so that it can change while the sandbox runs. */
record Settings(SandboxState state) {

    long number(String name, long otherwise) {
        String set = text(name, "");
        return set.matches("[0-9]{1,12}") ? Long.parseLong(set) : otherwise;
    }

    String text(String name, String otherwise) {
        JsonNode set =
                state.get("settings", "woocommerce").map(all -> all.path(name)).orElse(null);
        if (set != null && set.isValueNode()) {
            return set.asText();
        }
        return System.getProperty("sandbox.woocommerce." + name, otherwise);
    }
}
