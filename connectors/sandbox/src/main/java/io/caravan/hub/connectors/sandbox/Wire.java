package io.caravan.hub.connectors.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** Between the JDK's server and {@link Call} and {@link Answer}. */
final class Wire {

    private Wire() {}

    static Call read(HttpExchange exchange, String mount) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String path = exchange.getRequestURI().getRawPath().substring(mount.length());
        String query = exchange.getRequestURI().getRawQuery();
        return Call.of(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    static void write(HttpExchange exchange, Answer answer) throws IOException {
        head(exchange, answer);
        if (answer.body().length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    /** Promises the whole body, sends half of it and closes. */
    static void writeCut(HttpExchange exchange, Answer answer) throws IOException {
        head(exchange, answer);
        exchange.getResponseBody().write(answer.cutInHalf().body());
        exchange.getResponseBody().flush();
    }

    private static void head(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    }
}
