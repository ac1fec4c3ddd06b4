package io.caravan.hub.connectors.openai;

import io.caravan.hub.model.connection.Connection;
import org.apache.camel.Variable;

/** Base URLs are set with and without {@code /v1}: the vendor's own libraries want it, our other vendors do not. */
public final class OpenAiAddress {

    /** The connection's base URL, ending in {@code /v1} exactly once. */
    public String base(@Variable("connection") Connection connection) {
        String url = connection.baseUrl().toString();
        return url.endsWith("/v1") ? url : url + "/v1";
    }
}
