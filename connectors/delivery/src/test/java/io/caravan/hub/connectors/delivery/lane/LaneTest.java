package io.caravan.hub.connectors.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.delivery.SocketGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneTest {

    @ParameterizedTest
    @EnumSource
    void lanesNeverOverlapAndKeepTheirOrderUnderEightWorkersOnTwoNodes(Database database) {
        try (Rig rig = Rig.on(database)) {
            Map<String, List<Long>> order = new ConcurrentHashMap<>();
            Set<String> busy = ConcurrentHashMap.newKeySet();
            AtomicInteger overlaps = new AtomicInteger();
            AtomicInteger flaky = new AtomicInteger();
            Rig.Body body = item -> {
                if (!busy.add(item.laneKey())) {
                    overlaps.incrementAndGet();
                }
                try {
                    if (flaky.incrementAndGet() % 7 == 0) {
                        throw new IllegalStateException("every seventh run fails and comes back");
                    }
                    order.computeIfAbsent(item.laneKey(), key -> Collections.synchronizedList(new ArrayList<>()))
                            .add(item.seq());
                } finally {
                    busy.remove(item.laneKey());
                }
            };
            DeliveryEngine one = rig.start();
            DeliveryEngine two = rig.start();
            for (int i = 0; i < 300; i++) {
                one.work().insert(Rig.work("step", "a" + i % 15));
            }
            one.register(Rig.handler("step", 8, 1_000, null, body));
            two.register(Rig.handler("step", 8, 1_000, null, body));

            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == 300);

            assertThat(overlaps).hasValue(0);
            assertThat(order).hasSize(15);
            assertThat(order.values())
                    .allSatisfy(seen -> assertThat(seen).hasSize(20).isSorted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredLeaseHandsTheLaneOverAndTheStaleOwnersFinishWritesNothing(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            // its heartbeat comes once in a quarter of this and must not renew what runs out below
            DeliveryEngine paused = rig.start(s -> s.withLease(Duration.ofHours(1)), Limits.none());
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch resume = new CountDownLatch(1);
            List<String> guard = Collections.synchronizedList(new ArrayList<>());
            paused.register(Rig.handler("step", 1, item -> {
                paused.writes()
                        .write(
                                "mark",
                                c -> Sql.update(
                                        c,
                                        "INSERT INTO audit (id, tenant_id, at, who, action, subject)"
                                                + " VALUES ('stale', 't', CURRENT_TIMESTAMP, 'w', 'a', 's')"));
                begun.countDown();
                resume.await(120, TimeUnit.SECONDS);
                guard.add("woke");
            }));
            String id = paused.work().insert(Rig.work("step", "a"));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            long fence = rig.count("SELECT fence FROM lane WHERE aggregate = 'a'");

            // the lease runs out, as the database sees it
            rig.db.run(
                    "expire",
                    c -> Sql.update(
                            c,
                            "UPDATE lane SET lease_until = CURRENT_TIMESTAMP - INTERVAL '1' SECOND,"
                                    + " next_due = CURRENT_TIMESTAMP - INTERVAL '1' SECOND WHERE aggregate = 'a'"));
            DeliveryEngine next = rig.start();
            AtomicInteger ran = new AtomicInteger();
            next.register(Rig.handler("step", 1, item -> ran.incrementAndGet()));
            Rig.eventually().until(() -> rig.state(id).equals("DONE"));
            resume.countDown();
            Rig.eventually().until(() -> paused.inFlight() == 0);

            assertThat(guard).containsExactly("woke");
            assertThat(ran).hasValue(1);
            assertThat(rig.count("SELECT fence FROM lane WHERE aggregate = 'a'"))
                    .isGreaterThan((int) fence);
            assertThat(rig.count("SELECT COUNT(*) FROM audit")).isZero();
            assertThat(rig.meters.get("hub_fence_refused_total").functionCounters().stream()
                            .mapToDouble(counter -> counter.count())
                            .sum())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoHasTheDatabaseAloneGoesOnAtOnceWithWhatAKilledProcessLeft(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.start().work().insert(Rig.work("step", "a"));
            Lanes killed = new Lanes(rig.db, "killed", Duration.ofMinutes(1));
            Lanes next = new Lanes(rig.db, "next", Duration.ofMinutes(1));
            long fence = killed.claim("step", 1).get(0).lease().fence();
            assertThat(next.claim("step", 1)).as("still leased").isEmpty();

            assertThat(next.inherit()).isEqualTo(1);
            List<Claimed> claimed = next.claim("step", 1);
            assertThat(claimed).hasSize(1);
            assertThat(claimed.get(0).lease().fence()).isGreaterThan(fence);
            assertThat(next.inherit()).as("its own stay").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeartbeatKeepsALongItemsLeaseAndTellsWhenItIsLost(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start(s -> s.withLease(Duration.ofSeconds(8)), Limits.none());
            CountDownLatch begun = new CountDownLatch(1);
            List<String> refused = Collections.synchronizedList(new ArrayList<>());
            engine.register(Rig.handler("step", 1, item -> {
                SocketGuard.beforeWrite("fake");
                begun.countDown();
                Rig.eventually().pollInSameThread().until(() -> {
                    try {
                        SocketGuard.beforeWrite("fake");
                        return false;
                    } catch (VendorException e) {
                        return refused.add(e.code());
                    }
                });
            }));
            engine.work().insert(Rig.work("step", "a"));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            String first = rig.text("SELECT lease_until FROM lane WHERE aggregate = 'a'");
            Rig.eventually()
                    .until(() -> !rig.text("SELECT lease_until FROM lane WHERE aggregate = 'a'")
                            .equals(first));

            rig.db.run("steal", c -> Sql.update(c, "UPDATE lane SET fence = fence + 1 WHERE aggregate = 'a'"));
            Rig.eventually().until(() -> engine.inFlight() == 0);
            assertThat(refused).containsExactly("lease-expired");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalThatComesAfterTheLaneWasGivenBackDoesNotTakeItAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.start().work().insert(Rig.work("step", "a"));
            Lanes lanes = new Lanes(rig.db, "me", Duration.ofSeconds(60));
            Claimed claimed = lanes.claim("step", 5).get(0);
            assertThat(lanes.claim("step", 5)).isEmpty();
            rig.db.run(
                    "give back",
                    c -> lanes.putBack(
                            c, claimed.lease().laneKey(), claimed.item().seq()));

            lanes.renew(List.of(claimed.lease()));

            assertThat(lanes.claim("step", 5)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondConsumerOfATypeOnOneNodeIsRefused(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("step", 1, item -> {}));
            assertThatThrownBy(() -> engine.register(Rig.handler("step", 1, item -> {})))
                    .hasMessageContaining("two consumers");
        }
    }
}
