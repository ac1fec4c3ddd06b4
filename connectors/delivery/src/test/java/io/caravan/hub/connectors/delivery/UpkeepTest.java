package io.caravan.hub.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.dead.DeadLetter;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.connectors.delivery.work.UnknownOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpkeepTest {

    @ParameterizedTest
    @EnumSource
    void gaugesShowWhatWaitsWhatDiedAndWhatIsClosed(Database database) {
        try (Rig rig = Rig.on(database)) {
            Limits.Window day = new Limits.Window("per_day", 5, Duration.ofDays(1), null, null, List.of());
            DeliveryEngine engine =
                    rig.start(s -> s, new Limits(Map.of("fake", new Limits.Vendor(List.of(day), null)), Map.of()));
            engine.work().insert(Rig.work("waiting", "a"));
            engine.register(Rig.handler("bad", 1, item -> {
                throw new IllegalArgumentException("bad");
            }));
            engine.work().insert(Rig.work("bad", "b"));
            engine.gates().admit(Rig.ACCOUNT, "fake");
            engine.gates().close(Rig.ACCOUNT, "fake", Duration.ofMinutes(30), "429");
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == 1);

            Gauges gauges = new Gauges(rig.db, new Lanes(rig.db, "me", Duration.ofSeconds(9)), rig.meters);
            // the engine reads into the same meters now and then, also what it saw a moment ago
            Rig.eventually().untilAsserted(() -> {
                gauges.read();
                shown(rig);
            });
        }
    }

    private static void shown(Rig rig) {
        assertThat(rig.meters
                        .get("hub_work_oldest_seconds")
                        .tag("type", "waiting")
                        .gauge()
                        .value())
                .isGreaterThan(0);
        assertThat(rig.meters
                        .get("hub_dlq_depth")
                        .tag("cause", "invalid")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(rig.meters
                        .get("hub_gate_closed")
                        .tag("vendor", "fake")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(rig.meters
                        .get("hub_budget_remaining")
                        .tag("vendor", "fake")
                        .tag("window", "per_day")
                        .gauge()
                        .value())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadLetterOfUnknownOutcomeStaysWhateverCameAfter(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("mail", 1, item -> {
                if (rig.count("SELECT COUNT(*) FROM dead") == 0) {
                    throw new UnknownOutcome("it may have been sent");
                }
            }));
            engine.work().insert(Rig.work("mail", "a"));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == 1);
            String after = engine.work().insert(Rig.work("mail", "a"));
            Rig.eventually().until(() -> rig.state(after), "DONE"::equals);

            assertThat(new Sweeper(rig.db, Rig.settings(), engine.work()).supersede())
                    .isZero();
            assertThat(rig.text("SELECT state FROM dead")).isEqualTo("OPEN");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeadLetterIsClosedByNewerWorkOfItsLaneAndTypeThatFinishedWell(Database database) {
        try (Rig rig = Rig.on(database)) {
            AtomicBoolean good = new AtomicBoolean();
            Map<String, List<String>> subscribers = Map.of("live", List.of("mail"));
            // the engine closes dead letters too, every few seconds, and by the same rule
            DeliveryEngine engine = rig.start(s -> s.withSubscribers(subscribers), Limits.none());
            for (String type : List.of("publish", "mail")) {
                engine.register(Rig.handler(type, 1, item -> {
                    if (!good.get()) {
                        throw new IllegalArgumentException("bad");
                    }
                }));
            }
            List<String> died = List.of(
                    engine.work().insert(Rig.work("publish", "a")),
                    engine.work().insert(Rig.work("publish", "a")),
                    engine.work().insert(Rig.work("publish", "b")),
                    engine.work().insert(Rig.work("mail", "a")));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == 4);
            Sweeper sweeper = new Sweeper(rig.db, Rig.settings().withSubscribers(subscribers), engine.work());
            assertThat(sweeper.supersede()).as("a newer one that died too").isZero();

            good.set(true);
            String after = engine.work().insert(Rig.work("publish", "a"));
            String mail = engine.work().insert(Rig.work("mail", "a"));
            Rig.eventually().until(() -> rig.state(after), "DONE"::equals);
            Rig.eventually().until(() -> rig.state(mail), "DONE"::equals);
            sweeper.supersede();
            for (String id : died.subList(0, 2)) {
                assertThat(engine.deadLetters().show(Rig.ACCOUNT, id).orElseThrow())
                        .satisfies(letter -> {
                            assertThat(letter.state()).isEqualTo("superseded");
                            assertThat(letter.replayWorkId()).isEqualTo(after);
                        });
            }
            assertThat(engine.deadLetters()
                            .list(Rig.ACCOUNT, null, null, null, 9)
                            .items())
                    .extracting(DeadLetter::workId)
                    .as("of another lane, and an event of which each is told for itself")
                    .containsExactlyInAnyOrder(died.get(2), died.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOverAndOldIsSweptAndDeadLettersStay(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            engine.register(Rig.handler("good", 1, item -> {}));
            engine.register(Rig.handler("bad", 1, item -> {
                throw new IllegalArgumentException("bad");
            }));
            engine.work().insert(Rig.work("good", "a"));
            engine.work().insert(Rig.work("bad", "b"));
            engine.work().insert(Rig.work("waiting", "c"));
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state <> 'WAITING'") == 2);

            assertThat(new Sweeper(rig.db, Rig.settings(), engine.work()).sweep())
                    .isZero();
            new Sweeper(rig.db, Rig.settings().withKept(Duration.ZERO, Duration.ofMillis(-5_000)), engine.work())
                    .sweep();
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(2);
            assertThat(rig.count("SELECT COUNT(*) FROM dead")).isEqualTo(1);
        }
    }
}
