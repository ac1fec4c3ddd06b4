package io.caravan.hub.connectors.woocommerce;

import java.nio.charset.StandardCharsets;

/**
 * One request in the making, which {@code woocommerce-request-action} sends.
 *
 * @param path behind the store's address, built from checked ids only
 * @param query encoded, each pair with an ampersand behind it, may be empty
 * @param payload JSON, empty when there is no body
 */
public record WooCommerceCall(String method, String path, String query, byte[] payload) {

    static final String BASE = "/wp-json/wc/v3";

    static WooCommerceCall get(String path, String query) {
        return new WooCommerceCall("GET", BASE + path, query, new byte[0]);
    }

    static WooCommerceCall delete(String path, String query) {
        return new WooCommerceCall("DELETE", BASE + path, query, new byte[0]);
    }

    static WooCommerceCall send(String method, String path, Object body) {
        return new WooCommerceCall(
                method, BASE + path, "", WooCommerceJson.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it has a body. */
    public boolean hasPayload() {
        return payload.length > 0;
    }
}
