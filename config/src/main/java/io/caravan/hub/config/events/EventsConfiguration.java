package io.caravan.hub.config.events;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.model.AccountId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes in {@code routes/events} stand on. Without the profile none of it is made, and no class of Kafka is loaded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("hub.kafka.enabled")
class EventsConfiguration {

    /** Every endpoint starts from these settings; time-outs keep a broker that is away from holding work for long. */
    @Bean("kafka-component")
    KafkaComponent kafkaComponent(KafkaProperties kafka) {
        KafkaComponent component = new KafkaComponent();
        component.setPollExceptionStrategy(new PollAgain());
        component.setKafkaClientFactory(new RenewedProducers());
        var settings = component.getConfiguration();
        settings.setBrokers(kafka.brokers());
        // a name that cannot be resolved now is tried again; the hub starts without its broker
        settings.setPreValidateHostAndPort(false);
        settings.setClientId("caravan");
        settings.setAdditionalProperties(security(kafka));
        settings.setSessionTimeoutMs((int) kafka.session().toMillis());
        settings.setHeartbeatIntervalMs((int) kafka.session().toMillis() / 4);
        // a record each: a batch that its topic does not take is split where batch.size says, into itself, a thousand
        // times a second (KAFKA-8350), and what is beside a record that is too large waits with it
        settings.setProducerBatchSize(0);
        settings.setMaxBlockMs(5_000);
        settings.setRequestTimeoutMs(8_000);
        settings.setDeliveryTimeoutMs(12_000);
        settings.setReconnectBackoffMaxMs(2_000);
        return component;
    }

    @Bean
    HeaderFilterStrategy kafkaHeaders() {
        return new RecordHeaders();
    }

    @Bean
    MissingTopics missingTopics(Clock clock) {
        return new MissingTopics(clock);
    }

    @Bean
    KafkaEvents events(
            DeliveryEngine engine, KafkaProperties kafka, Accounts accounts, HubProperties hub, MissingTopics missing) {
        return new KafkaEvents(
                engine,
                new Topics(kafka.prefix(), engine.subscriptions().topics()),
                accounts,
                new AccountId(hub.admin().account()),
                missing);
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(
            KafkaProperties kafka, JdbcClient jdbc, DeliveryEngine engine, MissingTopics missing) {
        Set<String> read = engine.subscriptions().wanted().stream()
                .map(topic -> Topics.record(kafka.prefix(), topic))
                .collect(Collectors.toUnmodifiableSet());
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "caravan-health");
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000");
        settings.putAll(security(kafka));
        return new KafkaHealth(
                settings,
                () -> {
                    Set<String> needed = missing.names();
                    needed.addAll(read);
                    return needed;
                },
                () -> jdbc.sql("select count(*) from work where type = ? and state = 'WAITING'")
                        .param(KafkaProperties.PUBLISH)
                        .query(Long.class)
                        .single());
    }

    /** How every client gets in at the broker, in Kafka's own names. */
    private static Map<String, Object> security(KafkaProperties kafka) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, kafka.security());
        if (kafka.logsIn()) {
            settings.put(SaslConfigs.SASL_MECHANISM, kafka.mechanism());
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, kafka.login());
        }
        if (kafka.trust() != null) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, kafka.trust());
        }
        return settings;
    }
}
