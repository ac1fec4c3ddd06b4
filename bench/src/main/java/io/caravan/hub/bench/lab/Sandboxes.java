package io.caravan.hub.bench.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The vendors' sandboxes of the packaged hub, in a process that no kill of the hub touches. */
public final class Sandboxes implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Http http;

    private Sandboxes(Process process, int port) {
        this.process = process;
        this.port = port;
        this.http = new Http(port, Map.of());
    }

    static Sandboxes start(Settings settings, Path app) throws IOException {
        int port = Child.freePort();
        Path folder = settings.work().resolve("sandboxes");
        Stub.empty(folder);
        Path log = settings.work().resolve("sandboxes.log");
        Process process = Child.start(
                List.of(
                        settings.java().toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        app.toString(),
                        "sandbox",
                        "--port",
                        String.valueOf(port)),
                Map.of("HUB_DATA_DIR", folder.toString()),
                settings.work(),
                log);
        Sandboxes sandboxes = new Sandboxes(process, port);
        Child.awaitAnswer("the sandboxes", process, log, 60, () -> sandboxes.objects("woocommerce"));
        return sandboxes;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** What the vendor has, by kind of object and id. */
    public JsonNode objects(String vendor) throws IOException {
        return http.json("/_sandbox/objects?vendor=" + vendor);
    }

    @Override
    public void close() {
        Child.stop(process);
    }
}
