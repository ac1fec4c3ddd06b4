package io.caravan.hub.config.imports;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.model.Causes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pricing rules between JSON, of the shape of {@code import-pricing.yaml}, and their record. */
final class PricingWords {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PricingWords() {}

    /** @throws IllegalArgumentException when a stored rule is none any more */
    static ImportPricing.OfShop rules(Map<String, Object> rules) {
        return JSON.convertValue(rules, ImportPricing.OfShop.class);
    }

    static Map<String, Object> view(ImportPricing pricing) {
        return JSON.convertValue(pricing, MAP);
    }

    /** @throws Refusal 422 {@code invalid-pricing} naming rule and field */
    static ImportPricing over(ImportPricing file, Map<String, Object> rules) {
        try {
            return file.forShop(rules(rules));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static Refusal refused(IllegalArgumentException failure) {
        String path = "";
        String said = text(failure);
        for (Throwable one : Causes.of(failure).toList()) {
            if (one instanceof JsonMappingException json && path.isEmpty()) {
                path = json.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
                        .collect(Collectors.joining("."));
                said = json.getOriginalMessage();
            }
            if (one != failure && one instanceof IllegalArgumentException known && known.getMessage() != null) {
                said = text(known);
            }
        }
        // the rules' own words begin with the field
        String named = said.split("[ :]", 2)[0];
        String field = path.isEmpty() || named.startsWith(path.split("\\.", 2)[0])
                ? named
                : path.endsWith(named) || !named.matches("[a-z_.]+") ? path : path + "." + named;
        return Refusal.of(
                422,
                "invalid-pricing",
                field.equals(named) ? said : field + ": " + said,
                Map.of("errors", List.of(Map.of("at", field, "rule", field.split("\\.", 2)[0], "message", said))));
    }

    private static String text(@Nullable Throwable failure) {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }
}
