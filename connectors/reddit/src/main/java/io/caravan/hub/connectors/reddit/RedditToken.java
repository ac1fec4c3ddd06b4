package io.caravan.hub.connectors.reddit;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The application's own token ({@code client_credentials}): no person, no refresh token; a new one is asked for each time.
 * Tokens come from another host than data.
 */
public final class RedditToken {

    static final String URL = "redditTokenUrl";

    private static final String DATA_HOST = "oauth.reddit.com";
    private static final String TOKEN_HOST = "www.reddit.com";
    private static final Duration RECORDED_LIFE = Duration.ofHours(1);

    /**
     * Shape: in, the {@link Connection}; out, the form and its headers, and the variable {@value #URL}. HTTP Basic is
     * written here, since an endpoint's own options would put the secret into its URI.
     *
     * @throws IllegalStateException naming a credential or setting that the connection lacks
     */
    public void ask(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(message.getBody() instanceof Connection connection)) {
            throw new IllegalArgumentException("the body must be the connection whose token is to be renewed");
        }
        String client = connection.secret("clientId") + ":" + connection.secret("clientSecret");
        exchange.setVariable(Names.CONNECTION, connection);
        exchange.setVariable(URL, tokenBase(connection) + "/api/v1/access_token");
        message.setHeader(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
        message.setHeader("User-Agent", connection.setting("userAgent"));
        message.setHeader("Content-Type", "application/x-www-form-urlencoded");
        message.setBody("grant_type=client_credentials");
    }

    /** Shape: in, the parsed answer; out, a {@link TokenPair} without a refresh token. */
    public void pair(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof Map<?, ?> answer)
                || !(answer.get("access_token") instanceof String token)
                || token.isBlank()) {
            throw new VendorException(ErrorKind.TRANSIENT, "reddit", "unreadable", 200, "answered without a token", "");
        }
        Duration life = answer.get("expires_in") instanceof Number seconds && seconds.longValue() > 0
                ? Duration.ofSeconds(seconds.longValue())
                : RECORDED_LIFE;
        exchange.removeVariable(URL);
        exchange.getMessage().setBody(new TokenPair(token, "", life));
    }

    /** The setting {@code tokenBaseUrl}; without it the base URL, except on Reddit's own data host, which gives no tokens. */
    private static String tokenBase(Connection connection) {
        String otherwise = connection.baseUrl().toString();
        if (DATA_HOST.equals(connection.baseUrl().getHost())) {
            otherwise = otherwise.replace(DATA_HOST, TOKEN_HOST);
        }
        String base = connection.settingOr("tokenBaseUrl", otherwise);
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
