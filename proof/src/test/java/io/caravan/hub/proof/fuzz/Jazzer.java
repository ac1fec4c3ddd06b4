package io.caravan.hub.proof.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Jazzer in a JVM of its own: it instruments classes as they are loaded, and a parser that eats all memory ends that JVM alone. */
final class Jazzer {

    private static final Pattern LAST = Pattern.compile("#([0-9]+)\\s+\\S+\\s+cov: ([0-9]+).*?corp: ([0-9]+)");

    private Jazzer() {}

    /**
     * @param runs inputs that were tried
     * @param coverage edges of our own code that they reached
     * @param corpus inputs that each reached something new
     * @param log what jazzer said; it names each finding
     */
    record Outcome(boolean clean, long runs, long coverage, long corpus, Path log) {}

    /** @param group of targets, or {@link Fuzzer#PARSERS} */
    static Outcome run(String group, Duration time, int runs, long seed, Path folder, boolean goOn) throws IOException {
        Path log = Files.createDirectories(folder).resolve("jazzer-" + group + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=fuzz/logback.xml",
                "-Dproject.root=" + System.getProperty("project.root", ".."),
                "-Dshared.contracts=" + System.getProperty("shared.contracts", "none"),
                "-D" + Fuzzer.GROUP + "=" + group,
                "-D" + Fuzzer.FINDINGS + "=" + folder.resolve("found"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzer.class.getName(),
                "--instrumentation_includes=io.caravan.**",
                "--custom_hook_includes=io.caravan.**",
                "--keep_going=" + (goOn ? 50 : 1),
                "--reproducer_path=" + folder,
                "-runs=" + runs,
                "-max_total_time=" + time.toSeconds(),
                "-seed=" + Math.max(1, seed),
                "-timeout=20",
                "-rss_limit_mb=0",
                "-max_len=4096",
                "-len_control=0",
                "-print_final_stats=1",
                "-artifact_prefix=" + folder + "/"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HUB_") || name.startsWith("JAZZER_"));
        Process process = builder.start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            boolean ended = process.waitFor(time.toSeconds() + 180, TimeUnit.SECONDS);
            return outcome(ended && process.exitValue() == 0, log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static Outcome outcome(boolean clean, Path log) throws IOException {
        long[] figures = new long[3];
        try (Stream<String> lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                Matcher told = LAST.matcher(line);
                if (told.find()) {
                    for (int i = 0; i < figures.length; i++) {
                        figures[i] = Long.parseLong(told.group(i + 1));
                    }
                }
            });
        }
        return new Outcome(clean, figures[0], figures[1], figures[2], log);
    }
}
