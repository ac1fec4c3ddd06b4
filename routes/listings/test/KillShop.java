package io.caravan.hub.routes.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.etsy.sandbox.EtsySandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Etsy's sandbox as the judge: in this process, on this disk, whatever happens to the hub. */
final class KillShop implements AutoCloseable {

    private final SandboxServer server;

    KillShop(Path folder) throws IOException {
        server = SandboxServer.start(folder, 0, List.of(new EtsySandbox()));
        server.state("etsy")
                .put(
                        "settings",
                        "etsy",
                        SandboxState.object().put("lag_ms", 200).put("per_second", 1000));
        // the profile that KillHub's connection names
        server.state("etsy")
                .put("profiles", "18200000077", SandboxState.object().put("readiness_state_id", 18_200_000_077L));
    }

    URI url() {
        return server.url();
    }

    /** Makes the next draft and answers 500. */
    void makeOneAndFail() {
        arm("POST", "/shops/[0-9]+/listings$", 1, Fault.Kind.EFFECT_ANSWER, 500, null);
    }

    /** Hides what is there from one whole look-up: drafts, active and inactive listings. */
    void hideOnce() {
        arm("GET", "/shops/[0-9]+/listings$", 3, Fault.Kind.ANSWER, 200, "{\"count\":0,\"results\":[]}");
    }

    private void arm(String method, String path, int times, Fault.Kind kind, int status, @Nullable String body) {
        server.arm(new Fault("etsy", method, path, 0, times, kind, status, null, body, 0));
    }

    /** Titles of the listings in this state, oldest first. */
    List<String> titles(String state) {
        return server.state("etsy").list("listings").stream()
                .filter(listing -> listing.path("state").asText().equals(state))
                .map(KillShop::title)
                .toList();
    }

    /** Titles in the order in which listings went live; each time costs a fee, also a second time of the same. */
    List<String> activations() {
        SandboxState state = server.state("etsy");
        return state.list("fees").stream()
                .map(fee -> state.get("listings", fee.path("listing_id").asText())
                        .map(KillShop::title)
                        .orElse("deleted after it was live"))
                .toList();
    }

    /** Drafts that were ever made, by their ids; ids are never given twice. */
    long made() {
        return server.state("etsy").next("listings", 4_400_000_001L) - 4_400_000_001L;
    }

    private static String title(ObjectNode listing) {
        return listing.path("title").asText();
    }

    @Override
    public void close() {
        server.close();
    }
}
