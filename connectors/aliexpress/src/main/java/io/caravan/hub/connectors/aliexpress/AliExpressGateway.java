package io.caravan.hub.connectors.aliexpress;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Puts the system parameters to a call and makes it a form that signs itself. */
public final class AliExpressGateway {

    private final Clock clock;

    public AliExpressGateway() {
        this(Clock.systemUTC());
    }

    AliExpressGateway(Clock clock) {
        this.clock = clock;
    }

    /**
     * Shape: out, an entity that camel-http sends as it is.
     *
     * @throws io.caravan.hub.model.VendorException of kind UNAUTHORISED naming the credential that the connection lacks
     */
    public Object form(@Body AliExpressCall call, @Variable(Names.CONNECTION) Connection connection) {
        Map<String, String> params = new HashMap<>(call.params());
        params.put("app_key", connection.secret("appKey"));
        params.put("sign_method", "sha256");
        if (call.session()) {
            // the gateway's own word; its pages also call it access_token
            params.put("session", connection.secret("accessToken"));
        }
        return new SignedForm(params, call.signedPath(), connection.secret("appSecret"), clock);
    }
}
