package io.caravan.hub.routes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A broker that makes no topic by itself: people do, and delete them, and set how much they take. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTopicsTest {

    private static final String TOLD = "hub.proof.told.v1";
    private static final String UNHEARD = "hub.proof.unheard.v1";

    private BrokerProcess broker;
    private AdminClient admin;
    private FlowHub hub;
    private EventsHub events;
    private Logged logged;

    @BeforeAll
    void start(@TempDir Path folder) {
        try {
            broker = BrokerProcess.at(folder.resolve("kafka"), "auto.create.topics.enable=false")
                    .start()
                    .awaitReady();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        admin = broker.admin(Map.of());
        hub = EventsHub.setup(broker)
                .with("hub.delivery.subscribers[proof.unheard]", "")
                .start();
        events = new EventsHub(hub);
        logged = Logged.begin();
        events.health("DEGRADED", "no topic", TOLD, "hub.trend.scored.v1", "auto.create.topics.enable");
        make(hub.bean(DeliveryEngine.class).subscriptions().topics().stream()
                .map(topic -> "hub." + topic + ".v1")
                .collect(Collectors.toSet()));
        events.health("UP");
    }

    @AfterAll
    void stop() {
        logged.close();
        hub.close();
        admin.close();
        broker.close();
    }

    @Test
    void shouldWaitForATopicThatIsMissingWhileAllElseGoesOnAndSayWhichIsAndWhatToDo() throws Exception {
        events.tell("proof.told", "before", Map.of("item", "before"));
        events.told("before", 1);
        admin.deleteTopics(List.of(TOLD)).all().get();
        await("the topic is gone")
                .atMost(FlowHub.PATIENCE)
                .until(() -> !admin.listTopics().names().get().contains(TOLD));

        // more than publish at a time, each of a key of its own
        for (int i = 0; i < 60; i++) {
            assertThat(hub.post("/proof/events", Map.of("item", "missed-" + i, "lane", "missed-" + i))
                            .status())
                    .isEqualTo(202);
        }

        await("they wait")
                .atMost(FlowHub.PATIENCE)
                .until(() -> waiting("%missed-%") == 60
                        && hub.count("select count(*) from work where type = 'proof.tell' and state = 'WAITING'") == 0);
        events.health("DEGRADED", TOLD, "make it there", "auto.create.topics.enable", "waiting");
        assertThat(logged.lines())
                .as("once for an operator")
                .filteredOn(line -> line.startsWith("WARN events wait, the broker has no topic " + TOLD))
                .hasSize(1);
        for (int i = 0; i < 20; i++) {
            events.tell("proof.unheard", "else-" + i, Map.of("item", "else-" + i));
        }
        await("events of another topic go out")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where type = 'event.publish' and state = 'DONE' and payload like '%else-%'")
                        == 20);
        assertThat(waiting("%missed-%")).isEqualTo(60);

        make(Set.of(TOLD));

        events.told("missed-", 60);
        events.health("UP", "\"waiting\":0");
        assertThat(hub.count("select count(*) from dead where snapshot like '%missed-%'"))
                .isZero();
    }

    @Test
    void shouldMakeADeadLetterOfAnEventThatItsTopicDoesNotTakeWithItsSizeAndGoOn() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, UNHEARD);
        admin.incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "2000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();

        events.tell("proof.unheard", "large", Map.of("item", "large", "text", "x".repeat(5_000)));
        events.tell("proof.unheard", "large", Map.of("item", "small-behind-it"));
        for (int i = 0; i < 20; i++) {
            events.tell("proof.unheard", "small-" + i, Map.of("item", "small-beside-it"));
        }

        await("the others")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where type = 'event.publish' and state = 'DONE' and payload like '%small-be%'")
                        == 21);
        JsonNode letters = hub.until(
                "/api/v1/dead-letters?type=event.publish&limit=200",
                page -> !page.path("items").isEmpty());
        assertThat(letters.path("items")).hasSize(1);
        assertThat(letters.toString())
                .containsPattern("topic " + UNHEARD.replace(".", "\\.") + " does not take 5[0-9]{3} bytes")
                .contains("max.message.bytes");
    }

    private long waiting(String payload) {
        return hub.count(
                "select count(*) from work where type = 'event.publish' and state = 'WAITING' and payload like ?"
                        + " and reason like ?",
                payload,
                "%no topic " + TOLD + "%");
    }

    private void make(Set<String> topics) {
        try {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
