package io.caravan.hub.model.supplier;

import io.caravan.hub.model.Checks;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A product as a supplier tells it, before normalising: nothing is translated, converted, priced or cleaned yet. Texts
 * are untrusted; {@code descriptionHtml} may hold anything.
 *
 * @param supplier the connector's name ({@code aliexpress})
 * @param externalId the supplier's id of the product, always text
 * @param url where a person finds it
 * @param available false when the supplier no longer sells it
 * @param descriptionHtml as sent, {@code ""} when there is none, at most 200,000 characters
 * @param images absolute http or https addresses, first is the main picture, each once
 * @param axes what a buyer chooses; empty for a product without options
 * @param variants at least one, external ids unique, each with a value for each axis
 * @param attributes what is told but not chosen (material, brand), name to value
 * @param losses what of the reply is not in this record
 * @param fetchedAt when the supplier said so
 */
public record SupplierProduct(
        String supplier,
        String externalId,
        URI url,
        String title,
        boolean available,
        String descriptionHtml,
        List<String> images,
        List<Axis> axes,
        List<SupplierVariant> variants,
        Map<String, String> attributes,
        List<Loss> losses,
        Instant fetchedAt) {

    /** More than any recorded product has; Shopify takes 2,048 variants of one product. */
    public static final int MOST_VARIANTS = 2_000;

    public SupplierProduct {
        Checks.id("supplier", supplier);
        Checks.text("external_id", externalId, 100);
        Checks.text("title", title, 1_000);
        Checks.atMost("description_html", descriptionHtml, 200_000);
        Checks.within("variants", variants.size(), 1, MOST_VARIANTS);
        images = List.copyOf(new java.util.LinkedHashSet<>(images));
        axes = List.copyOf(axes);
        variants = List.copyOf(variants);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        losses = List.copyOf(losses);
        check(axes, variants);
    }

    private static void check(List<Axis> axes, List<SupplierVariant> variants) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Axis axis : axes) {
            Set<String> ids = new HashSet<>();
            for (Axis.Value value : axis.values()) {
                if (!ids.add(value.id())) {
                    throw new IllegalArgumentException("axis " + axis.name() + " has value " + value.id() + " twice");
                }
            }
            if (values.put(axis.id(), ids) != null) {
                throw new IllegalArgumentException("axis " + axis.id() + " is there twice");
            }
        }
        Set<String> seen = new HashSet<>();
        Set<Map<String, String>> combinations = new HashSet<>();
        for (SupplierVariant variant : variants) {
            if (!seen.add(variant.externalId())) {
                throw new IllegalArgumentException("variant " + variant.externalId() + " is there twice");
            }
            if (!combinations.add(variant.options())) {
                throw new IllegalArgumentException(
                        "variant " + variant.externalId() + " has the options of another: " + variant.options());
            }
            if (!variant.options().keySet().equals(values.keySet())) {
                throw new IllegalArgumentException("variant " + variant.externalId() + " has options "
                        + variant.options().keySet() + ", the product has " + values.keySet());
            }
            variant.options().forEach((axis, value) -> {
                if (!values.getOrDefault(axis, Set.of()).contains(value)) {
                    throw new IllegalArgumentException("variant " + variant.externalId() + " names a value of axis "
                            + axis + " that the axis does not have: " + value);
                }
            });
        }
    }
}
