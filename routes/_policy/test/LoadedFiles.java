package io.caravan.hub.routes.policy;

import io.caravan.hub.config.lint.LoadedModel;
import io.caravan.hub.config.lint.RouteLint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** YAML files as Camel loads them, with the properties that are shipped; nothing is started. */
final class LoadedFiles {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private LoadedFiles() {}

    /** Everything of the project that Camel may load, wherever it lies: flows, Kamelets, jobs of measurements, examples. */
    static List<Resource> ofTheProject() {
        return in(ROOT).stream()
                .filter(file -> !file.getLocation().contains("/src/test/"))
                .toList();
    }

    static List<Resource> policies() {
        return in(ROOT.resolve("routes/_policy"));
    }

    static Resource text(String name, String text) {
        return ResourceHelper.fromString(name, text);
    }

    static LoadedModel load(List<Resource> files) {
        return load(files, Map.of());
    }

    static LoadedModel load(List<Resource> files, Map<String, String> properties) {
        try (CamelContext camel = new DefaultCamelContext()) {
            Properties shipped = shipped();
            shipped.putAll(properties);
            camel.getPropertiesComponent().setOverrideProperties(shipped);
            PluginHelper.getRoutesLoader(camel).loadRoutes(files);
            Set<String> ours = ConnectorFiles.byName().keySet();
            return RouteLint.read(camel, ours::contains);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Properties shipped() throws IOException {
        Properties shipped = new Properties();
        try (InputStream in =
                Files.newInputStream(ROOT.resolve("config/src/main/resources/config/application.properties"))) {
            shipped.load(in);
        }
        shipped.keySet().removeIf(name -> !name.toString().startsWith("hub."));
        // what a profile alone loads is held to the rules too
        shipped.put("hub.kafka.enabled", "true");
        shipped.put("hub.kafka.topics", "hub.trend.scored.v1");
        shipped.put("hub.routes.path", ROOT.resolve("routes").toString());
        return shipped;
    }

    private static List<Resource> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")
                            || file.toString().endsWith(".kamelet.yaml"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\..*)/.*"))
                    .sorted()
                    .map(file -> text(file.toString(), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
