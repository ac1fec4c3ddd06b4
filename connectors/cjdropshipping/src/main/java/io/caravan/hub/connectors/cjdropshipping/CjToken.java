package io.caravan.hub.connectors.cjdropshipping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Tokens: 15 days, renewed by a refresh token of 180 days; without one, or when it is dead, the API key gives a new pair,
 * but only once in five minutes. Whoever stores the pair keeps us from being locked out after a restart.
 */
public final class CjToken {

    static final String CALL = "cjCall";
    static final String MORE = "cjMore";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DOCUMENTED_LIFE = Duration.ofDays(15);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Clock clock;
    private final CjErrors errors;

    public CjToken() {
        this(Clock.systemUTC());
    }

    CjToken(Clock clock) {
        this.clock = clock;
        this.errors = new CjErrors(clock);
    }

    /** Shape: in, the {@link Connection}; out, variable {@value #CALL} with the first request to make. */
    public void begin(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof Connection connection)) {
            throw new IllegalArgumentException("the body must be the connection whose token is to be renewed");
        }
        exchange.setVariable(Names.CONNECTION, connection);
        String refresh = connection.secrets().getOrDefault("refreshToken", "");
        exchange.setVariable(CALL, refresh.isBlank() ? byKey(connection) : byRefresh(refresh));
        exchange.setVariable(MORE, true);
    }

    /**
     * Shape: in, the raw answer; out, the {@link TokenPair}, or variable {@value #CALL} with the request by the API key
     * when the refresh token was refused.
     */
    public void read(Exchange exchange) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        CjCall call = exchange.getVariable(CALL, CjCall.class);
        exchange.setVariable(MORE, false);
        try {
            errors.json(exchange);
        } catch (VendorException e) {
            boolean renewal = call.path().endsWith("refreshAccessToken");
            if (renewal
                    && e.kind() == ErrorKind.UNAUTHORISED
                    && connection.secrets().containsKey("apiKey")) {
                exchange.setVariable(CALL, byKey(connection));
                exchange.setVariable(MORE, true);
                return;
            }
            throw e;
        }
        exchange.getMessage().setBody(pair(CjJson.map(exchange.getMessage().getBody())));
        exchange.removeVariable(CALL);
        exchange.removeVariable(MORE);
    }

    private TokenPair pair(Map<?, ?> reply) {
        Map<?, ?> data = CjJson.map(reply.get("data"));
        String access = CjJson.text(data, "accessToken");
        if (access.isEmpty()) {
            throw CjJson.unreadable("without a token");
        }
        return new TokenPair(
                access, CjJson.text(data, "refreshToken"), life(CjJson.text(data, "accessTokenExpiryDate")));
    }

    /** The end is a date with an offset ({@code 2023-09-30T15:59:29+08:00}); one that cannot be read is the documented life. */
    private Duration life(String end) {
        try {
            Duration life =
                    Duration.between(clock.instant(), OffsetDateTime.parse(end).toInstant());
            return life.compareTo(SHORTEST) < 0 ? SHORTEST : life;
        } catch (DateTimeException e) {
            return DOCUMENTED_LIFE;
        }
    }

    private static CjCall byRefresh(String refresh) {
        return CjCall.post("/authentication/refreshAccessToken", json("refreshToken", refresh));
    }

    private static CjCall byKey(Connection connection) {
        return CjCall.post("/authentication/getAccessToken", json("apiKey", connection.secret("apiKey")));
    }

    private static String json(String name, String value) {
        try {
            return JSON.writeValueAsString(Map.of(name, value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text is always JSON", e);
        }
    }
}
