package io.caravan.hub.connectors.printify;

import java.util.Map;

/**
 * Where a product stands in its publication.
 *
 * @param locked a publication is under way: nothing may be changed
 * @param external the id at the sales channel, empty when there is none
 */
record Lock(boolean locked, String external) {

    /** {@code external} is an object in real answers and an array in the documents. */
    static Lock of(Map<String, Object> product) {
        Object external = product.get("external");
        Object one = PrintifyJson.list(external).isEmpty()
                ? external
                : PrintifyJson.list(external).get(0);
        return new Lock(Boolean.TRUE.equals(product.get("is_locked")), PrintifyJson.text(PrintifyJson.map(one), "id"));
    }

    String word() {
        return locked ? "locked" : external.isEmpty() ? "unpublished" : "published";
    }
}
