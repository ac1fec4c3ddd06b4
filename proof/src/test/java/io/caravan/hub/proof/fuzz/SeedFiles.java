package io.caravan.hub.proof.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code src/test/resources/fuzz}: {@code answers/<vendor>/}, and {@code found/<target>/}, which stays found. */
final class SeedFiles {

    static final Path ROOT = Path.of(System.getProperty("project.root", ".."), "proof/src/test/resources/fuzz");

    private SeedFiles() {}

    /** Inputs that once were findings. */
    static List<Path> found(String target) {
        Path folder = ROOT.resolve("found").resolve(target);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
