package io.caravan.hub.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class HubPropertiesTest {

    private static HubProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("hub", HubProperties.class);
    }

    @Test
    void shouldHaveDefaultsForEverything() {
        assertThat(bind(Map.of()))
                .isEqualTo(new HubProperties(
                        new HubProperties.Data(Path.of("data")),
                        new HubProperties.Config(Path.of("config/files")),
                        new HubProperties.Routes(Path.of("routes")),
                        new HubProperties.Sandbox(URI.create("http://127.0.0.1:8090")),
                        new HubProperties.Admin(null, "default"),
                        new HubProperties.Master(null, null),
                        new HubProperties.Request(DataSize.ofMegabytes(1)),
                        new HubProperties.Rate(100, 200),
                        new HubProperties.Connections(Duration.ofMinutes(2), Duration.ofSeconds(2)),
                        new HubProperties.Stop(Duration.ofSeconds(10)),
                        new HubProperties.Management(false),
                        Map.of()));
    }

    @Test
    void shouldTakeEveryProperty() {
        HubProperties all = bind(Map.ofEntries(
                Map.entry("hub.data.dir", "/d"),
                Map.entry("hub.config.dir", "/c"),
                Map.entry("hub.routes.dir", "/r"),
                Map.entry("hub.sandbox.url", "http://s:1"),
                Map.entry("hub.admin.key", "k"),
                Map.entry("hub.admin.account", "acme"),
                Map.entry("hub.master.key", "m"),
                Map.entry("hub.master.previous", "p"),
                Map.entry("hub.request.max-body", "2MB"),
                Map.entry("hub.rate.per-second", "1"),
                Map.entry("hub.rate.burst", "2"),
                Map.entry("hub.connections.renew-before", "3m"),
                Map.entry("hub.connections.remember", "0s"),
                Map.entry("hub.stop.requests", "4s"),
                Map.entry("hub.management.exposed", "true"),
                Map.entry("hub.vendor.google-trends.base-url", "http://g")));
        assertThat(all)
                .isEqualTo(new HubProperties(
                        new HubProperties.Data(Path.of("/d")),
                        new HubProperties.Config(Path.of("/c")),
                        new HubProperties.Routes(Path.of("/r")),
                        new HubProperties.Sandbox(URI.create("http://s:1")),
                        new HubProperties.Admin("k", "acme"),
                        new HubProperties.Master("m", "p"),
                        new HubProperties.Request(DataSize.ofMegabytes(2)),
                        new HubProperties.Rate(1, 2),
                        new HubProperties.Connections(Duration.ofMinutes(3), Duration.ZERO),
                        new HubProperties.Stop(Duration.ofSeconds(4)),
                        new HubProperties.Management(true),
                        Map.of("google-trends", new HubProperties.Vendor(URI.create("http://g")))));
    }

    @Test
    void shouldNotShowKeys() {
        assertThat(bind(Map.of("hub.admin.key", "topsecret", "hub.master.key", "topsecret"))
                        .toString())
                .doesNotContain("topsecret");
    }
}
