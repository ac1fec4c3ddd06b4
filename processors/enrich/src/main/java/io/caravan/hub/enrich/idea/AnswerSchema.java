package io.caravan.hub.enrich.idea;

import io.caravan.hub.model.Checks;

/**
 * The JSON Schema that an answer is held to.
 *
 * @param name 1 to 64 letters, digits, {@code _} and {@code -}
 * @param json the schema as JSON text
 */
public record AnswerSchema(String name, String json) {

    public AnswerSchema {
        Checks.id("schema name", name);
        Checks.text("schema " + name, json, 50_000);
    }
}
