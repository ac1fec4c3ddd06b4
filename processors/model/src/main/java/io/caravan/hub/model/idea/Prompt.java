package io.caravan.hub.model.idea;

/**
 * A chat request in our words.
 *
 * @param version name of the prompt file with its version ({@code idea.v1}), kept with every answer
 * @param system instructions; hold no untrusted text
 * @param data untrusted text as one JSON object
 * @param schemaName name of the JSON Schema that the answer is held to
 * @param schema the JSON Schema as JSON text, strict (every property required, no additional ones)
 */
public record Prompt(String version, String system, String data, String schemaName, String schema) {}
