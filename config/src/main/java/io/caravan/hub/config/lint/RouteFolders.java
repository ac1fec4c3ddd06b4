package io.caravan.hub.config.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** Route files, looked at without starting anything. */
public final class RouteFolders {

    private RouteFolders() {}

    /**
     * @param folders those that are not there are left out
     * @param property a setting by name; null when there is none
     * @return one text for each finding, or what keeps Camel from reading the files
     */
    public static List<String> faults(List<Path> folders, Function<String, @Nullable String> property) {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addPropertiesSource(new Given(property));
            List<Resource> files = folders.stream()
                    .filter(Files::isDirectory)
                    .flatMap(RouteFolders::files)
                    .map(file -> PluginHelper.getResourceLoader(camel).resolveResource("file:" + file))
                    .toList();
            PluginHelper.getRoutesLoader(camel).loadRoutes(files);
            return RouteLint.check(camel).stream().map(Finding::toString).toList();
        } catch (Exception e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Given(Function<String, @Nullable String> property) implements PropertiesSource {

        @Override
        public String getName() {
            return "settings";
        }

        @Override
        public @Nullable String getProperty(String name) {
            return property.apply(name);
        }
    }
}
