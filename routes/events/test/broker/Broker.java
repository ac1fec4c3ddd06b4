package io.caravan.hub.routes.events.broker;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: one node that is broker and controller. It ends when whoever started it is gone. */
public final class Broker {

    private static final String CONTROLLER = "CONTROLLER";

    private Broker() {}

    /** @param arguments folder, port of the broker, port of the controller, then settings {@code name=value} */
    @SuppressWarnings("PMD.DoNotTerminateVM")
    public static void main(String[] arguments) throws Exception {
        quiet(Logger.ROOT_LOGGER_NAME);
        Path folder = Path.of(arguments[0]);
        Properties settings = settings(folder, arguments[1], arguments[2]);
        for (int i = 3; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.setProperty(setting[0], setting[1]);
        }
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format(folder);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Thread starter = new Thread(Broker::endWithStarter, "starter");
        starter.setDaemon(true);
        starter.start();
        server.startup();
        server.awaitShutdown();
    }

    static void quiet(String logger) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(logger)).setLevel(Level.WARN);
    }

    private static Properties settings(Path folder, String port, String controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("log.dirs", folder.toString());
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL," + CONTROLLER + ":PLAINTEXT");
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.setProperty(topic + ".replication.factor", "1");
        }
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        settings.setProperty("offsets.topic.num.partitions", "3");
        settings.setProperty("num.partitions", "3");
        settings.setProperty("message.max.bytes", "5000000");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.min.session.timeout.ms", "1000");
        // else a killed one is only let in again when its last session is over, 9 s later
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
                .setPrintStream(System.out)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(folder.toString())
                .setMetadataLogDirectory(folder.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
    }

    private static void endWithStarter() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes; the end of it says that the starter is gone
            }
        } catch (IOException gone) {
            // as well
        }
        Runtime.getRuntime().halt(1);
    }
}
