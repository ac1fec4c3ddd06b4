package io.caravan.hub.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the operating system says about a process. */
public final class Proc {

    private static final String PEAK = "VmHWM:";

    private Proc() {}

    /** Seconds of CPU that the process used, and those below it that live. */
    public static double cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(Proc::own)
                .sum();
    }

    /** Seconds of CPU that the process itself used. */
    public static double own(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Proc::seconds).orElse(0.0);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Most memory that the process ever had, in megabytes; empty where the system does not tell (only Linux does). */
    public static OptionalLong peakMegabytes(ProcessHandle process) {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
