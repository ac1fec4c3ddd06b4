package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** The real application in production, with a route of an engineer that breaks rules beside those that are shipped. */
class OwnRouteRefusedTest {

    private static final String OWN = """
            - route:
                id: intake-order
                description: Buys at a store, with two mistakes
                from:
                  id: intake-work
                  uri: work
                  parameters: {type: intake.order}
                  steps:
                    - to: {id: buy, uri: "https:store.example/orders?throw-exception-on-failure=false"}
                routeConfigurationId: poll
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseToStartAndNameEachRuleThatTheRouteBreaks() throws IOException {
        Path root = Path.of(System.getProperty("project.root"));
        Path config = folder.resolve("config");
        FileSystemUtils.copyRecursively(root.resolve("config/files"), config);
        Files.createDirectories(config.resolve("routes"));
        Files.writeString(config.resolve("routes/orders.camel.yaml"), OWN);
        SpringApplication hub = new SpringApplication(Hub.class);
        hub.setAdditionalProfiles("prod");

        assertThatThrownBy(() -> hub.run(
                                "--hub.data.dir=" + folder.resolve("data"),
                                "--hub.config.dir=" + config,
                                "--hub.routes.dir=" + root.resolve("routes"),
                                "--hub.master.key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                                "--hub.prod.allow-sandbox=true",
                                "--server.port=0",
                                "--management.server.port=0",
                                "--spring.jmx.unique-names=true")
                        .close())
                .hasStackTraceContaining("orders.camel.yaml, route intake-order, to buy: P31-plain-http.")
                .hasStackTraceContaining("orders.camel.yaml, route intake-order: F02-work-policy.")
                .hasStackTraceContaining("Change things by effect:");
    }
}
