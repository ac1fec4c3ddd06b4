package io.caravan.hub.connectors.egress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Stands between a connector and its sandbox on loopback and keeps both halves of every exchange, bytes as sent. */
public final class ContractProxy implements AutoCloseable {

    private static final Set<String> NOT_COPIED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "http2-settings");

    private final VendorContract contract;
    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<VendorContract.Seen> seen = new CopyOnWriteArrayList<>();

    ContractProxy(VendorContract contract, URI target) throws IOException {
        this.contract = contract;
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** Where the connector sends to: the sandbox's own path on the proxy's port. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getPath());
    }

    /** What breaks the document in all that passed. */
    public List<String> violations() {
        return seen.stream().flatMap(one -> contract.violations(one).stream()).toList();
    }

    /** All that passed, in the order of its replies. */
    public List<VendorContract.Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI asked = exchange.getRequestURI();
            HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(asked.toString()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> reply;
            try {
                reply = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException cut) {
                // no reply, or half of one: the request is known, and the connector sees the same broken connection
                keep(exchange, body, null);
                throw cut;
            }
            keep(exchange, body, reply);
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

    private void keep(HttpExchange exchange, byte[] body, @Nullable HttpResponse<byte[]> reply) {
        URI asked = exchange.getRequestURI();
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (asked.getRawQuery() != null) {
            for (String pair : asked.getRawQuery().split("&")) {
                String[] sides = pair.split("=", 2);
                query.computeIfAbsent(decoded(sides[0]), name -> new ArrayList<>())
                        .add(sides.length < 2 ? "" : decoded(sides[1]));
            }
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        seen.add(new VendorContract.Seen(
                exchange.getRequestMethod(),
                asked.getRawPath().substring(target.getPath().length()),
                query,
                type == null ? "" : type,
                body,
                reply == null ? 0 : reply.statusCode(),
                reply == null
                        ? null
                        : reply.headers().firstValue("Content-Type").orElse(""),
                reply == null ? null : reply.body()));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
