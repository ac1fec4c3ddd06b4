package io.caravan.hub.connectors.reddit;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.reddit.sandbox.RedditSandbox;
import io.caravan.hub.model.connection.TokenPair;
import java.nio.file.Path;
import java.util.Map;

/** Kits whose connection has, or lacks, a token that the sandbox gave. */
final class RedditKits {

    static final String SECRET = "client-secret-value";

    private RedditKits() {}

    static ConnectorKit with(Path folder, RedditSandbox sandbox, String agent, String accessToken) throws Exception {
        return new ConnectorKit(
                folder,
                sandbox,
                Map.of("clientId", "client-id", "clientSecret", SECRET, "accessToken", accessToken),
                Map.of("userAgent", agent));
    }

    /** Asks the sandbox for a token through the Kamelet; its state is read back from the folder with the token in it. */
    static ConnectorKit authorised(Path folder, RedditSandbox sandbox, String agent) throws Exception {
        TokenPair token;
        try (ConnectorKit first = with(folder, new RedditSandbox(), agent, "none-yet")) {
            token = (TokenPair) first.call("kamelet:reddit-token-refresh-action", first.connection(), Map.of());
        }
        return with(folder, sandbox, agent, token.accessToken());
    }
}
