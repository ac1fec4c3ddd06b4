package io.caravan.hub.routes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the connectors' folders hold, as files. No vendor is named here: who is on disk counts. */
final class ConnectorFiles {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String RESOURCES = "src/main/resources";

    /** A file of one vendor. */
    record Found(String vendor, Path path, String text, JsonNode root) {

        String stem() {
            String name = path.getName(path.getNameCount() - 1).toString();
            return name.replace(".kamelet.yaml", "").replace(".yaml", "");
        }

        @Override
        public String toString() {
            return vendor + "/" + stem();
        }
    }

    private ConnectorFiles() {}

    static Path root() {
        return Path.of(System.getProperty("project.root"), "connectors");
    }

    static List<Found> kamelets() {
        return found(RESOURCES + "/kamelets");
    }

    static List<Found> effects() {
        return found(RESOURCES + "/effects");
    }

    static List<Found> suppliers() {
        return found(RESOURCES + "/suppliers");
    }

    static List<Found> shops() {
        return found(RESOURCES + "/shops");
    }

    static Map<String, Found> byName() {
        return kamelets().stream()
                .collect(Collectors.toMap(Found::stem, Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** Folders that have Kamelets. */
    static List<Path> vendors() {
        return list(root())
                .filter(folder -> Files.isDirectory(folder.resolve(RESOURCES + "/kamelets")))
                .toList();
    }

    private static List<Found> found(String folder) {
        return list(root())
                .filter(vendor -> Files.isDirectory(vendor.resolve(folder)))
                .flatMap(vendor -> list(vendor.resolve(folder)))
                .filter(file -> file.toString().endsWith(".yaml"))
                .map(ConnectorFiles::read)
                .toList();
    }

    private static Found read(Path file) {
        try {
            String text = Files.readString(file);
            String vendor = root().relativize(file).getName(0).toString();
            return new Found(vendor, file, text, YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
