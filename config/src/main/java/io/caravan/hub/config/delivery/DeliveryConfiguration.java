package io.caravan.hub.config.delivery;

import io.caravan.hub.config.backup.RestoredFile;
import io.caravan.hub.config.connections.HubConnections;
import io.caravan.hub.config.events.KafkaProperties;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.dead.DeadLetters;
import io.caravan.hub.connectors.delivery.gate.Budgets;
import io.caravan.hub.connectors.delivery.gate.Gates;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.inbox.Inbox;
import io.caravan.hub.connectors.delivery.job.Jobs;
import io.caravan.hub.connectors.delivery.slot.Slots;
import io.caravan.hub.connectors.delivery.work.Parking;
import io.caravan.hub.model.port.Connections;
import io.caravan.hub.model.port.Writes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Policy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** The delivery engine and, by the names that routes use, what it offers. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    @Bean
    Limits limits(HubFiles files) {
        return files.limits();
    }

    @Bean
    DeliverySettings deliverySettings(DeliveryProperties properties, KafkaProperties kafka) {
        return DeliverySettings.defaults()
                .withNodeId(properties.nodeId())
                .withLease(properties.lease())
                .withPoll(properties.poll())
                .withSettleScale(properties.settleScale())
                .withBacklog(properties.backlog(), DeliverySettings.defaults().backlogAge())
                .withBackoff(properties.backoff())
                .withDrain(properties.drain())
                .withSubscribers(properties.subscribers())
                .withPublisher(kafka.enabled() ? KafkaProperties.PUBLISH : null);
    }

    /** @param migrated its tables have to be there before the Camel context starts it */
    @Bean
    DeliveryEngine deliveryEngine(
            DataSource dataSource,
            CamelContext camel,
            Connections connections,
            DeliverySettings settings,
            Limits limits,
            MeterRegistry meters,
            FlywayMigrationInitializer migrated,
            DeliveryProperties properties,
            HubProperties hub,
            @Value("${spring.datasource.url}") String url) {
        DeliveryEngine engine = new DeliveryEngine(dataSource, camel, connections, settings, limits, meters);
        Optional<Instant> restored = RestoredFile.read(hub.data().dir());
        if (restored.isPresent() || locked(url)) {
            engine.inherit();
        }
        if (restored.isPresent()) {
            engine.quarantine().begin(restored.get(), properties.quarantine());
            RestoredFile.done(hub.data().dir());
        }
        return engine;
    }

    /** H2 keeps its file locked while a process has it open, unless it is told to serve others. */
    static boolean locked(String url) {
        String upper = url.toUpperCase(Locale.ROOT);
        return upper.startsWith("JDBC:H2:FILE:")
                && !upper.contains("AUTO_SERVER=TRUE")
                && !upper.contains("FILE_LOCK=NO");
    }

    @Bean
    Writes writes(DeliveryEngine engine) {
        return engine.writes();
    }

    @Bean
    Policy accept(DeliveryEngine engine) {
        return engine.accept();
    }

    @Bean
    Jobs jobs(DeliveryEngine engine) {
        return engine.jobs();
    }

    @Bean
    Gates gates(DeliveryEngine engine) {
        return engine.gates();
    }

    @Bean
    Budgets budgets(DeliveryEngine engine) {
        return engine.budgets();
    }

    @Bean
    DeadLetters deadLetters(DeliveryEngine engine) {
        return engine.deadLetters();
    }

    @Bean
    Inbox inbox(DeliveryEngine engine) {
        return engine.inbox();
    }

    @Bean
    Slots slots(DeliveryEngine engine) {
        return engine.slots();
    }

    @Bean
    Parking parking(DeliveryEngine engine) {
        return engine.parking();
    }

    /** Work that waits for a connection goes on when a person has renewed it. */
    @Bean
    Resuming resumingAfterReconnect(Parking parking) {
        return new Resuming(parking);
    }

    /** Listens for reconnected connections. */
    static final class Resuming {
        private final Parking parking;

        Resuming(Parking parking) {
            this.parking = parking;
        }

        @EventListener
        void on(HubConnections.Restored restored) {
            parking.resume(restored.account(), restored.vendor());
        }
    }
}
