package io.caravan.hub.config.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KafkaPropertiesTest {

    private static KafkaProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("hub.kafka", KafkaProperties.class);
    }

    @Test
    void shouldHaveDefaultsForEverything() {
        assertThat(bind(Map.of()))
                .isEqualTo(new KafkaProperties(
                        false,
                        "localhost:9092",
                        "hub.",
                        "caravan",
                        Duration.ofSeconds(10),
                        "PLAINTEXT",
                        "SCRAM-SHA-512",
                        null,
                        null,
                        null));
    }

    @Test
    void shouldTakeEveryPropertyAndShowNoPassword() {
        KafkaProperties all = bind(Map.of(
                "hub.kafka.enabled", "true",
                "hub.kafka.brokers", "a:1,b:2",
                "hub.kafka.prefix", "shop.",
                "hub.kafka.group", "g",
                "hub.kafka.session", "6s",
                "hub.kafka.security", "SASL_SSL",
                "hub.kafka.mechanism", "PLAIN",
                "hub.kafka.user", "u",
                "hub.kafka.password", "s3\"cr\\et",
                "hub.kafka.trust", "/ca.pem"));
        assertThat(all)
                .isEqualTo(new KafkaProperties(
                        true,
                        "a:1,b:2",
                        "shop.",
                        "g",
                        Duration.ofSeconds(6),
                        "SASL_SSL",
                        "PLAIN",
                        "u",
                        "s3\"cr\\et",
                        "/ca.pem"));
        assertThat(all.toString()).doesNotContain("s3").contains("SASL_SSL");
        assertThat(all.login())
                .as("a quote in a password ends no value")
                .isEqualTo("org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                        + " password=\"s3\\\"cr\\\\et\";");
    }

    @Test
    void shouldAskForALoginWhereTheBrokerWill() {
        assertThatThrownBy(() -> bind(Map.of("hub.kafka.enabled", "true", "hub.kafka.security", "SASL_SSL")))
                .rootCause()
                .hasMessageContaining("HUB_KAFKA_PASSWORD");
    }

    @Test
    void shouldNameTopicsFromTheTableAlone() {
        Topics topics = new Topics("hub.", List.of("trend.scored", "listing.live"));
        assertThat(topics.record("trend.scored")).isEqualTo("hub.trend.scored.v1");
        assertThat(topics.event("hub.listing.live.v1")).isEqualTo("listing.live");
        assertThat(topics.event("listing.live")).isNull();
        assertThatThrownBy(() -> topics.record("secret")).hasMessageContaining("hub.delivery.subscribers");
        assertThatThrownBy(() -> new Topics("hub.", List.of("a b"))).hasMessageContaining("a b");
        assertThatThrownBy(() -> new Topics("hub.", List.of("x".repeat(59)))).hasMessageContaining("58");
    }
}
