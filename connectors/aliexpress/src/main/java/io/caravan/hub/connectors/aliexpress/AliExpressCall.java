package io.caravan.hub.connectors.aliexpress;

import java.util.Map;

/**
 * One request in the making, which {@code aliexpress-request-action} signs and sends.
 *
 * @param path behind the base URL
 * @param signedPath what of it belongs to the signature: nothing for business calls
 * @param params business parameters; an empty value is not sent
 * @param session whether the seller's token goes along
 */
public record AliExpressCall(String path, String signedPath, Map<String, String> params, boolean session) {

    public AliExpressCall {
        params = Map.copyOf(params);
    }

    /** A business call: the method is a parameter like the others. */
    static AliExpressCall business(String method, Map<String, String> params) {
        Map<String, String> all = new java.util.HashMap<>(params);
        all.put("method", method);
        return new AliExpressCall("/sync", "", all, true);
    }

    /** A system call: the API's path is part of the address and of the signature. */
    static AliExpressCall system(String api, Map<String, String> params) {
        return new AliExpressCall("/rest" + api, api, params, false);
    }

    /** Parameters may be a refresh token. */
    @Override
    public String toString() {
        return "AliExpressCall[" + path + ", " + params.getOrDefault("method", "") + "]";
    }
}
