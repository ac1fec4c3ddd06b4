package io.caravan.hub.routes.proof;

import io.caravan.hub.connectors.sandbox.SandboxServer;
import io.caravan.hub.model.VendorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One cell's way to its own vendor: a sandbox that no other cell sees, and the fault that waits on the way. A cell has one
 * lane and so one call at a time, which tells whose request it is that arrives.
 */
final class Line implements AutoCloseable {

    private final String id;
    private final String effect;
    private final SandboxServer sandbox;
    private final URI canary;
    private final ScheduledExecutorService timer;
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private List<VendorFault.Strike> strikes = List.of();
    private @Nullable Spot spot;
    private String call = "";
    private int index;
    private int struck;
    private final List<VendorException> failures = new ArrayList<>();
    private long blindUntil;
    private int failedStrikes;
    private volatile boolean open = true;

    /** Where a fault strikes: the how manyth request of a Kamelet's runs. */
    record Spot(String call, int index) {}

    Line(String id, String effect, Path folder, URI canary, ScheduledExecutorService timer) {
        this.id = id;
        this.effect = effect;
        this.canary = canary;
        this.timer = timer;
        String vendor = effect.substring(0, effect.indexOf('.'));
        try {
            sandbox = SandboxServer.start(folder.resolve(id), 0, List.of(Desk.sandbox(vendor)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return id;
    }

    String effect() {
        return effect;
    }

    String prefix() {
        return "/" + id;
    }

    SandboxServer sandbox() {
        return sandbox;
    }

    synchronized void arm(Spot where, List<VendorFault.Strike> what) {
        spot = where;
        strikes = what;
    }

    /** A Kamelet begins. The address that it has to use instead of the vendor's, when its fault is one of the way there. */
    synchronized VendorFault.@Nullable Strike begins(String kamelet) {
        call = kamelet;
        index = 0;
        VendorFault.Strike next = next();
        if (next == null
                || next.elsewhere() == null
                || spot == null
                || !spot.call().equals(call)) {
            return null;
        }
        struck++;
        note(false, "-", "-", next.name());
        return next;
    }

    /** A request arrives: the fault that meets it, or null. */
    synchronized VendorFault.@Nullable Strike arrives(Request request) {
        boolean changes = !request.method().equals("GET")
                && (!effect.startsWith("shopify.")
                        || !request.target().endsWith("graphql.json")
                        || request.text().contains("mutation"));
        VendorFault.Strike next = next();
        VendorFault.Strike hit =
                next != null && next.wire() != null && new Spot(call, index).equals(spot) ? next : null;
        if (hit != null) {
            struck++;
        }
        note(changes, request.method(), request.target(), hit == null ? "" : hit.name());
        index++;
        return hit;
    }

    private VendorFault.@Nullable Strike next() {
        return struck < strikes.size() ? strikes.get(struck) : null;
    }

    private void note(boolean changes, String method, String path, String strike) {
        seen.add(new Seen(call, index, changes, method, path, System.nanoTime(), strike));
    }

    /** Where redirects point to. */
    URI canary() {
        return canary;
    }

    /** For a while the vendor says 404 to whatever it is asked. */
    synchronized void blind(long millis) {
        blindUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    synchronized boolean blind() {
        return blindUntil != 0 && System.nanoTime() - blindUntil < 0;
    }

    synchronized int requestsOfCall() {
        return index;
    }

    synchronized int struck() {
        return struck;
    }

    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** A call ended badly; kept when a fault struck it. */
    synchronized void failed(VendorException failure) {
        if (struck > failedStrikes) {
            failedStrikes = struck;
            failures.add(failure);
        }
    }

    /** What became of the strikes, in our words; a strike that was taken for success is not there. */
    synchronized List<VendorException> failures() {
        return List.copyOf(failures);
    }

    /** Notes something that may not be. */
    synchronized void trouble(String what) {
        trouble.add(what);
    }

    synchronized List<String> troubles() {
        return List.copyOf(trouble);
    }

    /** Something that the vendor does on its own. */
    interface Deed {
        Object done() throws IOException;
    }

    void later(long millis, Deed deed) {
        timer.schedule(
                () -> {
                    try {
                        return open ? deed.done() : null;
                    } catch (IOException e) {
                        trouble("a late effect failed: " + e);
                        return null;
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        open = false;
        sandbox.close();
    }
}
