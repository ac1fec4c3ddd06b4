package io.caravan.hub.connectors.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * All sandboxes on one loopback port, each at {@code /<vendor>}. Its own paths:
 * {@code POST|GET|DELETE /_sandbox/faults}, {@code GET /_sandbox/requests?vendor=}, {@code GET /_sandbox/objects?vendor=}.
 */
public final class SandboxServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(runnable -> {
        Thread thread = new Thread(runnable, "sandbox");
        thread.setDaemon(true);
        return thread;
    });
    private final Faults faults = new Faults();
    private final Map<String, Mount> mounts = new LinkedHashMap<>();

    /** @param port 0 for any free port */
    public static SandboxServer start(Path folder, int port, List<VendorSandbox> vendors) throws IOException {
        return new SandboxServer(folder, port, vendors);
    }

    /** All sandboxes on the class path. */
    public static List<VendorSandbox> found() {
        List<VendorSandbox> all = new ArrayList<>();
        ServiceLoader.load(VendorSandbox.class).forEach(all::add);
        return all;
    }

    private SandboxServer(Path folder, int port, List<VendorSandbox> vendors) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.setExecutor(threads);
        for (VendorSandbox vendor : vendors) {
            Mount mount = new Mount(vendor, folder.resolve(vendor.vendor()), faults);
            mounts.put(vendor.vendor(), mount);
            server.createContext("/" + vendor.vendor() + "/", exchange -> serve(mount, exchange));
        }
        server.createContext("/_sandbox/", this::control);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Arms a fault; the same as posting it. */
    public void arm(Fault fault) {
        faults.add(fault);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** What a vendor received so far, oldest first. */
    public List<ReceivedRequest> requests(String vendor) {
        return mount(vendor).log().all();
    }

    /** A vendor's state, to look at or to prepare. */
    public SandboxState state(String vendor) {
        return mount(vendor).state();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Mount mount(String vendor) {
        Mount mount = mounts.get(vendor);
        if (mount == null) {
            throw new IllegalArgumentException("no sandbox for " + vendor + ", there are " + mounts.keySet());
        }
        return mount;
    }

    private void serve(Mount mount, HttpExchange exchange) throws IOException {
        try (exchange) {
            mount.serve(exchange, threads);
        }
    }

    private void control(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = Wire.read(exchange, "/_sandbox");
            Wire.write(exchange, answer(call));
        } catch (IllegalArgumentException e) {
            Wire.write(exchange, Answer.json(400, Map.of("error", String.valueOf(e.getMessage()))));
        }
    }

    private Answer answer(Call call) throws IOException {
        switch (call.method() + " " + call.path()) {
            case "POST /faults":
                return Answer.json(201, Map.of("id", faults.add(JSON.readValue(call.body(), Fault.class))));
            case "GET /faults":
                return Answer.json(200, faults.list());
            case "DELETE /faults":
                faults.clear();
                return Answer.empty(204);
            case "GET /requests":
                return Answer.json(200, requests(call.query("vendor").orElse("")));
            case "GET /objects":
                return Answer.json(
                        200, objects(mount(call.query("vendor").orElse("")).state()));
            case "GET /vendors":
                return Answer.json(200, mounts.keySet());
            default:
                return Answer.json(
                        404, Map.of("error", "the sandbox has no " + call.method() + " /_sandbox" + call.path()));
        }
    }

    private static Map<String, Object> objects(SandboxState state) {
        Map<String, Object> all = new LinkedHashMap<>();
        state.collections().forEach(name -> all.put(name, state.list(name)));
        return all;
    }
}
