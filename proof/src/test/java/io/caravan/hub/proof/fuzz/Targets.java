package io.caravan.hub.proof.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** All of them, made when they are asked for: the Kamelets take a Camel context. */
final class Targets {

    private static final List<Target> PARSERS = made();

    private Targets() {}

    private static final class Kamelets {
        private static final KameletTargets MAKER = new KameletTargets();
        private static final List<Target> ALL = List.copyOf(MAKER.all());
    }

    static List<Target> all() {
        List<Target> all = new ArrayList<>(Kamelets.ALL);
        all.addAll(PARSERS);
        return all;
    }

    /** Those that are no Kamelets. */
    static List<Target> parsers() {
        return PARSERS;
    }

    static Map<String, String> asksNobody() {
        all();
        return Kamelets.MAKER.asksNobody();
    }

    private static List<Target> made() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return ParserTargets.all(Files.createDirectory(folder.resolve("files")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
