package io.caravan.hub.connectors.woocommerce;

import java.nio.charset.StandardCharsets;

/**
 * One request in the making, which {@code woocommerce-request-action} sends. Reads of single objects ignore the fields of
 * lists.
 *
 * @param path behind the store's address, built from checked ids only
 * @param sku what a list is searched for, several with commas between them; empty for all
 * @param page of a list, with {@code perPage} rows
 * @param payload JSON, empty when there is no body
 */
public record WooCommerceCall(String method, String path, String sku, int perPage, int page, byte[] payload) {

    static final String BASE = "/wp-json/wc/v3";
    static final int MOST_ROWS = 100;

    static WooCommerceCall get(String path) {
        return list(path, MOST_ROWS, 1);
    }

    static WooCommerceCall search(String path, String sku) {
        return new WooCommerceCall("GET", BASE + path, sku, MOST_ROWS, 1, new byte[0]);
    }

    /** Not named as the record's own accessors: an expression of a Kamelet would find both. */
    static WooCommerceCall list(String path, int perPage, int page) {
        return new WooCommerceCall("GET", BASE + path, "", perPage, page, new byte[0]);
    }

    static WooCommerceCall delete(String path) {
        return new WooCommerceCall("DELETE", BASE + path, "", MOST_ROWS, 1, new byte[0]);
    }

    static WooCommerceCall send(String method, String path, Object body) {
        byte[] payload = WooCommerceJson.write(body).getBytes(StandardCharsets.UTF_8);
        return new WooCommerceCall(method, BASE + path, "", MOST_ROWS, 1, payload);
    }

    /** Whether it has a body. */
    public boolean hasPayload() {
        return payload.length > 0;
    }
}
