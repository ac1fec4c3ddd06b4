package io.caravan.hub.connectors.delivery.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Names;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptTest {

    private final AtomicInteger runs = new AtomicInteger();
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private volatile @Nullable RuntimeException fault;

    private Rig.Node node(Rig rig) {
        return node(rig, settings -> settings);
    }

    private Rig.Node node(Rig rig, UnaryOperator<DeliverySettings> change) {
        return rig.node(change, Limits.none(), new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:refresh")
                        .routeId("trends-refresh")
                        .policy("accept")
                        .to("work:trend.poll?aggregate=${body[source]}&job=refresh")
                        .process(exchange -> answer(exchange))
                        .end();
                from("direct:other")
                        .routeId("other")
                        .policy("accept")
                        .setBody(constant("{}"))
                        .end();
            }
        });
    }

    private void answer(Exchange exchange) throws InterruptedException {
        runs.incrementAndGet();
        hold.await(60, TimeUnit.SECONDS);
        RuntimeException broken = fault;
        if (broken != null) {
            throw broken;
        }
        Object job = exchange.getVariable(Names.JOB);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
        exchange.getMessage().setHeader("Location", "/api/v1/jobs/" + job);
        exchange.getMessage().setBody(Map.of("job_id", job));
    }

    private static Exchange post(Rig.Node node, String uri, Object body, @Nullable String key, AccountId account) {
        return post(node, uri, body, key, account, Map.of());
    }

    private static Exchange post(
            Rig.Node node, String uri, Object body, @Nullable String key, AccountId account, Map<String, Object> path) {
        return node.context()
                .createFluentProducerTemplate()
                .withProcessor(exchange -> {
                    exchange.setVariable(Names.ACCOUNT, account);
                    exchange.setVariable("path", path);
                    exchange.setVariable("idempotencyKey", key);
                    exchange.getMessage().setBody(body);
                })
                .to(uri)
                .send();
    }

    private static Exchange post(Rig.Node node, Object body, @Nullable String key) {
        return post(node, "direct:refresh", body, key, Rig.ACCOUNT);
    }

    private static Problem problem(Exchange exchange) {
        return exchange.getException(Problem.class);
    }

    @ParameterizedTest
    @EnumSource
    void theSameKeyGetsTheSameAnswerAndTheWorkIsInsertedOnce(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            Exchange first = post(node, Map.of("source", "tiktok"), "k1");
            Exchange again = post(node, "{\"source\": \"tiktok\"}", "k1");

            assertThat(first.getException()).isNull();
            assertThat(again.getMessage().getBody())
                    .isEqualTo(first.getMessage().getBody());
            assertThat(again.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(202);
            assertThat(again.getMessage().getHeader("Location"))
                    .isEqualTo(first.getMessage().getHeader("Location"));
            assertThat(again.getMessage().getHeader("Idempotent-Replayed")).isEqualTo("true");
            assertThat(runs).hasValue(1);
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(1);
            assertThat(rig.text("SELECT work_id FROM api_request")).isEqualTo(rig.text("SELECT id FROM work"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameBodyForAnotherObjectIsAnotherRequest(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            Map<String, Object> body = Map.of("source", "tiktok");
            post(node, "direct:refresh", body, "k1", Rig.ACCOUNT, Map.of("id", "one"));
            Exchange other = post(node, "direct:refresh", body, "k1", Rig.ACCOUNT, Map.of("id", "two"));
            assertThat(problem(other).code()).isEqualTo("idempotency_mismatch");
            Exchange again = post(node, "direct:refresh", body, "k1", Rig.ACCOUNT, Map.of("id", "one"));
            assertThat(again.getMessage().getHeader("Idempotent-Replayed")).isEqualTo("true");
            assertThat(runs).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherBodyOrRouteWithTheSameKeyIs422AndAnotherAccountIsAnotherKey(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            post(node, Map.of("source", "tiktok"), "k1");
            Problem mismatch = problem(post(node, Map.of("source", "reddit"), "k1"));
            assertThat(mismatch.status()).isEqualTo(422);
            assertThat(mismatch.code()).isEqualTo("idempotency_mismatch");
            assertThat(problem(post(node, "direct:other", Map.of("source", "tiktok"), "k1", Rig.ACCOUNT))
                            .status())
                    .isEqualTo(422);
            Exchange other = post(node, "direct:refresh", Map.of("source", "reddit"), "k1", new AccountId("other"));
            assertThat(other.getException()).isNull();
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWhoseRequestIsStillRunningIs409(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            hold = new CountDownLatch(1);
            var pool = Executors.newSingleThreadExecutor();
            Future<Exchange> slow = pool.submit(() -> post(node, Map.of("source", "tiktok"), "k1"));
            Rig.eventually().until(() -> runs.get() == 1);
            Problem running = problem(post(node, Map.of("source", "tiktok"), "k1"));
            assertThat(running.status()).isEqualTo(409);
            assertThat(running.retryAfter()).isPresent();
            hold.countDown();
            assertThat(slow.get(60, TimeUnit.SECONDS).getException()).isNull();
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoNodesThatRunTheSameKeyAtOnceGiveTheSameAnswer(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            Rig.Node one = node(rig);
            Rig.Node two = node(rig);
            hold = new CountDownLatch(1);
            var pool = Executors.newFixedThreadPool(2);
            Future<Exchange> a = pool.submit(() -> post(one, Map.of("source", "tiktok"), "k1"));
            Future<Exchange> b = pool.submit(() -> post(two, Map.of("source", "tiktok"), "k1"));
            Rig.eventually().until(() -> runs.get() == 2);
            hold.countDown();
            Exchange first = a.get(60, TimeUnit.SECONDS);
            Exchange second = b.get(60, TimeUnit.SECONDS);
            assertThat(second.getException()).isNull();
            assertThat(second.getMessage().getBody())
                    .isEqualTo(first.getMessage().getBody());
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(1);
            assertThat(rig.count("SELECT COUNT(*) FROM job")).isEqualTo(1);
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRouteThatFailsStoresNothingAndTheKeyMayBeUsedAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            fault = new IllegalArgumentException("no such source");
            assertThat(post(node, Map.of("source", "x"), "k1").getException()).hasMessage("no such source");
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isZero();
            fault = null;
            assertThat(post(node, Map.of("source", "tiktok"), "k1").getException())
                    .isNull();
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsGoneIs503AndAConflictingWriteIs409(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig);
            DeliveryEngine engine = node.engine();
            RouteBuilder conflicting = new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:conflict")
                            .policy("accept")
                            .process(exchange -> engine.writes().write("stale", connection -> {
                                throw new ConcurrentModificationException("was changed meanwhile");
                            }))
                            .end();
                }
            };
            try {
                node.context().addRoutes(conflicting);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            Problem conflict = problem(post(node, "direct:conflict", Map.of(), null, Rig.ACCOUNT));
            assertThat(conflict.status()).isEqualTo(409);

            rig.dataSource.close();
            Problem gone = problem(post(node, Map.of("source", "tiktok"), "k2"));
            assertThat(gone.status()).isEqualTo(503);
            assertThat(gone.code()).isEqualTo("database_unavailable");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullBacklogIs429WithAWait(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(rig, settings -> settings.withBacklog(3, Duration.ofMinutes(15)));
            for (int i = 0; i < 4; i++) {
                node.engine().work().insert(Rig.work("nobody", "a" + i));
            }
            Problem full = problem(post(node, Map.of("source", "tiktok"), "k1"));
            assertThat(full.status()).isEqualTo(429);
            assertThat(full.retryAfter()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eventsThatWaitForABrokerAreNoBacklog(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = node(
                    rig,
                    settings -> settings.withBacklog(3, Duration.ofMillis(1)).withPublisher("event.publish"));
            for (int i = 0; i < 9; i++) {
                node.engine().work().insert(Rig.work("event.publish", "event:a" + i));
            }
            assertThat(post(node, Map.of("source", "tiktok"), "k1").getException())
                    .isNull();
        }
    }
}
