package io.caravan.hub.connectors.openai;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class Recordings {

    static final ObjectMapper JSON = new ObjectMapper();

    private Recordings() {}

    /** Skips the test when the recordings are not on this machine. */
    static JsonNode read(String name) throws IOException {
        Path file = Path.of(System.getProperty("shared.contracts", "none"), "openai/recordings", name + ".json");
        assumeTrue(Files.exists(file), "no recordings on this machine");
        return JSON.readTree(file.toFile());
    }

    /** The answer's body, parsed as a connector sees it. */
    static Map<?, ?> body(String name) throws IOException {
        return JSON.convertValue(read(name).at("/response/body"), Map.class);
    }
}
