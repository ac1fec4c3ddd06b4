package io.caravan.hub.bench.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that the bench started; it ends with the bench. */
final class Child {

    private Child() {}

    /** Output goes to the file, behind what is there. */
    static Process start(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // settings of the person's own hub are none of ours
        builder.environment().keySet().removeIf(name -> name.startsWith("HUB_") || name.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** A question that fails while a process is not ready. */
    @FunctionalInterface
    interface Question {
        void ask() throws IOException;
    }

    /**
     * @throws IOException with the end of its log, when the process ends or does not answer in time
     */
    static void awaitAnswer(String who, Process process, Path log, int seconds, Question question) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            try {
                question.ask();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException(who + " did not start:\n" + tail(log), e);
                }
                Pause.millis(50);
            }
        }
    }

    /** Asks it to end, and makes it end when it does not. */
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String tail(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 25), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
