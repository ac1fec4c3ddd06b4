package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.Hub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The real application in production, with and without a route of an engineer that breaks rules. */
class ProductionStartTest {

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
    void shouldStartAsItIsShippedAndFindNothingWrongWithItself() {
        try (ConfigurableApplicationContext hub = start("routes-as-shipped")) {
            assertThat(hub.getBean(CamelContext.class).getRoutes()).hasSizeGreaterThan(80);
            assertThat(hub.getBean("selfCheckHealth", HealthIndicator.class)
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void shouldRefuseToStartAndNameEachRuleThatTheRouteBreaks() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("broken/config/routes"));
        Files.writeString(routes.resolve("orders.camel.yaml"), OWN);

        assertThatThrownBy(() -> start("broken").close())
                .hasStackTraceContaining("orders.camel.yaml, route intake-order, to buy: P31-plain-http.")
                .hasStackTraceContaining("orders.camel.yaml, route intake-order: F02-work-policy.")
                .hasStackTraceContaining("Change things by effect:");
    }

    private ConfigurableApplicationContext start(String name) {
        Path root = Path.of(System.getProperty("project.root"));
        Path own = folder.resolve(name);
        try {
            FileSystemUtils.copyRecursively(root.resolve("config/files"), own.resolve("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SpringApplication hub = new SpringApplication(Hub.class);
        hub.setAdditionalProfiles("prod");
        return hub.run(
                "--hub.data.dir=" + own.resolve("data"),
                "--hub.config.dir=" + own.resolve("config"),
                "--hub.routes.dir=" + root.resolve("routes"),
                "--hub.master.key=q2n3jFvXoZl0yq8mB3yBqQ5u8mCbsZ0Yk1r7yXhT3gE=",
                "--hub.prod.allow-sandbox=true",
                "--server.port=0",
                "--management.server.port=0",
                "--spring.jmx.unique-names=true");
    }
}
