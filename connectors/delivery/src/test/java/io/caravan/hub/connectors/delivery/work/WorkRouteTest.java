package io.caravan.hub.connectors.delivery.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.Money;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkRouteTest {

    private final List<Exchange> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger runs = new AtomicInteger();

    /** A body as routes use it. */
    record Found(AccountId account, String trendId, Money price, Instant observedAt) {}

    private static Exchange send(Rig.Node node, String uri, Object body, Map<String, Object> headers) {
        return node.context()
                .createFluentProducerTemplate()
                .withProcessor(exchange -> {
                    exchange.setVariable(Names.ACCOUNT, Rig.ACCOUNT);
                    exchange.getMessage().setBody(body);
                    exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
                })
                .to(uri)
                .send();
    }

    @ParameterizedTest
    @EnumSource
    void anItemOfANewerVersionIsLeftAloneUntilSomebodyKnowsIt(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            String id = engine.work().insert(Rig.work("news", "a"));
            rig.db.run("newer", c -> Sql.update(c, "UPDATE work SET schema_ver = 2"));
            engine.register(Rig.handler("news", 1, item -> runs.incrementAndGet()));
            Rig.eventually()
                    .until(() -> rig.text("SELECT reason FROM work"), reason -> reason.contains("newer version (2)"));
            assertThat(rig.state(id)).isEqualTo("WAITING");
            assertThat(rig.count("SELECT attempts FROM work")).isZero();
            assertThat(rig.text("SELECT give_up_at FROM work")).isEqualTo("null");
            assertThat(runs).hasValue(0);

            rig.db.run("known", c -> {
                Sql.update(c, "UPDATE work SET schema_ver = 1");
                Sql.update(c, "UPDATE lane SET next_due = CURRENT_TIMESTAMP WHERE next_type = 'news'");
            });
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
            assertThat(runs).hasValue(1);
        }
    }

    /** A Kamelet called for the first time before that stays without a consumer. */
    @ParameterizedTest
    @EnumSource
    void whatWaitedForTheNodeBeginsWhenAllItsRoutesHaveStarted(Database database) {
        try (Rig rig = Rig.on(database)) {
            String id = rig.start().work().insert(Rig.work("news", "a"));
            CountDownLatch ran = new CountDownLatch(1);
            Queue<ServiceStatus> when = new ConcurrentLinkedQueue<>();
            rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:news").startupOrder(1).process(exchange -> {
                        when.add(getContext().getStatus());
                        ran.countDown();
                    });
                    from("direct:slow")
                            .startupOrder(2)
                            .routePolicy(new RoutePolicySupport() {
                                @Override
                                public void onStart(Route route) {
                                    try {
                                        ran.await(500, TimeUnit.MILLISECONDS);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }
                            })
                            .to("mock:nothing");
                }
            });
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
            assertThat(when).containsOnly(ServiceStatus.Started);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordArrivesAsAMapInSnakeCaseWithItsVariables(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("work:idea.create?aggregate=${body.trendId}&job=research&dueIn=10ms");
                    from("work:idea.create").process(exchange -> seen.add(exchange.copy()));
                }
            });
            Found found = new Found(Rig.ACCOUNT, "t1", Money.of(1999, "USD"), Instant.parse("2026-01-02T03:04:05Z"));
            Exchange sent = send(node, "direct:in", found, Map.of());
            assertThat(sent.getException()).isNull();
            assertThat(sent.getMessage().getBody()).as("the body stays").isSameAs(found);
            Rig.eventually().until(() -> seen.size() == 1);

            Exchange got = seen.get(0);
            assertThat(got.getMessage().getBody())
                    .isEqualTo(Map.of(
                            "account", "acme",
                            "trend_id", "t1",
                            "price", Map.of("minor", 1999, "currency", "USD"),
                            "observed_at", "2026-01-02T03:04:05Z"));
            assertThat(got.getVariable(Names.ACCOUNT)).isEqualTo(Rig.ACCOUNT);
            assertThat(got.getVariable(Names.TRACE)).isEqualTo("t1");
            assertThat(got.getVariable(Names.JOB)).isEqualTo(sent.getVariable(Names.JOB));
            assertThat(got.getVariable("workId")).isEqualTo(sent.getVariable("workId"));
            assertThat(got.getVariable("attempt")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatARouteWritesCommitsWithItsItemAndNothingOfAFailedRunStays(Database database) {
        try (Rig rig = Rig.on(database)) {
            List<DeliveryEngine> engine = new ArrayList<>();
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:first")
                            .process(exchange -> engine.get(0).writes().write("row", WorkRouteTest::insertRow))
                            .to("work:second?aggregate=b")
                            .to("outbox:things")
                            .process(exchange -> {
                                if (runs.incrementAndGet() < 3) {
                                    throw new IllegalStateException("after everything was said");
                                }
                            });
                    from("work:second").process(exchange -> seen.add(exchange.copy()));
                }
            });
            engine.add(node.engine());
            String id = node.engine().work().insert(Rig.work("first", "a").withTrace("story"));
            Rig.eventually().until(() -> seen.size() == 1);

            assertThat(rig.state(id)).isEqualTo("DONE");
            assertThat(rig.count("SELECT COUNT(*) FROM audit")).isEqualTo(1);
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(2);
            assertThat(rig.count("SELECT COUNT(*) FROM outbox")).isEqualTo(1);
            assertThat(rig.count("SELECT attempts FROM work WHERE id = ?", id)).isEqualTo(2);
            assertThat(rig.text("SELECT cause_id FROM work WHERE type = 'second'"))
                    .isEqualTo(id);
            assertThat(seen.get(0).getVariable(Names.TRACE)).isEqualTo("story");
        }
    }

    private static void insertRow(java.sql.Connection connection) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit (id, tenant_id, at, who, action, subject)"
                        + " VALUES ('x', 't', CURRENT_TIMESTAMP, 'w', 'a', 's')");
    }

    @ParameterizedTest
    @EnumSource
    void aWriteThatTheDatabaseRefusesFailsTheItemWhole(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("first", 1, 2, null, item -> {
                engine.writes().write("row", WorkRouteTest::insertRow);
                engine.writes().write("nonsense", c -> Sql.update(c, "INSERT INTO audit (id) VALUES ('y')"));
            }));
            String id = engine.work().insert(Rig.work("first", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            assertThat(rig.count("SELECT COUNT(*) FROM audit")).isZero();
            assertThat(rig.text("SELECT cause FROM dead")).isEqualTo("attempts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadItemLetsItsLaneGoOnAndInsertsItsFollowerWithTheCause(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish?onDead=abandon").process(exchange -> {
                        if (runs.incrementAndGet() == 1) {
                            throw new VendorException(
                                    ErrorKind.REJECTED, "etsy", "bad_tag", 400, "refused a tag", "{\"error\":\"tag\"}");
                        }
                    });
                    from("work:abandon").process(exchange -> seen.add(exchange.copy()));
                }
            });
            String first = node.engine().work().insert(Rig.work("publish", "a").withTrace("t"));
            String second = node.engine().work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> seen.size() == 1 && rig.state(second).equals("DONE"));

            assertThat(rig.state(first)).isEqualTo("DEAD");
            assertThat(seen.get(0).getMessage().getBody())
                    .isEqualTo(Map.of("title", "cat", "cause", "rejected", "reason", "etsy: refused a tag"));
            var letter = node.engine().deadLetters().show(Rig.ACCOUNT, first).orElseThrow();
            assertThat(letter.cause()).isEqualTo("rejected");
            assertThat(letter.kind()).isEqualTo("REJECTED");
            assertThat(letter.vendor()).isEqualTo("etsy");
            assertThat(letter.status()).isEqualTo(400);
            assertThat(letter.body()).isEqualTo("{\"error\":\"tag\"}");
            assertThat(letter.payload()).isEqualTo(Map.of("title", "cat"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void invalidInputDiesAtOnceAndEverythingElseAfterItsAttempts(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("bad", 1, 5, null, item -> {
                throw new IllegalArgumentException("title must not be blank");
            }));
            engine.register(Rig.handler("sick", 1, 3, null, item -> {
                runs.incrementAndGet();
                throw new VendorException(ErrorKind.NOT_SENT, "etsy", "refused", 0, "connection refused", "");
            }));
            String bad = engine.work().insert(Rig.work("bad", "a"));
            String sick = engine.work().insert(Rig.work("sick", "b"));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == 2);
            assertThat(rig.text("SELECT cause FROM dead WHERE work_id = ?", bad))
                    .isEqualTo("invalid");
            assertThat(rig.text("SELECT cause FROM dead WHERE work_id = ?", sick))
                    .isEqualTo("attempts");
            assertThat(runs).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScheduleSlotIsTakenOnceWhoeverFires(Database database) {
        try (Rig rig = Rig.on(database)) {
            RouteBuilder ticker = new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:tick")
                            .to("work:trend.poll?aggregate=tiktok&slot=tiktok-hourly")
                            .process(exchange -> runs.incrementAndGet());
                }
            };
            Rig.Node one = rig.node(s -> s, Limits.none(), ticker);
            Rig.Node two = rig.node(s -> s, Limits.none(), ticker);
            Date at = Date.from(Instant.parse("2026-01-02T03:00:00Z"));
            for (Rig.Node node : List.of(one, two, one)) {
                Exchange sent = send(node, "direct:tick", Map.of(), Map.of("scheduledFireTime", at));
                assertThat(sent.getException()).isNull();
            }
            send(
                    two,
                    "direct:tick",
                    Map.of(),
                    Map.of("scheduledFireTime", Date.from(at.toInstant().plusSeconds(60))));

            assertThat(rig.count("SELECT COUNT(*) FROM schedule_slot")).isEqualTo(2);
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(2);
            assertThat(runs).as("a taken slot stops its route").hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorFailsItsItemAndLeavesNothingOfItsRouteToTheNextOne(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:first?concurrency=1")
                            .process(exchange -> {
                                if (runs.incrementAndGet() == 1) {
                                    throw new StackOverflowError("too deep");
                                }
                            })
                            .process(exchange -> seen.add(exchange.copy()));
                }
            });
            String id = node.engine().work().insert(Rig.work("first", "a"));
            String other = node.engine().work().insert(Rig.work("first", "b"));
            Rig.eventually()
                    .until(() ->
                            rig.state(id).equals("DONE") && rig.state(other).equals("DONE"));

            assertThat(runs).hasValue(3);
            assertThat(seen).as("the rest of the route, once an item").hasSize(2);
            assertThat(node.context().getInflightRepository().size())
                    .as("what never ends would hold up the stop")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlotThatIsTakenOpensItsJobWithTheWorkAndOneThatWasTakenOpensNone(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:tick")
                            .to("work:trend.refresh?aggregate=trends&slot=hourly&job=trend.cycle")
                            .process(exchange -> seen.add(exchange.copy()));
                }
            });
            Date at = Date.from(Instant.parse("2026-01-02T03:00:00Z"));
            send(node, "direct:tick", Map.of(), Map.of("scheduledFireTime", at));
            Exchange second = send(node, "direct:tick", Map.of(), Map.of("scheduledFireTime", at));

            assertThat(seen).hasSize(1);
            Object job = seen.get(0).getVariable(Names.JOB);
            assertThat(job).isNotNull().isEqualTo(rig.text("SELECT id FROM job"));
            assertThat(rig.text("SELECT job_id FROM work")).isEqualTo(job);
            assertThat(rig.text("SELECT kind FROM job")).isEqualTo("trend.cycle");
            assertThat(second.getVariable(Names.JOB)).isNull();
            assertThat(rig.count("SELECT COUNT(*) FROM job")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSlotWhoseWorkCannotBeWrittenLeavesNeitherJobNorSlot(Database database) {
        try (Rig rig = Rig.on(database)) {
            Rig.Node node = rig.node(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:tick").to("work:trend.refresh?aggregate=trends&slot=hourly&job=trend.cycle");
                }
            });
            // the item is written after the slot and the job, and the database refuses it
            rig.db.run("narrow", c -> Sql.update(c, "ALTER TABLE work ALTER COLUMN type SET DATA TYPE VARCHAR(5)"));
            Date at = Date.from(Instant.parse("2026-01-02T03:00:00Z"));
            Exchange sent = send(node, "direct:tick", Map.of(), Map.of("scheduledFireTime", at));

            assertThat(sent.getException()).isNotNull();
            assertThat(rig.count("SELECT COUNT(*) FROM job")).isZero();
            assertThat(rig.count("SELECT COUNT(*) FROM schedule_slot")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "POSTGRES"})
    void theStopWaitsForItemsInFlight(String database) {
        Rig rig = Rig.on(Database.valueOf(database));
        DeliveryEngine engine = rig.start();
        var begun = new java.util.concurrent.CountDownLatch(1);
        engine.register(Rig.handler("slow", 1, item -> {
            begun.countDown();
            new java.util.concurrent.CountDownLatch(1).await(150, java.util.concurrent.TimeUnit.MILLISECONDS);
            runs.incrementAndGet();
        }));
        String id = engine.work().insert(Rig.work("slow", "a"));
        Rig.eventually().until(() -> begun.getCount() == 0);
        engine.drain();
        assertThat(runs).hasValue(1);
        assertThat(rig.state(id)).isEqualTo("DONE");
        String later = engine.work().insert(Rig.work("slow", "b"));
        assertThat(rig.state(later)).isEqualTo("WAITING");
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void aLongerWaitThanTheSettingsIsKeptByTheDatabase(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("later", 1, item -> runs.incrementAndGet()));
            engine.work().insert(Rig.work("later", "a").withDueIn(Duration.ofHours(1)));
            String now = engine.work().insert(Rig.work("later", "b"));
            Rig.eventually().until(() -> rig.state(now), "DONE"::equals);
            assertThat(runs).hasValue(1);
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE due_at > CURRENT_TIMESTAMP + INTERVAL '59' MINUTE"))
                    .isEqualTo(1);
        }
    }
}
