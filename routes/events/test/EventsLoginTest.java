package io.caravan.hub.routes.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that does not know the hub's user at first, then does, then no longer, then again. */
class EventsLoginTest {

    private static final String PASSWORD = "canary-of-the-login";
    private static final String USER = "caravan";

    @TempDir
    Path folder;

    @Test
    void shouldWaitWhileTheLoginIsRefusedSaySoAndGoOnWithoutARestart() throws Exception {
        String broken = "org.apache.kafka.common.security.%s required";
        String own = broken.formatted("plain.PlainLoginModule") + " username=\"broker\" password=\"own\"";
        Map<String, Object> operator =
                Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", own + ";");
        try (BrokerProcess broker = BrokerProcess.at(
                        folder.resolve("kafka"),
                        "listeners=SASL_PLAINTEXT://127.0.0.1:@port@,CONTROLLER://127.0.0.1:@controller@",
                        "advertised.listeners=SASL_PLAINTEXT://127.0.0.1:@port@",
                        "listener.security.protocol.map=SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "inter.broker.listener.name=SASL_PLAINTEXT",
                        "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512",
                        "sasl.mechanism.inter.broker.protocol=PLAIN",
                        // connections that are open prove their login anew, or are closed
                        "connections.max.reauth.ms=1000",
                        "listener.name.sasl_plaintext.plain.sasl.jaas.config=" + own + " user_broker=\"own\";",
                        "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config="
                                + broken.formatted("scram.ScramLoginModule") + ";")
                .start()
                .awaitReady(operator)) {
            try (FlowHub hub = EventsHub.setup(broker)
                            .with("hub.kafka.security", "SASL_PLAINTEXT")
                            .with("hub.kafka.user", USER)
                            .with("hub.kafka.password", PASSWORD)
                            .start();
                    Logged logged = Logged.begin();
                    AdminClient admin = broker.admin(operator)) {
                EventsHub events = new EventsHub(hub);
                refused(hub, events, "at-first", "refuses the login");
                alter(admin, known());
                accepted(events, "at-first");

                alter(admin, new UserScramCredentialDeletion(USER, ScramMechanism.SCRAM_SHA_512));
                events.health("DEGRADED", "HUB_KAFKA_PASSWORD");
                // with connections and topics known a producer says no more than that time is over
                refused(hub, events, "later", "Kafka: ");
                alter(admin, known());
                accepted(events, "later");

                assertThat(logged.lines())
                        .anyMatch(line -> line.startsWith("WARN Kafka: ") && line.contains("HUB_KAFKA_PASSWORD"))
                        .noneMatch(line -> line.contains(PASSWORD));
                assertThat(hub.count("select count(*) from dead")).isZero();
            }
        }
    }

    private static UserScramCredentialAlteration known() {
        return new UserScramCredentialUpsertion(
                USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD);
    }

    private static void alter(AdminClient admin, UserScramCredentialAlteration how) throws Exception {
        admin.alterUserScramCredentials(List.of(how)).all().get();
    }

    /** Items are accepted, their events wait, and the health says why. @param why what the work says */
    private static void refused(FlowHub hub, EventsHub events, String items, String why) {
        for (int i = 0; i < 20; i++) {
            assertThat(hub.post("/proof/events", Map.of("item", items + i, "lane", items + i))
                            .status())
                    .isEqualTo(202);
        }
        events.tell("proof.told", "k", Map.of("item", items + "x"));
        await("events wait for the login")
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.count(
                                "select count(*) from work where type = 'event.publish' and state = 'WAITING'"
                                        + " and payload like ? and reason like ?",
                                "%" + items + "%",
                                "%" + why + "%")
                        == 21);
        events.health("DEGRADED", "HUB_KAFKA_USER", "HUB_KAFKA_PASSWORD", "\"waiting\":21");
        assertThat(hub.health("kafka").toString()).doesNotContain(PASSWORD);
    }

    private static void accepted(EventsHub events, String items) {
        events.told(items, 21);
        events.health("UP", "\"waiting\":0");
    }
}
