package io.caravan.hub.connectors.http;

import io.caravan.hub.model.Names;
import io.caravan.hub.model.connection.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** Bean of {@code http-request-action}: one call of a system that changes nothing there, or may be repeated. */
public final class HttpRead {

    private static final String ASKED = "hub.http.asked";

    private String method = "GET";
    private Template path = new Template("/");
    private String into = "";

    /** @throws IllegalArgumentException when it is no method of HTTP that the hub speaks */
    public void setMethod(String method) {
        this.method = HttpStep.method(method);
    }

    /** @throws IllegalArgumentException when it is no path, or has a place that is not known */
    public void setPath(String path) {
        this.path = HttpStep.path(path);
    }

    /** Field of the request's object that takes the answer; empty, the answer takes the request's place. */
    public void setInto(String into) {
        this.into = into;
    }

    /** Body in: parsed JSON, which is what is sent unless the method has no body. */
    public void request(Exchange exchange, @Variable(Names.CONNECTION) Connection connection) {
        Object body = exchange.getMessage().getBody();
        if (!into.isEmpty()) {
            if (!(body instanceof Map)) {
                throw new IllegalArgumentException("into: " + into + " needs a body that is a JSON object");
            }
            exchange.setProperty(ASKED, body);
        }
        Object sent = HttpStep.hasBody(method) ? body : null;
        Requests.write(exchange, connection, method, path.path(body, Map.of()), sent);
    }

    /** Body in: the answer as parsed JSON; out: the answer, or the request with the answer in it. */
    public void answer(Exchange exchange) {
        if (exchange.removeProperty(ASKED) instanceof Map<?, ?> asked) {
            Map<Object, @Nullable Object> enriched = new LinkedHashMap<>(asked);
            enriched.put(into, exchange.getMessage().getBody());
            exchange.getMessage().setBody(enriched);
        }
    }
}
