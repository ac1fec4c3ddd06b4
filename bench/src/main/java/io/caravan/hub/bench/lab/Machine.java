package io.caravan.hub.bench.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the figures depend on beside the hub. */
public final class Machine {

    private Machine() {}

    public static Map<String, String> describe(Settings settings) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("commit", commit(settings.project()));
        told.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        told.put("processor", processor());
        told.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        told.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        told.put("sync of 4 KB to disk", sync(settings.work()));
        return told;
    }

    private static String commit(Path project) {
        String at = git(project, "rev-parse", "--short", "HEAD");
        return git(project, "status", "--porcelain").isEmpty() ? at : at + " and changes that are not committed";
    }

    private static String git(Path project, String... arguments) {
        try {
            String[] command =
                    Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
            Process process = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Median; a disk that answers in microseconds does not write, and says that the figures are too good. */
    private static String sync(Path folder) {
        long[] times = new long[101];
        Path file = folder.resolve("sync.probe");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            for (int i = 0; i < times.length; i++) {
                long begin = System.nanoTime();
                channel.write(ByteBuffer.allocate(4_096));
                channel.force(false);
                times[i] = System.nanoTime() - begin;
            }
        } catch (IOException e) {
            return "unknown";
        }
        Arrays.sort(times);
        return String.format(Locale.ROOT, "%.2f ms", times[times.length / 2] / 1e6);
    }
}
