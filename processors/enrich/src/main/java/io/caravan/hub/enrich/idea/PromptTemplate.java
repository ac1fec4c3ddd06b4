package io.caravan.hub.enrich.idea;

import io.caravan.hub.model.Checks;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt file.
 *
 * @param version the file's name without its ending: {@code idea.v1}
 * @param text instructions with placeholders {@code {{product_type}}}
 */
public record PromptTemplate(String version, String text) {

    private static final Pattern VERSION = Pattern.compile("[a-z0-9][a-z0-9-]*\\.v[0-9]+");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([a-z_]*)\\s*}}");

    public PromptTemplate {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("a prompt's version must look like idea.v1, is " + version);
        }
        Checks.text("prompt " + version, text, 20_000);
    }

    /**
     * @throws IllegalArgumentException naming a placeholder that has no value: a prompt with a hole is never sent
     */
    String render(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("prompt " + version + " names " + found.group() + "; it may name "
                        + values.keySet() + " (the trend is never put into instructions)");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
