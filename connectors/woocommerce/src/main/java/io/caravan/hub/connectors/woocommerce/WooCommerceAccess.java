package io.caravan.hub.connectors.woocommerce;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** The store's address and the key that goes with each request, and proving both with reads. */
public final class WooCommerceAccess {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * Sets the header {@code Authorization} and the variable {@code wooBase}.
     *
     * @throws VendorException of kind UNAUTHORISED when the address is not https, or a credential is missing
     */
    public void authorise(Exchange exchange) {
        Connection connection = exchange.getVariable(Names.CONNECTION, Connection.class);
        exchange.setVariable("wooBase", store(connection));
        String pair = connection.secret("consumerKey") + ":" + connection.secret("consumerSecret");
        exchange.getMessage()
                .setHeader(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The store's address without a trailing slash: the setting {@code storeUrl} of a live connection, else its base
     * address. Over plain http the key would have to be signed with OAuth 1.0a, which is not built.
     */
    static String store(Connection connection) {
        String own = connection.mode() == Mode.LIVE ? connection.settingOr("storeUrl", "") : "";
        URI address;
        try {
            address = own.isBlank() ? connection.baseUrl() : URI.create(own.trim());
        } catch (IllegalArgumentException e) {
            throw misconfigured("the setting storeUrl is no address");
        }
        String host = address.getHost();
        boolean plain = "http".equals(address.getScheme()) && host != null && LOOPBACK.contains(host);
        if (host == null || !("https".equals(address.getScheme()) || plain)) {
            throw misconfigured("the store's address must be https: its key is not sent over plain http");
        }
        boolean odd = address.getUserInfo() != null || address.getQuery() != null || address.getFragment() != null;
        if (odd || !address.toString().matches("https?://[A-Za-z0-9.:/_\\[\\]~-]+")) {
            throw misconfigured("the store's address may hold a host, a port and a path only");
        }
        return address.toString().replaceFirst("/+$", "");
    }

    /** Proves the address and the key. */
    public WooCommerceCall products() {
        return WooCommerceCall.list("/products", 1, 1);
    }

    /** The currency that the store sells in. */
    public WooCommerceCall currency(@Body @Nullable Object reply) {
        WooCommerceJson.page(reply);
        return WooCommerceCall.get("/data/currencies/current");
    }

    /**
     * Shape: out, {@code {store, currency}}.
     *
     * @throws VendorException of kind UNAUTHORISED when the connection's setting {@code currency} is another
     */
    public Map<String, Object> proof(@Body @Nullable Object reply, @Variable(Names.CONNECTION) Connection connection) {
        String code = WooCommerceJson.text(WooCommerceJson.object(reply), "code");
        String wanted = connection.setting("currency");
        if (!code.equals(wanted)) {
            throw misconfigured("the store sells in " + code + ", the connection's setting currency says " + wanted);
        }
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("store", store(connection));
        proof.put("currency", code);
        return proof;
    }

    private static VendorException misconfigured(String what) {
        return new VendorException(
                ErrorKind.UNAUTHORISED, WooCommerceErrors.VENDOR, Connection.NOT_CONFIGURED, 0, what, "");
    }
}
