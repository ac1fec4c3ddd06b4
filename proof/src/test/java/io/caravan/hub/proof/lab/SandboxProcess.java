package io.caravan.hub.proof.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The vendors, in a process that no kill of a hub touches, with their state in files. */
public final class SandboxProcess implements AutoCloseable {

    private final Process process;
    private final URI url;

    private SandboxProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static SandboxProcess start(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path told = folder.resolve("address");
        Path log = folder.resolve("sandbox.log");
        Process process = Child.java(
                log,
                java.util.List.of("-Xmx1500m"),
                SandboxMain.class.getName(),
                java.util.List.of(folder.resolve("state").toString(), told.toString()));
        Wait.until("the sandboxes listen", Duration.ofSeconds(90), () -> Files.exists(told), () -> Child.tail(log, 20));
        return new SandboxProcess(process, URI.create(Files.readString(told)));
    }

    public URI url() {
        return url;
    }

    /** What the vendor has, by kind of object and id. */
    public JsonNode objects(String vendor) throws IOException {
        return Http.json(URI.create(url + "/_sandbox/objects?vendor=" + vendor), Map.of());
    }

    /** Arms a fault, with the names of the control interface. */
    public void arm(Map<String, Object> fault) throws IOException {
        Map<String, Object> whole = new HashMap<>(Map.of("after", 0, "delay_ms", 0));
        whole.putAll(fault);
        var answer = Http.post(URI.create(url + "/_sandbox/faults"), whole, Map.of(), Duration.ofSeconds(10));
        if (answer.statusCode() != 201) {
            throw new IOException("fault refused: " + answer.body());
        }
    }

    public void clearFaults() throws IOException {
        Http.delete(URI.create(url + "/_sandbox/faults"));
    }

    @Override
    public void close() {
        Child.kill(process);
    }
}
