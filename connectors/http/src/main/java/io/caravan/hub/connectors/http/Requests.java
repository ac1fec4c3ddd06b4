package io.caravan.hub.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caravan.hub.connectors.egress.EgressHeaders;
import io.caravan.hub.model.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call onto a message. The secrets decide how it is authorised: {@code username} and {@code password} as HTTP Basic,
 * {@code token} as a bearer token, unless the settings {@code authHeader} and {@code authScheme} ({@code none} for the
 * bare token) say otherwise.
 */
final class Requests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Requests() {}

    /** @param body parsed JSON, or null for none */
    static void write(Exchange exchange, Connection connection, String method, String path, @Nullable Object body) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_URI, connection.baseUrl() + path);
        // as camel-http wants it: it would look through all type converters for each text
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(method));
        message.setHeader("Accept", "application/json");
        if (body == null) {
            message.setBody(null);
        } else {
            // any other kind of body makes Camel look through its converters for a way to this one
            message.setBody(new ByteArrayEntity(bytes(body), ContentType.APPLICATION_JSON));
        }
        authorise(exchange, connection);
    }

    /** Lets a header out that the policy for everybody does not know. */
    static void header(Exchange exchange, String name, String value) {
        exchange.getMessage().setHeader(name, value);
        exchange.setProperty(EgressHeaders.ALSO, also(exchange, name));
    }

    private static Set<String> also(Exchange exchange, String name) {
        Set<String> also = new java.util.HashSet<>();
        if (exchange.getProperty(EgressHeaders.ALSO) instanceof Set<?> before) {
            before.forEach(one -> also.add(String.valueOf(one)));
        }
        also.add(name.toLowerCase(Locale.ROOT));
        return Set.copyOf(also);
    }

    private static void authorise(Exchange exchange, Connection connection) {
        if (connection.secrets().containsKey("username")) {
            String pair = connection.secret("username") + ":" + connection.secret("password");
            exchange.getMessage()
                    .setHeader(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else if (connection.secrets().containsKey("token")) {
            String scheme = connection.settingOr("authScheme", "Bearer");
            String token = connection.secret("token");
            header(
                    exchange,
                    connection.settingOr("authHeader", "Authorization"),
                    scheme.equals("none") ? token : scheme + " " + token);
        }
    }

    private static byte[] bytes(Object body) {
        try {
            return body instanceof byte[] bytes ? bytes : JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the request cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
