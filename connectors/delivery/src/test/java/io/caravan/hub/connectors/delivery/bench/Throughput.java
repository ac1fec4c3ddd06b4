package io.caravan.hub.connectors.delivery.bench;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.FakeConnections;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * How many items a second this machine takes in, works on and finishes: accept (with Idempotency-Key, durable before its
 * answer) -> work route -> one effect against a vendor in memory. Compile the tests, then from the project's root:
 *
 * <pre>
 * java -cp $(cat cp.txt):connectors/delivery/target/classes:connectors/delivery/target/test-classes \
 *   io.caravan.hub.connectors.delivery.bench.Throughput postgres 20000 thing
 * </pre>
 *
 * Arguments: {@code h2} or {@code postgres} (its own server, with fsync); items; the fake vendor's operation,
 * {@code slot} (one call) or {@code thing} (create and confirm); {@code clients=32}, {@code concurrency=64}.
 */
public final class Throughput {

    private static final AccountId ACCOUNT = new AccountId("acme");
    private static final int WARM_UP = 3_000;

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        String database = arguments.length > 0 ? arguments[0] : "h2";
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        String operation = arguments.length > 2 ? arguments[2] : "slot";
        int clients = option(arguments, "clients", 32);
        int concurrency = option(arguments, "concurrency", 64);
        try (DurableDatabase store = DurableDatabase.open(database);
                Hub hub = new Hub(store.pool(), operation, concurrency)) {
            hub.run(WARM_UP, clients);
            Result result = hub.run(items, clients);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s java %s, %d items, %d clients, concurrency %d: %.0f items/s end to end (accepted %.0f/s,"
                            + " p50 %.1f ms, p99 %.1f ms), CPU per 1,000 items %.2f s here and %.2f s in"
                            + " the database's processes%n",
                    database,
                    operation,
                    Runtime.version().feature(),
                    items,
                    clients,
                    concurrency,
                    items / result.seconds(),
                    items / result.acceptSeconds(),
                    result.p50(),
                    result.p99(),
                    result.cpu() * 1_000 / items,
                    result.databaseCpu() * 1_000 / items);
        }
    }

    private static int option(String[] arguments, String name, int otherwise) {
        return Arrays.stream(arguments)
                .filter(one -> one.startsWith(name + "="))
                .map(one -> Integer.parseInt(one.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }

    /** Times in seconds, latencies of one accept in milliseconds. */
    private record Result(
            double seconds, double acceptSeconds, double p50, double p99, double cpu, double databaseCpu) {}

    private static final class Hub implements AutoCloseable {
        private final DefaultCamelContext context = new DefaultCamelContext();
        private final Db db;
        private final ProducerTemplate template;
        private final AtomicInteger number = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();

        Hub(HikariDataSource pool, String operation, int concurrency) throws Exception {
            db = new Db(pool);
            DeliverySettings settings =
                    DeliverySettings.defaults().withNodeId("bench").withBacklog(10_000_000, Duration.ofHours(1));
            DeliveryEngine engine = new DeliveryEngine(
                    pool, context, new FakeConnections(), settings, Limits.none(), new SimpleMeterRegistry());
            context.getRegistry().bind("accept", engine.accept());
            context.addRoutes(new FakeVendor());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:accept").policy("accept").to("work:import?aggregate=${body[id]}&job=import");
                    from("work:import?concurrency=" + concurrency)
                            .to("effect:fake." + operation)
                            .process(exchange -> done.incrementAndGet());
                }
            });
            context.start();
            template = context.createProducerTemplate();
        }

        Result run(int items, int clients) throws InterruptedException {
            int before = done.get();
            long[] latencies = new long[items];
            AtomicInteger next = new AtomicInteger();
            OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = machine.getProcessCpuTime();
            double databaseCpu = databaseCpu();
            long start = System.nanoTime();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Thread thread = new Thread(() -> {
                    for (int item = next.getAndIncrement(); item < items; item = next.getAndIncrement()) {
                        long sent = System.nanoTime();
                        accept();
                        latencies[item] = System.nanoTime() - sent;
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            double accepted = (System.nanoTime() - start) / 1e9;
            while (done.get() - before < items || open() > 0) {
                LockSupport.parkNanos(5_000_000);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Arrays.sort(latencies);
            return new Result(
                    seconds,
                    accepted,
                    latencies[items / 2] / 1e6,
                    latencies[items * 99 / 100] / 1e6,
                    (machine.getProcessCpuTime() - cpu) / 1e9,
                    databaseCpu() - databaseCpu);
        }

        /** Of PostgreSQL's processes on this machine, seconds; H2 runs in this one. */
        private double databaseCpu() {
            return db.tx("database's processes", connection -> {
                if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                    return 0.0;
                }
                return Sql.list(connection, row -> row.getLong(1), "SELECT pid FROM pg_stat_activity").stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .mapToDouble(time -> time.toNanos() / 1e9)
                        .sum();
            });
        }

        private void accept() {
            int id = number.incrementAndGet();
            Exchange answered = template.send("direct:accept", exchange -> {
                exchange.setVariable(Names.ACCOUNT, ACCOUNT);
                exchange.setVariable("idempotencyKey", "key-" + id);
                exchange.getMessage()
                        .setBody(Map.of(
                                "id",
                                "product-" + id,
                                "title",
                                "A mug with a moss garden",
                                "variants",
                                List.of(
                                        Map.of("key", "white-11oz", "price", 1299, "stock", 40),
                                        Map.of("key", "black-15oz", "price", 1499, "stock", 12))));
            });
            if (answered.getException() != null) {
                throw new IllegalStateException(answered.getException());
            }
        }

        private int open() {
            return db.tx(
                    "open",
                    connection -> Sql.one(
                                    connection,
                                    row -> row.getInt(1),
                                    "SELECT COUNT(*) FROM lane WHERE next_type = 'import'")
                            .orElse(0));
        }

        @Override
        public void close() {
            context.stop();
        }
    }
}
