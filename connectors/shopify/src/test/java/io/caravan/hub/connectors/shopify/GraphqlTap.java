package io.caravan.hub.connectors.shopify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the connector and the sandbox; keeps what was asked and answered, and has the schema judge it. */
final class GraphqlTap implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_COPIED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "http2-settings");

    /** @param reply parsed, empty when it was no JSON object */
    record Seen(String query, Map<String, Object> variables, Map<String, Object> reply, boolean faked) {

        String operation() {
            return query.replaceAll("(?s)^(query|mutation) ([A-Za-z]+).*", "$2");
        }

        boolean change() {
            return query.startsWith("mutation");
        }
    }

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    GraphqlTap(URI target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getPath());
    }

    List<Seen> seen() {
        return seen;
    }

    List<String> operations() {
        return seen.stream().map(Seen::operation).toList();
    }

    List<String> changes() {
        return seen.stream().filter(Seen::change).map(Seen::operation).toList();
    }

    /** Requests are judged always, replies where the sandbox itself wrote them. */
    List<String> violations() throws IOException {
        List<String> found = new ArrayList<>();
        for (Seen one : seen) {
            Object data = one.reply().get("data");
            ShopifySchema schema = ShopifySchema.load();
            if (data instanceof Map<?, ?> && !one.faked()) {
                schema.violations(one.query(), one.variables(), ShopifyJson.map(data))
                        .forEach(what -> found.add(one.operation() + ": " + what));
            } else {
                // without data, only what is wrong before anything is answered
                schema.violations(one.query(), one.variables(), Map.of()).stream()
                        .filter(what -> what.contains("Validation") || what.contains("nvalid"))
                        .forEach(what -> found.add(one.operation() + ": " + what));
            }
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    @SuppressWarnings("unchecked")
    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            target.resolve(exchange.getRequestURI().toString()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (exchange.getRequestURI().getPath().endsWith("/graphql.json")) {
                Map<String, Object> sent = JSON.readValue(body, Map.class);
                Map<String, Object> answered;
                try {
                    answered = JSON.readValue(reply.body(), Map.class);
                } catch (IOException e) {
                    answered = Map.of();
                }
                // only the sandbox itself tells its version; what a test made up is not judged
                boolean faked =
                        reply.headers().firstValue("X-Shopify-API-Version").isEmpty();
                seen.add(new Seen(
                        String.valueOf(sent.get("query")), ShopifyJson.map(sent.get("variables")), answered, faked));
            }
            reply.headers().map().forEach((name, values) -> {
                if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
