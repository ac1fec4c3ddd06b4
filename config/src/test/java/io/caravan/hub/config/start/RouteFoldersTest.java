package io.caravan.hub.config.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.lint.RouteFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./hub doctor} says of route files. */
class RouteFoldersTest {

    @TempDir
    private Path folder;

    private List<String> faults(String route) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("own")).resolve("own.camel.yaml"), route);
        return RouteFolders.faults(
                List.of(folder, folder.resolve("missing")), name -> name.equals("hub.own.queue") ? "seda" : null);
    }

    @Test
    void shouldNameWhatAPropertyHides() throws IOException {
        String route = """
                - routeConfiguration:
                    id: side
                    errorHandler: {noErrorHandler: {}}
                - route:
                    id: own-x
                    routeConfigurationId: side
                    from:
                      uri: direct:own-x
                      steps:
                        - to: {id: later, uri: "{{hub.own.queue}}:later"}
                """;
        assertThat(faults(route))
                .singleElement()
                .asString()
                .contains("own.camel.yaml, route own-x, to later: P01-memory-queue");
        assertThat(faults(route.replace("{{hub.own.queue}}", "log").replace("later", "later?showBody=false")))
                .isEmpty();
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        assertThat(faults("- route: {no-such-part: 1}"))
                .singleElement()
                .asString()
                .contains("no-such-part");
    }
}
