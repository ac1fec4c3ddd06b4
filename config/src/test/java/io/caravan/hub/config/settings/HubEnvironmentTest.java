package io.caravan.hub.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class HubEnvironmentTest {

    @TempDir
    Path dir;

    private static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        new HubEnvironment().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    @Test
    void shouldReadAVariableFromTheFileThatAnotherNames() throws Exception {
        Path file = Files.writeString(dir.resolve("password"), "s3cret\n");
        StandardEnvironment environment = environment(Map.of("HUB_DB_PASSWORD_FILE", file.toString()));
        assertThat(environment.getProperty("hub.db.password")).isEqualTo("s3cret");
        assertThat(environment.getProperty("HUB_DB_PASSWORD")).isEqualTo("s3cret");
    }

    @Test
    void shouldNameTheTopicsThatSomebodySubscribesToUnderTheProfileKafkaAlone() {
        Map<String, Object> topics = new java.util.HashMap<>(Map.of(
                "hub.delivery.subscribers[trend.scored]", "import.trend,other",
                "hub.delivery.subscribers[listing.live]", "notify.listing-live",
                "hub.delivery.subscribers[idea.drafted]", "",
                "hub.kafka.prefix", "shop."));
        StandardEnvironment environment = environment(Map.of());
        environment.getPropertySources().addFirst(new MapPropertySource("test", topics));
        assertThat(environment.getProperty("hub.kafka.topics")).isEmpty();

        topics.put("hub.kafka.enabled", "true");

        assertThat(environment.getProperty("hub.kafka.topics")).isEqualTo("shop.listing.live.v1,shop.trend.scored.v1");
    }

    @Test
    void shouldRefuseAVariableThatIsGivenTwice() {
        Map<String, Object> twice = Map.of("HUB_DB_PASSWORD", "a", "HUB_DB_PASSWORD_FILE", "b");
        assertThatThrownBy(() -> environment(twice))
                .hasMessageContaining("HUB_DB_PASSWORD")
                .hasMessageContaining("not both");
    }

    @Test
    void shouldNameTheVariableWhoseFileCannotBeRead() {
        Map<String, Object> missing =
                Map.of("HUB_ADMIN_KEY_FILE", dir.resolve("none").toString());
        assertThatThrownBy(() -> environment(missing)).hasMessageContaining("HUB_ADMIN_KEY_FILE");
    }

    @Test
    void shouldBindVendorsWithDashesInTheirName() throws Exception {
        Path file = Files.writeString(dir.resolve("url"), "http://etsy");
        StandardEnvironment environment = environment(Map.of(
                "HUB_VENDOR_GOOGLE_TRENDS_BASE_URL",
                "http://trends",
                "HUB_VENDOR_ETSY_BASE_URL_FILE",
                file.toString()));
        HubProperties hub = Binder.get(environment).bindOrCreate("hub", HubProperties.class);
        assertThat(hub.vendor())
                .containsEntry("google-trends", new HubProperties.Vendor(URI.create("http://trends")))
                .containsEntry("etsy", new HubProperties.Vendor(URI.create("http://etsy")));
    }

    @Test
    void shouldDeriveWhatFollowsFromOtherSettings() {
        StandardEnvironment environment = environment(Map.of());
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "hub.data.dir", "some/where",
                                "spring.datasource.url", "jdbc:postgresql://db/hub",
                                "hub.log.format", "json")));
        assertThat(environment.getProperty("hub.data.path"))
                .isEqualTo(Path.of("some/where").toAbsolutePath().toString());
        assertThat(environment.getProperty("hub.db.clustered")).isEqualTo("true");
        assertThat(environment.getProperty("logging.structured.format.console")).isEqualTo("ecs");
    }
}
