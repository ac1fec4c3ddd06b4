package io.caravan.hub.connectors.delivery.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.model.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The clock that due times, leases, gates and settle times go by is set while work is in flight. */
class ClockTest {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** By how much, and of which shape the call in flight is. */
    static List<Arguments> jumps() {
        List<Arguments> all = new ArrayList<>();
        for (Database database : Database.values()) {
            for (Duration by :
                    List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofHours(-1), Duration.ofDays(-1))) {
                for (String shape : List.of("thing", "slot", "mail")) {
                    all.add(Arguments.of(database, by, shape));
                }
            }
        }
        return all;
    }

    private static DeliveryEngine engine(Rig rig) {
        return rig.start(settings -> settings, Limits.none(), new RouteBuilder() {
            @Override
            public void configure() {
                for (String shape : List.of("thing", "slot", "mail")) {
                    from("work:" + shape).to("effect:fake." + shape);
                }
            }
        });
    }

    private static NewWork work(String type, String key) {
        return NewWork.of(Rig.ACCOUNT, type, key, Map.of("key", key));
    }

    @ParameterizedTest
    @MethodSource("jumps")
    void aCallInFlightIsNotMadeASecondTimeAndWorkGoesOn(Database database, Duration by, String shape) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.failFor("held", "create", effect -> {
                entered.countDown();
                await(released);
                effect.run();
            });
            DeliveryEngine engine = engine(rig);
            String held = engine.work().insert(work(shape, "held"));
            await(entered);
            new Calendar(rig).set(by);
            // of the same type, so that its claim looks at the held lane too
            for (int i = 0; i < 3; i++) {
                String other = engine.work().insert(work(shape, "other" + i));
                Rig.eventually().until(() -> rig.state(other), "DONE"::equals);
            }
            assertThat(rig.vendor.madeFor("held")).as("made by anybody else").isEmpty();
            released.countDown();

            Rig.eventually().until(() -> rig.state(held), "DONE"::equals);
            String behind = engine.work().insert(work(shape, "held"));
            Rig.eventually().until(() -> rig.state(behind), "DONE"::equals);
            assertThat(rig.vendor.madeFor("held")).hasSize(1);
            assertThat(rig.count("SELECT COUNT(*) FROM dead")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsDueLaterComesByTheDatabasesClockAndNotBefore(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig);
            String later = engine.work().insert(work("slot", "later").withDueIn(Duration.ofMinutes(30)));
            Calendar clock = new Calendar(rig);
            clock.set(Duration.ofHours(-1));
            String now = engine.work().insert(work("slot", "now"));
            Rig.eventually().until(() -> rig.state(now), "DONE"::equals);
            assertThat(rig.state(later)).isEqualTo("WAITING");
            clock.set(Duration.ofHours(1));
            String again = engine.work().insert(work("slot", "again"));
            Rig.eventually().until(() -> rig.state(again), "DONE"::equals);
            assertThat(rig.state(later)).as("half an hour is not over").isEqualTo("WAITING");
            clock.set(Duration.ofHours(1));
            Rig.eventually().until(() -> rig.state(later), "DONE"::equals);
            assertThat(rig.vendor.madeFor("later")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDoubtStaysADoubtWhenTheClockIsSetBackAndIsEndedWhenItIsRightAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            // 13 s, so that the clock is set before they are over
            DeliveryEngine engine = rig.start(s -> s.withSettleScale(1), Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:thing").to("effect:fake.thing");
                }
            });
            rig.vendor.failFor("doubt", "create", FakeVendor.after(ErrorKind.TRANSIENT, 500));
            String doubt = engine.work().insert(work("thing", "doubt"));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM effect WHERE phase = 'UNKNOWN'") == 1);
            Calendar clock = new Calendar(rig);
            clock.set(Duration.ofHours(-1));
            String other = engine.work().insert(work("thing", "other"));
            Rig.eventually().until(() -> rig.state(other), "DONE"::equals);
            assertThat(rig.vendor.calls("lookup")).as("looked up too early").isZero();

            clock.set(Duration.ofHours(2));
            Rig.eventually().until(() -> rig.state(doubt), "DONE"::equals);
            assertThat(rig.vendor.madeFor("doubt")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stepsOfFiveSecondsBackLoseAndDoubleNothingAndKeepTheOrder(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            List<String> ran = Collections.synchronizedList(new ArrayList<>());
            engine.register(Rig.handler("step", 8, item -> ran.add(item.payload())));
            Calendar clock = new Calendar(rig);
            int lanes = 10;
            int each = 12;
            for (int i = 0; i < each; i++) {
                for (int lane = 0; lane < lanes; lane++) {
                    engine.work().insert(NewWork.of(Rig.ACCOUNT, "step", "l" + lane, Map.of("lane", lane, "at", i)));
                }
                if (i % 3 == 0) {
                    clock.set(Duration.ofSeconds(-5));
                }
            }
            // set right again: what was late by the steps is due
            clock.set(Duration.ofSeconds(20));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == lanes * each);
            assertThat(ran).hasSize(lanes * each).doesNotHaveDuplicates();
            for (int lane = 0; lane < lanes; lane++) {
                String mine = "\"lane\":" + lane + "}";
                List<String> order =
                        ran.stream().filter(one -> one.contains(mine)).toList();
                List<String> asked = java.util.stream.IntStream.range(0, each)
                        .mapToObj(i -> "{\"at\":" + i + "," + mine)
                        .toList();
                assertThat(order).containsExactlyElementsOf(asked);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
