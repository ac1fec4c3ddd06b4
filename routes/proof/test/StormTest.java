package io.caravan.hub.routes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.port.Connections;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Ten thousand items are due on two nodes, and the one vendor that all of them want says 429. */
class StormTest {

    private static final int ITEMS = Integer.getInteger("hub.proof.storm", 10_000);
    private static final int NODES = 2;
    /** Items of a node at once; no more calls can be under way when the vendor shuts. */
    private static final int AT_ONCE = 16;
    /** 30 s, scaled by ten. */
    private static final int WAIT_S = 3;

    private static final AccountId ACCOUNT = new AccountId("storm");

    @TempDir
    Path folder;

    private record Node(DefaultCamelContext context, DeliveryEngine engine) {}

    private static final class Nodes implements AutoCloseable {
        private final List<Node> all = new ArrayList<>();

        void add(Node node) {
            all.add(node);
        }

        Node first() {
            return all.get(0);
        }

        void start() {
            all.forEach(node -> node.context().start());
        }

        @Override
        public void close() {
            all.forEach(node -> {
                node.context().stop();
                node.engine().stop();
            });
        }
    }

    @Test
    void onlyWhatIsUnderWayKnocksAtAVendorThatShut() throws Exception {
        ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.OFF);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
                Ledger ledger = Ledger.fresh(server.getJdbcUrl("postgres", "postgres"));
                StormVendor vendor = new StormVendor(Set.of(ITEMS / 10, ITEMS / 2), WAIT_S);
                Nodes nodes = new Nodes()) {
            for (int i = 0; i < NODES; i++) {
                nodes.add(node(i, ledger, vendor.url()));
            }
            Operation operation = operation();
            for (int i = 0; i < ITEMS; i++) {
                nodes.first()
                        .engine()
                        .work()
                        .insert(NewWork.of(ACCOUNT, operation.type(), "p" + i, Map.of("key", "p" + i)));
            }
            long start = System.nanoTime();
            nodes.start();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(8))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ledger.open() == 0);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            print(vendor, took);
            assertThat(ledger.rows("SELECT state, COUNT(*) FROM work WHERE type = ? GROUP BY state", operation.type()))
                    .containsExactly(List.of("DONE", String.valueOf(ITEMS)));
            assertThat(vendor.made()).hasSize(ITEMS);
            assertThat(vendor.made().values()).containsOnly(1);
            assertThat(vendor.shuts()).hasSize(2).allSatisfy(shut -> {
                assertThat(shut.further()).as("further calls").isLessThanOrEqualTo(NODES * AT_ONCE);
                assertThat(shut.quietMillis()).as("until the next").isGreaterThanOrEqualTo(WAIT_S * 1_000L);
            });
        } finally {
            ((Logger) LoggerFactory.getLogger("ROOT")).setLevel(Level.INFO);
        }
    }

    private static void print(StormVendor vendor, Duration took) {
        // the best there is: the vendor's pauses, and in between as fast as these nodes are
        long late = vendor.shuts().stream()
                .mapToLong(shut -> shut.quietMillis() - WAIT_S * 1_000L)
                .sum();
        for (StormVendor.Shut shut : vendor.shuts()) {
            System.out.printf(
                    "429 storm: %d further calls within %d ms of the first 429, then none until %d ms after it (told %d)%n",
                    shut.further(), shut.knockedForMillis(), shut.quietMillis(), WAIT_S * 1_000);
        }
        System.out.printf(
                "429 storm: %d items, %d nodes on PostgreSQL, %d ms, of which %d ms the vendor was open and nobody came:"
                        + " %.2f of the time that its quota allows%n",
                ITEMS, NODES, took.toMillis(), late, (double) took.toMillis() / (took.toMillis() - late));
    }

    private static Operation operation() {
        return Operation.found(Proof.example()).stream()
                .filter(Operation::own)
                .findFirst()
                .orElseThrow();
    }

    private Node node(int number, Ledger ledger, URI vendor) throws Exception {
        List<Operation> one = List.of(operation());
        DefaultCamelContext context = ProofHub.context(
                one, AT_ONCE, Proof.own(one, folder.resolve("files" + number), 20_000), new Pictures());
        DeliveryEngine engine = ProofHub.engine(
                ledger.dataSource(),
                context,
                new One(vendor),
                settings -> settings.withNodeId("node" + number),
                () -> {});
        return new Node(context, engine);
    }

    /** The one connection that everything goes through. */
    private record One(URI vendor) implements Connections {

        @Override
        public Connection use(AccountId account, String name) {
            return Desk.connection(account, name + ".product", vendor);
        }

        @Override
        public boolean has(AccountId account, String name) {
            return true;
        }

        @Override
        public Connection renewed(Connection stale) {
            return stale;
        }
    }
}
