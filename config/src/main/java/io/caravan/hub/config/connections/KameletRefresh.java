package io.caravan.hub.config.connections;

import io.caravan.hub.model.Causes;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.TokenPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Calls {@code kamelet:<vendor>-token-refresh-action}; a vendor without that Kamelet has a static token. */
final class KameletRefresh implements TokenRefresh {

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    KameletRefresh(CamelContext camel, ProducerTemplate template) {
        this.camel = camel;
        this.template = template;
    }

    @Override
    public boolean knows(String vendor) {
        return known.computeIfAbsent(
                vendor,
                name -> camel.getClassResolver().loadResourceAsURL("kamelets/" + kamelet(name) + ".kamelet.yaml")
                        != null);
    }

    @Override
    public TokenPair refresh(Connection connection) {
        Exchange answer = template.request("kamelet:" + kamelet(connection.vendor()), exchange -> {
            exchange.setVariable(Names.CONNECTION, connection);
            exchange.setVariable(Names.ACCOUNT, connection.account());
            exchange.getMessage().setBody(connection);
        });
        if (answer.getException() != null) {
            throw asVendorFailure(connection.vendor(), answer.getException());
        }
        TokenPair pair = answer.getMessage().getBody(TokenPair.class);
        if (pair == null || pair.accessToken().isBlank()) {
            throw failure(connection.vendor(), "the refresh gave no token", null);
        }
        return pair;
    }

    private static VendorException asVendorFailure(String vendor, Throwable failure) {
        VendorException known = Causes.find(failure, VendorException.class);
        return known != null
                ? known
                : failure(vendor, "the refresh failed: " + failure.getClass().getSimpleName(), failure);
    }

    private static VendorException failure(
            String vendor, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        return new VendorException(ErrorKind.TRANSIENT, vendor, "token-refresh", 0, message, null, "", cause);
    }

    private static String kamelet(String vendor) {
        return vendor + "-token-refresh-action";
    }
}
