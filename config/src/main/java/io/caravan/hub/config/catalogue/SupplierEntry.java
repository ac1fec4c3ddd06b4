package io.caravan.hub.config.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.model.Checks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A supplier as its connector describes it, {@code suppliers/<supplier>.yaml}.
 *
 * @param productUrls each has the product's id as its group {@code id}
 * @param productIds what such an id looks like
 * @param capabilities {@code product}, {@code search}, {@code freight}, ...: false or absent is not built or not offered
 * @param credentials names that its connection needs
 * @param fallback the supplier that may have what this one does not give, null when there is none
 */
public record SupplierEntry(
        String supplier,
        String name,
        List<Pattern> productUrls,
        Pattern productIds,
        Map<String, Boolean> capabilities,
        List<String> credentials,
        @Nullable String fallback,
        String note) {

    @JsonCreator
    static SupplierEntry of(
            @JsonProperty("supplier") String supplier,
            @JsonProperty("name") String name,
            @JsonProperty("product_urls") @Nullable List<String> productUrls,
            @JsonProperty("product_ids") String productIds,
            @JsonProperty("capabilities") @Nullable Map<String, Boolean> capabilities,
            @JsonProperty("credentials") @Nullable List<String> credentials,
            @JsonProperty("fallback") @Nullable String fallback,
            @JsonProperty("note") @Nullable String note) {
        return new SupplierEntry(
                Checks.id("supplier", supplier),
                name,
                productUrls == null
                        ? List.of()
                        : productUrls.stream().map(Pattern::compile).toList(),
                Pattern.compile(productIds),
                capabilities == null ? Map.of() : Map.copyOf(capabilities),
                credentials == null ? List.of() : List.copyOf(credentials),
                fallback,
                note == null ? "" : note);
    }

    public boolean can(String capability) {
        return Boolean.TRUE.equals(capabilities.get(capability));
    }

    /** The id of the product that the address shows, when the address is this supplier's. */
    public Optional<String> productIn(String url) {
        return productUrls.stream()
                .map(pattern -> pattern.matcher(url))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group("id"))
                .findFirst();
    }
}
