package io.caravan.hub.connectors.cjdropshipping;

/**
 * One request in the making, which {@code cjdropshipping-request-action} sends.
 *
 * @param path behind the base URL
 * @param query encoded pairs, {@code ""} for none; may hold what a person typed
 * @param payload JSON, {@code ""} for none
 */
public record CjCall(String path, String query, String payload) {

    static final String BASE = "/api2.0/v1";

    static CjCall get(String path, String query) {
        return new CjCall(BASE + path, query, "");
    }

    static CjCall post(String path, String json) {
        return new CjCall(BASE + path, "", json);
    }

    /** Hides the payload: that of a token call is a credential. */
    @Override
    public String toString() {
        return "CjCall[" + path + "]";
    }
}
