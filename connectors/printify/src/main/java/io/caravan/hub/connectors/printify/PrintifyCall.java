package io.caravan.hub.connectors.printify;

/**
 * One request in the making, which {@code printify-request-action} sends.
 *
 * @param path behind the base URL, built from checked ids only
 * @param query encoded, each pair with an ampersand behind it, may be empty
 * @param payload JSON; empty when there is no body
 */
public record PrintifyCall(String path, String query, byte[] payload) {

    static PrintifyCall get(String path, String query) {
        return new PrintifyCall("/v1" + path, query, new byte[0]);
    }

    static PrintifyCall send(String path, Object body) {
        return new PrintifyCall("/v1" + path, "", PrintifyJson.bytes(body));
    }

    /** Whether there is a body. */
    public boolean json() {
        return payload.length > 0;
    }
}
