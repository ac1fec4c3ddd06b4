package io.caravan.hub.enrich.product;

import io.caravan.hub.model.product.DraftVariant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Our stock keeping units: {@code AE-1005005454292177-k3v9m2q7xa}. They come from the variant's key, so they survive a
 * supplier's reordering and translation, and order back to what the supplier knows through the variant's mapping.
 */
public final class Skus {

    static final int MAX = 40;

    private static final int ID = 20;
    private static final int KEY = 10;

    private final Set<String> taken = new HashSet<>();
    private final String head;

    /** @param externalId the product's */
    Skus(String prefix, String externalId) {
        String id = externalId.replaceAll("[^A-Za-z0-9]", "");
        head = prefix + "-" + id.substring(Math.max(0, id.length() - ID)) + "-";
    }

    /**
     * @param key the variant's, 26 characters
     * @throws IllegalArgumentException when even the longest form is taken: the same key twice
     */
    String next(String key) {
        for (int length = KEY; length <= Math.min(key.length(), MAX - head.length()); length++) {
            String sku = head + key.substring(0, length);
            if (taken.add(sku)) {
                return sku;
            }
        }
        throw new IllegalArgumentException("variant.sku: no free SKU for the key " + key);
    }

    /**
     * SKUs of a product that the account already gave to something else; an order for one of them could not be told apart.
     *
     * @param known SKU to the key of the variant that has it
     * @return each with both keys, in words; empty when the product may come in
     */
    public static List<String> collisions(List<DraftVariant> variants, Map<String, String> known) {
        List<String> collisions = new ArrayList<>();
        for (DraftVariant variant : variants) {
            String owner = known.get(variant.sku());
            if (owner != null && !owner.equals(variant.key())) {
                collisions.add(
                        "SKU " + variant.sku() + " of variant " + variant.key() + " belongs to variant " + owner);
            }
        }
        return collisions;
    }
}
