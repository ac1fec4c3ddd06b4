package io.caravan.hub.routes.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the matrices share. */
final class Proof {

    private Proof() {}

    /** The example of an own route. */
    static Path example() {
        return Path.of(System.getProperty("project.root")).resolve("docs/own-route");
    }

    /** The example's own effects, with times that are scaled down as those of the Kamelets are. */
    static Path own(List<Operation> operations, Path files) throws IOException {
        return own(operations, files, Times.RESPONSE_MS);
    }

    static Path own(List<Operation> operations, Path files, long timeoutMs) throws IOException {
        Files.createDirectories(files.resolve("effects"));
        for (Operation one : operations) {
            String name = "effects/" + one.effect() + ".yaml";
            if (one.own()) {
                String traits = Files.readString(example().resolve(name))
                        .replaceFirst("(?m)^timeout: .*$", "timeout: " + timeoutMs + "ms")
                        .replaceFirst("(?m)^late: .*$", "late: 60s");
                Files.writeString(files.resolve(name), traits);
            }
        }
        return files;
    }
}
