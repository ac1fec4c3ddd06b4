package io.caravan.hub.connectors.cjdropshipping;

import io.caravan.hub.connectors.cjdropshipping.sandbox.CjSandbox;
import io.caravan.hub.connectors.egress.ConnectorKit;
import java.nio.file.Path;
import java.util.Map;

/** Connections that the sandbox takes. */
final class CjKits {

    static final String KEY = "CJ10000@api@0f1e2d3c4b5a";
    static final Map<String, String> SECRETS =
            Map.of("apiKey", KEY, "accessToken", "sandbox-cj-10000", "refreshToken", "sandbox-cj-refresh-10000");

    private CjKits() {}

    static ConnectorKit good(Path folder, CjSandbox sandbox) throws Exception {
        return new ConnectorKit(folder, sandbox, SECRETS, Map.of());
    }
}
