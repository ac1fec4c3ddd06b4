package io.caravan.hub.routes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A hub with the profile {@code kafka} whose topic {@code proof.told} has two subscribers. */
final class EventsHub {

    static final List<String> SUBSCRIBERS = List.of("proof.first", "proof.second");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AccountId ACCOUNT = new AccountId("default");

    private final FlowHub hub;

    EventsHub(FlowHub hub) {
        this.hub = hub;
    }

    /** Still to be started. */
    static FlowHub.Setup setup(BrokerProcess broker) {
        return FlowHub.setup()
                .over("proof/events")
                .with("spring.profiles.active", "kafka")
                .with("hub.kafka.brokers", broker.address())
                .with("hub.delivery.subscribers[proof.told]", String.join(",", SUBSCRIBERS));
    }

    /** Publishes an event of the account {@code default}. */
    void tell(String topic, String key, Map<String, ?> data) {
        try {
            hub.bean(DeliveryEngine.class)
                    .outbox()
                    .publish(ACCOUNT, topic, key, JSON.writeValueAsString(data), "trace-" + key, null);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Until each subscriber has done that many of the items whose names begin so; they got no more. */
    void told(String items, int times) {
        SUBSCRIBERS.forEach(type -> exactly(type, "%\"item\":\"" + items + "%", times));
    }

    /** Until the one subscriber has done this item; it got it once. */
    void done(String type, String item) {
        exactly(type, "%\"item\":\"" + item + "\"%", 1);
    }

    private void exactly(String type, String payload, int times) {
        await(type + " of " + payload)
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where type = ? and state = 'DONE' and payload like ?",
                                type,
                                payload)
                        >= times);
        assertThat(hub.count("select count(*) from work where type = ? and payload like ?", type, payload))
                .as("%s of %s", type, payload)
                .isEqualTo(times);
    }

    /** Until the hub's health of the broker says all of this. */
    void health(String... parts) {
        await("health " + List.of(parts))
                .atMost(FlowHub.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> hub.health("kafka").toString(),
                        text -> List.of(parts).stream().allMatch(text::contains));
    }
}
