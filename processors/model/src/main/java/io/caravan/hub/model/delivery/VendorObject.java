package io.caravan.hub.model.delivery;

import java.util.Map;

/**
 * An object at a vendor, as a create, look-up or confirm Kamelet returns it.
 *
 * @param id the vendor's id as text
 * @param state the vendor's own word ("draft", "active"), or "" where it has none
 * @param facts what later steps need, JSON-compatible values only (text, numbers, booleans, lists, maps), a few KB
 */
public record VendorObject(String id, String state, Map<String, Object> facts) {

    public VendorObject {
        facts = Map.copyOf(facts);
    }
}
