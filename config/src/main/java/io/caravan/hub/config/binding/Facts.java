package io.caravan.hub.config.binding;

import io.caravan.hub.model.delivery.VendorObject;

/** Reads what a vendor's object tells; it has been through JSON, so that a number may be of any width. */
final class Facts {

    private Facts() {}

    /** 0 when it is missing or no number. */
    static long number(VendorObject object, String name) {
        return object.facts().get(name) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * @throws IllegalStateException naming what is missing
     */
    static String text(VendorObject object, String name) {
        Object value = object.facts().get(name);
        if (value == null) {
            throw new IllegalStateException("the vendor's object " + object.id() + " does not tell its " + name);
        }
        return value.toString();
    }
}
