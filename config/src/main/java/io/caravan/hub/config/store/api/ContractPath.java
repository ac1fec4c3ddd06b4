package io.caravan.hub.config.store.api;

import com.atlassian.oai.validator.model.ApiPathImpl;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the contract, each part of which is a text or one parameter. The library's own makes and runs regular
 * expressions for each request, since there a part may hold several.
 */
final class ContractPath extends ApiPathImpl {

    /** A part's parameter; empty for a text. */
    private final List<String> names = new ArrayList<>();

    private final String template;

    /**
     * @throws IllegalStateException when a part is both text and parameter
     */
    ContractPath(String template) {
        super(template, "");
        this.template = template;
        for (int i = 0; i < numberOfParts(); i++) {
            String part = part(i);
            boolean parameter = part.startsWith("{") && part.endsWith("}") && part.lastIndexOf('{') == 0;
            if (!parameter && part.contains("{")) {
                throw new IllegalStateException(
                        "the contract's path " + template + " has a part with more than a name");
            }
            names.add(parameter ? part.substring(1, part.length() - 1) : "");
        }
    }

    /** The path with its parameters in their places. */
    String filled(Map<String, ?> values) {
        String filled = template;
        for (Map.Entry<String, ?> value : values.entrySet()) {
            String encoded = URLEncoder.encode(String.valueOf(value.getValue()), StandardCharsets.UTF_8);
            filled = filled.replace("{" + value.getKey() + "}", encoded.replace("+", "%20"));
        }
        return filled;
    }

    @Override
    public boolean hasParams(int index) {
        return !names.get(index).isEmpty();
    }

    @Override
    public List<String> paramNames(int index) {
        return hasParams(index) ? List.of(names.get(index)) : List.of();
    }

    @Override
    public Map<String, Optional<String>> paramValues(int index, String value) {
        return hasParams(index)
                ? Map.of(names.get(index), Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8)))
                : Map.of();
    }
}
