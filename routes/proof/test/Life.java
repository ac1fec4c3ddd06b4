package io.caravan.hub.routes.proof;

import io.caravan.hub.model.delivery.FaultPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a hub that will be killed is started. Most of a start is loading classes, so the first one leaves them behind in an
 * archive for all others.
 */
final class Life {

    private static final int PATIENT_MS = 15_000;

    private final URI vendors;
    private final String classPath;
    private final Path archive;

    /** @param vendors where the gateway is */
    Life(URI vendors, Path folder) throws IOException {
        this.vendors = vendors;
        this.classPath = ClassPath.ofJars(folder.resolve("jars"));
        this.archive = folder.resolve("classes.jsa");
    }

    /** Lives once without a fault, to its end. */
    void first(String ledger, Path folder, Path deeds) throws IOException, InterruptedException {
        Path log = folder.resolve("first.log");
        Process process = builder("-XX:ArchiveClassesAtExit=" + archive, "", ledger, folder, deeds, 120)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(240, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        int exit = process.exitValue();
        // one that a busy machine stalls halts, as it should; the others then load their classes themselves
        if (exit != 0 && exit != FaultPoint.EXIT) {
            throw new IllegalStateException("a hub that nobody kills ends with " + exit + ": " + Files.readString(log));
        }
    }

    ProcessBuilder process(String fault, String ledger, Path folder, Path deeds, int seconds) {
        return builder("-XX:SharedArchiveFile=" + archive, fault, ledger, folder, deeds, seconds);
    }

    private ProcessBuilder builder(String sharing, String fault, String ledger, Path folder, Path deeds, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                sharing,
                "-Dproject.root=" + System.getProperty("project.root"),
                // nothing here is about time-outs: a busy machine shall not make any
                "-Dhub.proof.response-ms=" + PATIENT_MS,
                "-Dhub.proof.settle-scale=0.04",
                "-Dhub.fault=" + fault));
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("hub.proof.")) {
                command.add("-D" + name + "=" + System.getProperty(name));
            }
        }
        command.addAll(List.of(
                "-cp",
                classPath,
                KillNode.class.getName(),
                ledger,
                vendors.toString(),
                folder.toString(),
                deeds.toString(),
                String.valueOf(seconds)));
        return new ProcessBuilder(command);
    }
}
