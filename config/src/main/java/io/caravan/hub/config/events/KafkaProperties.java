package io.caravan.hub.config.events;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The broker of the profile {@code kafka}, under {@code hub.kafka.*}; the environment says {@code HUB_KAFKA_BROKERS}.
 *
 * @param enabled set by the profile. Defaults to false
 * @param brokers {@code host:port}, several with commas. Defaults to {@code localhost:9092}
 * @param prefix before the name of each topic: {@code hub.trend.scored.v1}. Defaults to {@code hub.}
 * @param group of consumers, the same on all nodes. Defaults to {@code caravan}
 * @param session after which a node that says nothing loses its partitions to the others. Defaults to 10 s
 * @param security {@code PLAINTEXT}, {@code SSL}, {@code SASL_SSL} or {@code SASL_PLAINTEXT}. Defaults to {@code PLAINTEXT}
 * @param mechanism of SASL: {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}. Defaults to {@code SCRAM-SHA-512}
 * @param user of SASL
 * @param password of SASL
 * @param trust file with the certificates (PEM) that the broker's is signed by; the JDK's own when absent
 */
@Validated
@ConfigurationProperties("hub.kafka")
public record KafkaProperties(
        @DefaultValue("false") boolean enabled,
        @NotBlank @DefaultValue("localhost:9092") String brokers,

        @Pattern(regexp = "[A-Za-z0-9._-]{0,40}") @DefaultValue("hub.")
        String prefix,

        @NotBlank @DefaultValue("caravan") String group,
        @NotNull @DefaultValue("10s") Duration session,

        @Pattern(regexp = "PLAINTEXT|SSL|SASL_SSL|SASL_PLAINTEXT") @DefaultValue("PLAINTEXT")
        String security,

        @Pattern(regexp = "PLAIN|SCRAM-SHA-256|SCRAM-SHA-512") @DefaultValue("SCRAM-SHA-512")
        String mechanism,

        @Nullable String user,
        @Nullable String password,
        @Nullable String trust) {

    /** Work type of an event on its way to the broker. */
    public static final String PUBLISH = "event.publish";

    public KafkaProperties {
        if (enabled && security.startsWith("SASL") && (isBlank(user) || isBlank(password))) {
            throw new IllegalArgumentException(
                    "HUB_KAFKA_SECURITY is " + security + ": set HUB_KAFKA_USER and HUB_KAFKA_PASSWORD");
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    boolean logsIn() {
        return security.startsWith("SASL");
    }

    /** What Kafka's clients read user and password from. */
    String login() {
        String module = mechanism.startsWith("SCRAM") ? "scram.ScramLoginModule" : "plain.PlainLoginModule";
        return "org.apache.kafka.common.security." + module + " required username=" + quoted(user) + " password="
                + quoted(password) + ";";
    }

    private static String quoted(@Nullable String text) {
        return "\"" + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KafkaProperties[brokers=" + brokers + ", prefix=" + prefix + ", group=" + group + ", security="
                + security + "]";
    }
}
