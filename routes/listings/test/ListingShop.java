package io.caravan.hub.routes.listings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All vendors as the judges: what they hold is what counts, not what the hub says of it. */
final class ListingShop implements AutoCloseable {

    static final String CREATE = "/shops/[0-9]+/listings$";
    static final String LISTING = "/shops/[0-9]+/listings/[0-9]+$";
    static final String IMAGES = "/listings/[0-9]+/images$";
    static final String INVENTORY = "/listings/[0-9]+/inventory$";

    private final SandboxServer server;

    ListingShop(Path folder) throws IOException {
        server = SandboxServer.start(folder, 0, SandboxServer.found());
        etsy("lag_ms", 100);
        etsy("per_second", 1000);
        // our own faults are not the hub's doing
        server.state("printify")
                .put("settings", "printify", SandboxState.object().put("error_percent", 100));
    }

    URI url() {
        return server.url();
    }

    /** Sets a number of Etsy's sandbox: {@code lag_ms}, {@code token_seconds}, {@code per_second}. */
    void etsy(String name, long value) {
        SandboxState state = server.state("etsy");
        state.put(
                "settings",
                "etsy",
                state.get("settings", "etsy").orElseGet(SandboxState::object).put(name, value));
    }

    void arm(
            String vendor,
            @Nullable String method,
            @Nullable String path,
            @Nullable Integer times,
            Fault.Kind kind,
            long delayMs) {
        server.arm(new Fault(vendor, method, path, 0, times, kind, null, null, null, delayMs));
    }

    void answer(
            String vendor,
            @Nullable String method,
            @Nullable String path,
            @Nullable Integer times,
            int status,
            Map<String, String> headers,
            String body) {
        server.arm(new Fault(vendor, method, path, 0, times, Fault.Kind.ANSWER, status, headers, body, 0));
    }

    /** Whether every armed fault has struck at least once. */
    boolean allStruck() throws IOException {
        try (InputStream faults = url().resolve("/_sandbox/faults").toURL().openStream()) {
            JsonNode all = new ObjectMapper().readTree(faults);
            for (JsonNode one : all) {
                if (one.path("matched").asInt() == 0) {
                    return false;
                }
            }
            return !all.isEmpty();
        }
    }

    /** The access token that Etsy saw last is of no use any more. */
    void expireToken() {
        String token = bearer();
        state("etsy").put("tokens", token, SandboxState.object().put("expires_at", 0));
    }

    /** The access token of the last call of Etsy's API. */
    String bearer() {
        List<ReceivedRequest> all = requests("etsy").stream()
                .filter(one -> one.path().startsWith("/v3/application"))
                .toList();
        return all.get(all.size() - 1).headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Authorization"))
                .map(header -> header.getValue().substring("Bearer ".length()))
                .findFirst()
                .orElseThrow();
    }

    long renewals() {
        return requests("etsy").stream()
                .filter(one -> one.path().endsWith("/oauth/token"))
                .count();
    }

    void clear() {
        server.clearFaults();
    }

    List<ReceivedRequest> requests(String vendor) {
        return server.requests(vendor);
    }

    /** Etsy's listings with this keyword in their title, whatever their state. */
    List<ObjectNode> listings(String keyword) {
        return named("etsy", "listings", keyword);
    }

    /** Printify's products of this keyword. */
    List<ObjectNode> products(String keyword) {
        return named("printify", "products", keyword);
    }

    long fees(long listingId) {
        return server.state("etsy").list("fees").stream()
                .filter(fee -> fee.path("listing_id").asLong() == listingId)
                .count();
    }

    SandboxState state(String vendor) {
        return server.state(vendor);
    }

    @Override
    public void close() {
        server.close();
    }

    private List<ObjectNode> named(String vendor, String collection, String keyword) {
        return server.state(vendor).list(collection).stream()
                .filter(one ->
                        one.path("title").asText().toLowerCase(Locale.ROOT).contains(keyword))
                .toList();
    }
}
