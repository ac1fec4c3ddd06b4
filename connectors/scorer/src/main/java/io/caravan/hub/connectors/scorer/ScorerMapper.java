package io.caravan.hub.connectors.scorer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.egress.StandardWebhook;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.delivery.VendorObject;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** What an import came to, as a signed webhook of the standard's shape: {@code {type, timestamp, data}}. */
public final class ScorerMapper {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;

    public ScorerMapper() {
        this(Clock.systemUTC());
    }

    ScorerMapper(Clock clock) {
        this.clock = clock;
    }

    /** Whether this connection has somebody to tell. */
    public static boolean tells(Connection connection) {
        boolean address = connection.mode() == Mode.SANDBOX
                || !connection.settingOr("callbackUrl", "").isBlank();
        return address
                && !connection.secrets().getOrDefault("webhookSecret", "").isBlank();
    }

    /**
     * Body in: {@code {type, at, data}}; out: the bytes that are sent. Sets the signature's headers and the variable
     * {@code callback}.
     *
     * @throws VendorException of kind REJECTED when the setting {@code callbackUrl} or the secret is none
     */
    public void request(
            Exchange exchange,
            @Body Map<String, Object> report,
            @Variable(Names.CONNECTION) Connection connection,
            @Variable(Names.REFERENCE) String reference) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", report.get("type"));
        event.put("timestamp", report.get("at"));
        event.put("data", report.get("data"));
        byte[] raw = bytes(event);
        exchange.setVariable("callback", address(connection));
        signer(connection)
                .sign(reference, clock.instant(), raw)
                .forEach((name, value) -> exchange.getMessage().setHeader(name, value));
        exchange.getMessage().setBody(raw);
    }

    private static StandardWebhook signer(Connection connection) {
        try {
            return new StandardWebhook(connection.secret("webhookSecret"));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] bytes(Map<String, Object> event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the report is no JSON", e);
        }
    }

    /** The address that a person wrote; never one of an event. */
    static String address(Connection connection) {
        String own = connection.mode() == Mode.LIVE
                ? connection.settingOr("callbackUrl", "").strip()
                : connection.baseUrl() + "/callbacks";
        URI uri;
        try {
            uri = URI.create(own);
        } catch (IllegalArgumentException e) {
            throw wrong("the setting callbackUrl is no address");
        }
        String host = uri.getHost();
        boolean plain = "http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host);
        boolean fits = own.matches("https?://[A-Za-z0-9.:/_\\[\\]~-]+") && uri.getUserInfo() == null;
        if (host == null || !fits || !("https".equals(uri.getScheme()) || plain)) {
            throw wrong("the setting callbackUrl must be https with a host, a port and a path only");
        }
        return own;
    }

    private static VendorException wrong(String why) {
        return new VendorException(ErrorKind.REJECTED, "scorer", Connection.NOT_CONFIGURED, 0, why, "");
    }

    /** The receiver gives no id of its own: ours is what it knows the callback by. */
    public VendorObject told(@Variable(Names.REFERENCE) String reference) {
        return new VendorObject(reference, "", Map.of());
    }
}
