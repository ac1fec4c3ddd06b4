package io.caravan.hub.connectors.delivery.rig;

import com.zaxxer.hikari.HikariDataSource;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.WorkHandler;
import io.caravan.hub.connectors.delivery.work.WorkItem;
import io.caravan.hub.model.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A fresh database, an engine with short times, a vendor in memory. Close it. */
public final class Rig implements AutoCloseable {

    public static final AccountId ACCOUNT = new AccountId("acme");

    private final Database database;
    public final HikariDataSource dataSource;
    private final DataSource seen;
    public final Db db;
    public final FakeVendor vendor = new FakeVendor();
    public final FakeConnections connections = new FakeConnections();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Node> nodes = new ArrayList<>();

    /** One node: an engine in a context of its own. */
    public record Node(DefaultCamelContext context, DeliveryEngine engine) {}

    private Rig(Database database, UnaryOperator<DataSource> driver, UnaryOperator<DataSource> pool) {
        this.database = database;
        try {
            dataSource = database.open(driver);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        seen = pool.apply(dataSource);
        db = new Db(dataSource);
    }

    public static Rig on(Database database) {
        return new Rig(database, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * @param driver stands between the pool and the driver
     * @param pool stands between the engine and the pool
     */
    public static Rig on(Database database, UnaryOperator<DataSource> driver, UnaryOperator<DataSource> pool) {
        return new Rig(database, driver, pool);
    }

    /** Times short enough that a test never sleeps: a settle time is 130 ms. */
    public static DeliverySettings settings() {
        return DeliverySettings.defaults()
                .withNodeId("test")
                .withPoll(Duration.ofMillis(50))
                .withLease(Duration.ofSeconds(60))
                .withSettleScale(0.01)
                .withDrain(Duration.ofSeconds(30))
                .withBackoff(List.of(Duration.ofMillis(20)));
    }

    public DeliveryEngine start() {
        return start(settings -> settings, Limits.none());
    }

    public DeliveryEngine start(UnaryOperator<DeliverySettings> change, Limits limits, RouteBuilder... routes) {
        return node(change, limits, routes).engine();
    }

    public Node node(UnaryOperator<DeliverySettings> change, Limits limits, RouteBuilder... routes) {
        return node(change, limits, List.of(routes), "accept");
    }

    private Node node(
            UnaryOperator<DeliverySettings> change, Limits limits, List<RouteBuilder> routes, String acceptBean) {
        DefaultCamelContext context = new DefaultCamelContext();
        DeliveryEngine engine =
                new DeliveryEngine(seen, context, connections, change.apply(settings()), limits, meters, () -> {});
        try {
            context.getRegistry().bind(acceptBean, engine.accept());
            context.addRoutes(vendor);
            for (RouteBuilder route : routes) {
                context.addRoutes(route);
            }
            context.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Node node = new Node(context, engine);
        nodes.add(node);
        return node;
    }

    /** Runs items of a type by plain code. */
    public interface Body {
        void run(WorkItem item) throws Exception;
    }

    public static WorkHandler handler(String type, int concurrency, Body body) {
        return handler(type, concurrency, 8, null, body);
    }

    public static WorkHandler handler(
            String type, int concurrency, int maxAttempts, @Nullable String onDead, Body body) {
        return new WorkHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public int concurrency() {
                return concurrency;
            }

            @Override
            public Duration giveUp() {
                return Duration.ofHours(1);
            }

            @Override
            public int maxAttempts() {
                return maxAttempts;
            }

            @Override
            public @Nullable String onDead() {
                return onDead;
            }

            @Override
            public void handle(WorkItem item) throws Exception {
                body.run(item);
            }
        };
    }

    public static NewWork work(String type, String aggregate) {
        return NewWork.of(ACCOUNT, type, aggregate, Map.of("title", "cat"));
    }

    public int count(String sql, @Nullable Object... parameters) {
        return db.tx(
                "count",
                connection -> Sql.one(connection, row -> row.getInt(1), sql, parameters)
                        .orElse(0));
    }

    public String text(String sql, @Nullable Object... parameters) {
        return db.tx(
                "text",
                connection -> Sql.one(connection, row -> String.valueOf(row.getString(1)), sql, parameters)
                        .orElse("(no row)"));
    }

    public String state(String workId) {
        return text("SELECT state FROM work WHERE id = ?", workId);
    }

    public static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO);
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.context().stop());
        database.close(dataSource);
    }
}
