package io.caravan.hub.routes.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that wants TLS and a login, as real ones do. */
class EventsSecurityTest {

    private static final String PASSWORD = "canary-of-the-broker";

    @TempDir
    Path folder;

    @Test
    void shouldLogInOverTlsAndShowThePasswordNowhere() throws Exception {
        Path store = folder.resolve("broker.p12");
        Path certificate = folder.resolve("broker.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        String login =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";
        try (BrokerProcess broker = BrokerProcess.at(
                folder.resolve("kafka"),
                "listeners=SASL_SSL://127.0.0.1:@port@,CONTROLLER://127.0.0.1:@controller@",
                "advertised.listeners=SASL_SSL://127.0.0.1:@port@",
                "inter.broker.listener.name=SASL_SSL",
                "sasl.enabled.mechanisms=PLAIN",
                "sasl.mechanism.inter.broker.protocol=PLAIN",
                "ssl.keystore.location=" + store,
                "ssl.keystore.password=changeit",
                "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + certificate,
                "listener.name.sasl_ssl.plain.sasl.jaas.config=" + login.formatted("broker", "own")
                        + " user_broker=\"own\" user_caravan=\"" + PASSWORD + "\";")) {
            Map<String, Object> client = new TreeMap<>(Map.of(
                    "security.protocol", "SASL_SSL",
                    "sasl.mechanism", "PLAIN",
                    "sasl.jaas.config", login.formatted("caravan", PASSWORD) + ";",
                    "ssl.truststore.type", "PEM",
                    "ssl.truststore.location", certificate.toString()));
            broker.start().awaitReady(client);
            try (FlowHub hub = EventsHub.setup(broker)
                    .with("hub.kafka.security", "SASL_SSL")
                    .with("hub.kafka.mechanism", "PLAIN")
                    .with("hub.kafka.user", "caravan")
                    .with("hub.kafka.password", PASSWORD)
                    .with("hub.kafka.trust", certificate)
                    .start()) {
                EventsHub events = new EventsHub(hub);
                events.tell("proof.told", "k", Map.of("item", "secure"));

                events.told("secure", 1);
                assertThat(hub.camel().getEndpoints())
                        .filteredOn(KafkaEndpoint.class::isInstance)
                        .hasSize(2)
                        .allSatisfy(endpoint -> {
                            assertThat(((KafkaEndpoint) endpoint)
                                            .getConfiguration()
                                            .createProducerProperties())
                                    .containsEntry("security.protocol", "SASL_SSL");
                            assertThat(endpoint.toString() + endpoint.getEndpointUri())
                                    .doesNotContain(PASSWORD);
                        });
                assertThat(managed()).isNotEmpty().doesNotContain(PASSWORD);
            }
        }
    }

    /** All that MBeans of Camel and Kafka show. */
    private static String managed() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder all = new StringBuilder();
        for (ObjectName name : server.queryNames(null, null)) {
            if (name.getDomain().matches("org.apache.camel.*|kafka.*")) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    try {
                        all.append(server.getAttribute(name, attribute.getName()))
                                .append('\n');
                    } catch (Exception notReadable) {
                        // shows nothing then
                    }
                }
            }
        }
        return all.toString();
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
