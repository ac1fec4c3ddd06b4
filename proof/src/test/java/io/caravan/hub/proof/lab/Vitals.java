package io.caravan.hub.proof.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a hub's process is doing.
 *
 * @param heapMb what is left of the heap after a full collection
 * @param threads of the operating system, the JVM's own among them
 * @param residentMb memory that it holds, the heap's free part too
 * @param files that are open, connections among them
 */
public record Vitals(double heapMb, int threads, int residentMb, int files) {

    private static final double MB = 1024 * 1024;

    /** Has the process collect its garbage first. Nothing when it is too busy to tell. */
    public static Optional<Vitals> of(HubProcess hub) {
        long pid = hub.pid();
        try {
            Child.run(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid), "GC.run");
            Optional<Double> heap = hub.metric("jvm_memory_used_bytes", "area=\"heap\"");
            List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
            int files = files(pid);
            return heap.map(
                    bytes -> new Vitals(bytes / MB, field(status, "Threads:"), field(status, "VmRSS:") / 1024, files));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int files(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return (int) open.count();
        }
    }

    private static int field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "heap %.1f MB, %d threads, %d MB resident, %d files".formatted(heapMb, threads, residentMb, files);
    }
}
