package io.caravan.hub.connectors.delivery.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {

    private static final RouteBuilder PUBLISH = new RouteBuilder() {
        @Override
        public void configure() {
            from("work:publish?concurrency=4").to("effect:fake.thing");
        }
    };

    private static Limits windows(Limits.Window... windows) {
        return new Limits(Map.of("fake", new Limits.Vendor(List.of(windows), null)), Map.of());
    }

    private static Limits.Window window(String name, long cap, Duration period) {
        return new Limits.Window(name, cap, period, null, null, List.of());
    }

    @ParameterizedTest
    @EnumSource
    void a429StopsAStormOnBothNodesWithNoMoreCallsThanWereInFlight(Database database) {
        try (Rig rig = Rig.on(database)) {
            int due = 120;
            int inFlight = 8;
            // more faults than may be in flight: whoever calls against the closed gate meets one and is counted
            rig.vendor.fail(
                    "create",
                    Collections.nCopies(due, FakeVendor.limited(Duration.ofMinutes(10)))
                            .toArray(FakeVendor.Fault[]::new));
            DeliveryEngine one = rig.start(s -> s, Limits.none());
            for (int i = 0; i < due; i++) {
                one.work().insert(Rig.work("publish", "a" + i));
            }
            rig.start(s -> s, Limits.none(), PUBLISH);
            rig.start(s -> s, Limits.none(), PUBLISH);

            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE reason IS NOT NULL") == due);
            assertThat(rig.vendor.calls("create")).isBetween(1, inFlight);
            assertThat(rig.count("SELECT COUNT(*) FROM work w JOIN vendor_gate g ON g.vendor = 'fake'"
                            + " WHERE w.due_at < g.not_before - INTERVAL '30' SECOND"))
                    .as("nobody comes back before the gate opens; each later 429 moves it a little")
                    .isZero();
            assertThat(rig.count("SELECT COUNT(*) FROM work w JOIN vendor_gate g ON g.vendor = 'fake'"
                            + " WHERE w.due_at > g.not_before + INTERVAL '10' SECOND"))
                    .as("and they come back spread")
                    .isGreaterThan(due / 2);
            assertThat(rig.count("SELECT SUM(attempts) FROM work"))
                    .as("waiting is no failure")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGateThatStaysClosedLongerThanTheItemsGiveUpEndsItAndWhatItBeganIsTakenBackWhenTheGateOpens(
            Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("confirm", FakeVendor.limited(Duration.ofMinutes(10)));
            DeliveryEngine engine = rig.start(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish?giveUp=200ms&onDead=abandon").to("effect:fake.thing");
                    from("work:abandon?giveUp=200ms").to("effect:fake.thing?until=cancelled");
                }
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            var letter = engine.deadLetters().show(Rig.ACCOUNT, id).orElseThrow();
            assertThat(letter.cause()).isEqualTo("expired");
            assertThat(letter.message()).startsWith("gate fake closed until 20");
            assertThat(rig.vendor.things("draft")).hasSize(1);

            String waits = "SELECT COUNT(*) FROM work WHERE type = 'abandon' AND state = 'WAITING'"
                    + " AND reason LIKE 'gate fake closed until%'";
            Rig.eventually().until(() -> rig.count(waits) == 1);
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE type = 'abandon' AND give_up_at > due_at"))
                    .as("its time to give up begins when the gate opens")
                    .isEqualTo(1);
            comesDue(rig, "abandon");
            Rig.eventually().until(() -> rig.count(waits + " AND due_at > CURRENT_TIMESTAMP") == 1);

            rig.db.run("open", c -> Sql.update(c, "UPDATE vendor_gate SET not_before = CURRENT_TIMESTAMP"));
            comesDue(rig, "abandon");
            Rig.eventually().until(() -> rig.vendor.things("cancelled").size() == 1);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == 1);
        }
    }

    /** Long after its time to give up, as when the gate stayed closed for days. */
    private static void comesDue(Rig rig, String type) {
        rig.db.run("wake", c -> {
            Sql.update(
                    c,
                    "UPDATE work SET due_at = CURRENT_TIMESTAMP, give_up_at = CURRENT_TIMESTAMP - INTERVAL '1' HOUR"
                            + " WHERE type = ?",
                    type);
            Sql.update(c, "UPDATE lane SET next_due = CURRENT_TIMESTAMP WHERE next_type = ?", type);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBudgetThatComesBackTooLateEndsItsItemAtItsTime(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine =
                    rig.start(s -> s, windows(window("per_day", 1, Duration.ofDays(1))), new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("work:publish?giveUp=100ms").to("effect:fake.thing");
                        }
                    });
            engine.gates().admit(Rig.ACCOUNT, "fake");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            assertThat(rig.text("SELECT message FROM dead")).startsWith("fake/per_day is used up until 20");
            assertThat(rig.vendor.calls("create")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutcomeInDoubtIsFoundOutAlsoWhenTheItemsTimeIsUp(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500));
            DeliveryEngine engine = rig.start(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish?giveUp=1ms").to("effect:fake.thing");
                }
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
            assertThat(rig.vendor.things("live")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBackOffLongerThanTheTimeLeftEndsWithIt(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail(
                    "create", FakeVendor.before(ErrorKind.NOT_SENT, 0), FakeVendor.before(ErrorKind.NOT_SENT, 0));
            DeliveryEngine engine =
                    rig.start(s -> s.withBackoff(List.of(Duration.ofHours(1))), Limits.none(), new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("work:publish?giveUp=100ms").to("effect:fake.thing");
                        }
                    });
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            assertThat(rig.vendor.calls("create"))
                    .as("once more when the time was up")
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBare429DoublesItsWaitAndALongOneIsCutToAnHour(Database database) {
        try (Rig rig = Rig.on(database)) {
            Gates gates = rig.start().gates();
            AccountId account = Rig.ACCOUNT;
            for (long seconds : new long[] {1, 2, 4}) {
                gates.close(account, "printify", null, "429");
                // read in the database: a busy machine may look at it when it is open again
                assertThat(closedFor(rig)).isEqualTo(Duration.ofSeconds(seconds));
                rig.db.run(
                        "open",
                        c -> Sql.update(
                                c, "UPDATE vendor_gate SET not_before = CURRENT_TIMESTAMP - INTERVAL '1' SECOND"));
            }

            gates.close(account, "etsy", Duration.ofHours(5), "429");
            VendorException first = refused(gates);
            assertThat(first.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(first.retryAfter().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(73));
            gates.close(account, "etsy", Duration.ofSeconds(1), "429");
            assertThat(gates.list(account))
                    .as("a shorter wait does not open it earlier")
                    .singleElement()
                    .satisfies(gate -> assertThat(gate.strikes()).isEqualTo(1));
            assertThat(refused(gates).retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
            assertThatCode(() -> gates.admit(new AccountId("other"), "etsy"))
                    .as("another account has a gate of its own")
                    .doesNotThrowAnyException();
        }
    }

    private static Duration closedFor(Rig rig) {
        return rig.db
                .tx(
                        "closed for",
                        c -> Sql.one(
                                c,
                                row -> Duration.between(Sql.time(row, 1), Sql.time(row, 2)),
                                "SELECT updated_at, not_before FROM vendor_gate"))
                .orElseThrow();
    }

    private static VendorException refused(Gates gates) {
        return catchThrowableOfType(VendorException.class, () -> gates.admit(Rig.ACCOUNT, "etsy"));
    }

    @ParameterizedTest
    @EnumSource
    void aWindowThatIsUsedUpHoldsEffectsBackUntilItIsOver(Database database) {
        try (Rig rig = Rig.on(database)) {
            // create and confirm are two calls: three items need six, which no single window holds
            Limits limits = windows(window("per_blink", 2, Duration.ofMillis(300)));
            DeliveryEngine engine = rig.start(s -> s, limits, PUBLISH);
            for (int i = 0; i < 3; i++) {
                engine.work().insert(Rig.work("publish", "a" + i));
            }
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == 3);
            assertThat(rig.vendor.calls("create") + rig.vendor.calls("confirm")).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAreCountedInTheWindowsAndTheBudgetShowsWhatIsLeft(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start(s -> s, windows(window("per_day", 3, Duration.ofDays(1))));
            for (int i = 0; i < 3; i++) {
                engine.gates().admit(Rig.ACCOUNT, "fake");
            }
            VendorException e = catchThrowableOfType(
                    VendorException.class, () -> engine.gates().admit(Rig.ACCOUNT, "fake"));
            assertThat(e.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(engine.budgets().list(Rig.ACCOUNT)).singleElement().satisfies(budget -> {
                assertThat(budget.vendor()).isEqualTo("fake");
                assertThat(budget.window()).isEqualTo("per_day");
                assertThat(budget.remaining()).isZero();
                assertThat(budget.used()).isEqualTo(3);
            });
            engine.budgets().setCap(Rig.ACCOUNT, "fake/per_day", 4, "ann");
            engine.gates().admit(Rig.ACCOUNT, "fake");
            assertThat(engine.budgets().list(Rig.ACCOUNT).get(0).cap()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheVendorSaysRemainsIsBelieved(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.tells(Map.of("per_day_remaining", 7L));
            DeliveryEngine engine = rig.start(s -> s, windows(window("per_day", 100, Duration.ofDays(1))), PUBLISH);
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
            // it said so after the create; the confirm that followed is counted by us
            assertThat(engine.budgets().list(Rig.ACCOUNT).get(0).remaining()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLeakyBucketRefillsWithTime(Database database) {
        try (Rig rig = Rig.on(database)) {
            Limits.Window points = new Limits.Window("points", 20, null, 1000.0, 10L, List.of());
            Gates gates = rig.start(s -> s, windows(points)).gates();
            for (int i = 0; i < 2; i++) {
                gates.admit(Rig.ACCOUNT, "fake");
            }
            // 10 points come back in 10 ms
            Rig.eventually().until(() -> {
                try {
                    gates.admit(Rig.ACCOUNT, "fake");
                    return true;
                } catch (VendorException e) {
                    return false;
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLeakyBucketHoldsNoMoreThanTheVendorSaysThatItsOwnDoes(Database database) {
        try (Rig rig = Rig.on(database)) {
            Limits.Window points = new Limits.Window("points", 1_000, null, 0.1, 10L, List.of());
            Gates gates = rig.start(s -> s, windows(points)).gates();
            gates.admit(Rig.ACCOUNT, "fake");
            // as after hours in which nothing was asked
            rig.db.run("idle", c -> Sql.update(c, "UPDATE quota SET window_start = window_start - INTERVAL '5' HOUR"));

            gates.learn(Rig.ACCOUNT, "fake", Map.of("points_remaining", 5L, "points_limit", 1_000L));

            assertThat(catchThrowableOfType(VendorException.class, () -> gates.admit(Rig.ACCOUNT, "fake")))
                    .hasMessageContaining("points");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVendorsLargerBucketDoesNotUseUpOurs(Database database) {
        try (Rig rig = Rig.on(database)) {
            Limits.Window points = new Limits.Window("points", 1_000, null, 0.1, 10L, List.of());
            Gates gates = rig.start(s -> s, windows(points)).gates();

            gates.learn(Rig.ACCOUNT, "fake", Map.of("points_remaining", 15_000L, "points_limit", 20_000L));

            gates.admit(Rig.ACCOUNT, "fake");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooManyErrorsStopFurtherChanges(Database database) {
        try (Rig rig = Rig.on(database)) {
            Limits limits = new Limits(
                    Map.of("fake", new Limits.Vendor(List.of(), new Limits.ErrorRatio(0.5, Duration.ofHours(1), 2))),
                    Map.of());
            rig.vendor.fail(
                    "create",
                    Collections.nCopies(50, FakeVendor.before(ErrorKind.REJECTED, 400))
                            .toArray(FakeVendor.Fault[]::new));
            DeliveryEngine engine = rig.start(s -> s, limits, PUBLISH);
            for (int i = 0; i < 10; i++) {
                engine.work().insert(Rig.work("publish", "a"));
            }
            Rig.eventually()
                    .until(() -> rig.count(
                                    "SELECT COUNT(*) FROM work WHERE state = 'WAITING' AND reason LIKE '%error_ratio%'")
                            == 1);
            assertThat(rig.vendor.calls("create")).isEqualTo(2);
        }
    }
}
