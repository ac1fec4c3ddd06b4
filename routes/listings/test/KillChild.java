package io.caravan.hub.routes.listings;

import io.caravan.hub.model.delivery.FaultPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link KillHub} as a process of its own and waits for its end. */
record KillChild(Path folder, Path ledger, URI shop) {

    private static final int LIMIT = 120;

    /** How a run ended. */
    record End(int exit, String output, Duration took) {

        /** Killed at this point, and not for another reason. */
        boolean killedAt(String fault) {
            return exit == FaultPoint.EXIT && output.contains("fault point " + fault.substring(0, 4));
        }

        boolean heldUp() {
            return exit == FaultPoint.EXIT && !output.contains("fault point ");
        }
    }

    /** Kills it at a point. @param fault as in {@code hub.fault} */
    End kill(String fault) throws IOException, InterruptedException {
        return again(fault);
    }

    /** Without a fault until nothing is left to do. */
    End finish() throws IOException, InterruptedException {
        return again("");
    }

    /** A child that a busy machine held up too long halts, as it should, and starts again. */
    private End again(String fault) throws IOException, InterruptedException {
        End end = run(fault);
        for (int again = 0; end.heldUp() && again < 5; again++) {
            end = run(fault);
        }
        return end;
    }

    private End run(String fault) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "child-", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhub.fault=" + fault,
                "-cp",
                System.getProperty("java.class.path"),
                KillHub.class.getName(),
                ledger.toString(),
                shop.toString(),
                String.valueOf(LIMIT)));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT + 30L, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new End(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8), took);
    }
}
