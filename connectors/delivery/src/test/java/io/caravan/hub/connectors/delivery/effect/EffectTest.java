package io.caravan.hub.connectors.delivery.effect;

import static io.caravan.hub.connectors.delivery.rig.FakeVendor.after;
import static io.caravan.hub.connectors.delivery.rig.FakeVendor.before;
import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EffectTest {

    private final List<Object> results = Collections.synchronizedList(new ArrayList<>());

    private RouteBuilder route(String effect) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("work:publish?maxAttempts=5")
                        .to(effect)
                        .process(exchange -> results.add(exchange.getMessage().getBody()));
            }
        };
    }

    private DeliveryEngine engine(Rig rig, String effect) {
        return rig.start(settings -> settings, Limits.none(), route(effect));
    }

    private static void done(Rig rig, String id) {
        Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
    }

    private static String phase(Rig rig) {
        return rig.text("SELECT phase FROM effect");
    }

    @ParameterizedTest
    @EnumSource
    void aCleanReplyToTheFirstCreateIsBelievedAndConfirmedWithoutALookUp(Database database) {
        try (Rig rig = Rig.on(database)) {
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.vendor.calls("lookup")).isZero();
            assertThat(phase(rig)).isEqualTo("CONFIRMED");
            assertThat(results).singleElement().isInstanceOfSatisfying(VendorObject.class, object -> {
                assertThat(object.id()).isEqualTo("1");
                assertThat(object.state()).isEqualTo("live");
            });
            // counted after the commit that made it DONE
            Rig.eventually()
                    .until(() -> rig.meters
                                    .counter("hub_work_finished_total", "type", "publish", "outcome", "done")
                                    .count()
                            == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a500AfterCreatingIsFoundByLookUpAfterTheSettleTimeAndNotMadeAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", after(ErrorKind.TRANSIENT, 500));
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.calls("lookup")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT attempts FROM work"))
                    .as("waiting is no failure")
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEffectThatDidNotHappenIsMadeAgainOnlyAfterALookUp(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", before(ErrorKind.TRANSIENT, 504));
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(2);
            assertThat(rig.vendor.calls("lookup"))
                    .as("before the second create, and to verify it")
                    .isEqualTo(2);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT attempts FROM effect")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIndexLagShorterThanTheSettleTimeMakesNoSecondObject(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.indexLag(Duration.ofMillis(60)).fail("create", after(ErrorKind.TRANSIENT, 500));
            // a settle time of 3.9 s: the lag begins when a busy machine comes to the create, not with the intent
            DeliveryEngine engine = rig.start(s -> s.withSettleScale(0.3), Limits.none(), route("effect:fake.thing"));
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenTheLookUpFindsTwoOneIsKeptAndTheOtherCancelled(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", FakeVendor.twiceAndFail());
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.things("live"))
                    .singleElement()
                    .satisfies(thing -> assertThat(thing.id).isEqualTo("1"));
            assertThat(rig.vendor.things("cancelled")).hasSize(1);
            assertThat(rig.vendor.things("draft")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLiveAlreadyIsKeptAndAnOlderDraftCancelled(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", effect -> {
                effect.run();
                effect.run();
                rig.vendor.things("draft").stream()
                        .filter(thing -> thing.id.equals("2"))
                        .forEach(thing -> thing.state = "live");
                throw FakeVendor.failure(ErrorKind.TRANSIENT, 500, null);
            });
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.things("live"))
                    .singleElement()
                    .satisfies(thing -> assertThat(thing.id).isEqualTo("2"));
            assertThat(rig.vendor.things("draft")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingSettingParksTheItemWithItsNameAndRenewsNothing(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail(
                    "create", effect -> rig.connections.use(Rig.ACCOUNT, "fake").setting("shopId"));
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "PARKED"::equals);
            assertThat(engine.parking().list(Rig.ACCOUNT, 10))
                    .singleElement()
                    .satisfies(parked -> assertThat(parked.reason()).contains("lacks its setting shopId"));
            assertThat(rig.connections.renewals).hasValue(0);

            engine.parking().resume(Rig.ACCOUNT, "fake");
            done(rig, id);
            assertThat(rig.vendor.calls("create")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplyWithoutAnIdIsLookedUp(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.blankIds();
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.text("SELECT vendor_id FROM effect")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInTheMiddleOfACreateIsADoubtLikeAnyOther(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            rig.vendor.fail("create", effect -> {
                effect.run();
                throw new StackOverflowError("after the object was made");
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT COUNT(*) FROM effect WHERE doubt = TRUE"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConfirmWhoseReplyWasLostIsConfirmedAgainById(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("confirm", after(ErrorKind.TRANSIENT, 0), before(ErrorKind.NOT_SENT, 0));
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.calls("confirm")).isEqualTo(3);
            assertThat(rig.vendor.things("live")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFinishedEffectAnswersFromItsRowWhenTheRouteRunsAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            List<Object> tries = Collections.synchronizedList(new ArrayList<>());
            DeliveryEngine engine = rig.start(settings -> settings, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish")
                            .to("effect:fake.thing?until=verified")
                            .process(exchange -> exchange.getMessage().setBody(exchange.getVariable("request")))
                            .to("effect:fake.thing")
                            .process(exchange -> {
                                tries.add(exchange.getMessage()
                                        .getBody(VendorObject.class)
                                        .id());
                                if (tries.size() < 3) {
                                    throw new IllegalStateException("a later step fails");
                                }
                            });
                }
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(tries).containsExactly("1", "1", "1");
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.calls("confirm")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedTokenIsRenewedOnceAndASecondRefusalParksTheItemUntilTheConnectionIsBack(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", before(ErrorKind.UNAUTHORISED, 401), before(ErrorKind.UNAUTHORISED, 401));
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "PARKED"::equals);
            assertThat(rig.connections.renewals).hasValue(1);
            assertThat(engine.parking().list(Rig.ACCOUNT, 10))
                    .singleElement()
                    .satisfies(parked -> assertThat(parked.vendor()).isEqualTo("fake"));

            assertThat(engine.parking().resume(Rig.ACCOUNT, "fake")).isEqualTo(1);
            done(rig, id);
            assertThat(rig.vendor.things("live")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageWithoutAConnectionIsParkedAndNothingIsSent(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.connections.connected = false;
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "PARKED"::equals);
            assertThat(rig.vendor.calls("create")).isZero();
            assertThat(phase(rig)).isEqualTo("INTENT");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAtMostOnceEffectWithAnUnknownOutcomeIsADeadLetterAndNeverRepeated(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", after(ErrorKind.TRANSIENT, 0));
            DeliveryEngine engine = engine(rig, "effect:fake.mail");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            assertThat(rig.text("SELECT cause FROM dead")).isEqualTo("unknown_outcome");

            String again = engine.deadLetters().replay(Rig.ACCOUNT, id, "ann", "looked at the vendor's log");
            Rig.eventually().until(() -> rig.state(again), "DEAD"::equals);
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatableEffectIsRepeatedAndPaysForEveryTry(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.facts(Map.of("cost_micros", 150)).fail("create", after(ErrorKind.TRANSIENT, 500));
            Limits limits =
                    new Limits(Map.of(), Map.of("fake.usd-micros", new Limits.Money(10_000, Duration.ofDays(1))));
            DeliveryEngine engine = rig.start(settings -> settings, limits, route("effect:fake.paint"));
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(2);
            assertThat(rig.count("SELECT used FROM quota"))
                    .as("400 held and lost, 150 paid")
                    .isEqualTo(550);
            assertThat(rig.count("SELECT held FROM quota")).isZero();
            assertThat(rig.count("SELECT cost_micros FROM effect")).isEqualTo(150);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdempotentEffectInDoubtIsAdoptedWhenTheLookUpFindsIt(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", after(ErrorKind.TRANSIENT, 500));
            String id = engine(rig, "effect:fake.slot").work().insert(Rig.work("publish", "a"));
            done(rig, id);
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(phase(rig)).isEqualTo("CONFIRMED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRouteThatSwallowsTheFailureOfAnEffectCannotFinishTheItem(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", after(ErrorKind.TRANSIENT, 500));
            DeliveryEngine engine = rig.start(settings -> settings, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish")
                            .doTry()
                            .to("effect:fake.thing")
                            .doCatch(Exception.class)
                            .process(exchange -> exchange.getMessage().setBody(Map.of("swallowed", true)))
                            .end()
                            .process(exchange ->
                                    results.add(exchange.getMessage().getBody()));
                }
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(results).first().isEqualTo(Map.of("swallowed", true));
            assertThat(results).last().isInstanceOf(VendorObject.class);
            assertThat(rig.vendor.things("live")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takingBackCancelsWhatCarriesTheReferenceAlsoWhenTheCreateIsInDoubt(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", FakeVendor.twiceAndFail());
            DeliveryEngine engine = rig.start(
                    settings -> settings, Limits.none(), route("effect:fake.thing?until=verified"), new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("work:abandon").to("effect:fake.thing?until=cancelled");
                        }
                    });
            // the publishing item is in doubt and the abandoning one comes behind it in the same lane
            engine.work().insert(Rig.work("publish", "a"));
            String id = engine.work().insert(Rig.work("abandon", "a"));
            done(rig, id);
            assertThat(rig.vendor.things("cancelled")).hasSize(2);
            assertThat(phase(rig)).isEqualTo("CANCELLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongRequestIsRefusedBeforeTheVendorSeesASecondOneAndTheEditedReplayGoesThrough(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", before(ErrorKind.REJECTED, 400));
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            assertThat(phase(rig)).isEqualTo("REFUSED");
            String ref = rig.text("SELECT ref FROM effect");

            engine.deadLetters().edit(Rig.ACCOUNT, id, Map.of("title", "dog"), "cats are refused", "ann");
            String again = engine.deadLetters().replay(Rig.ACCOUNT, id, "ann", "edited");
            done(rig, again);

            assertThat(rig.text("SELECT ref FROM effect")).isEqualTo(ref);
            assertThat(rig.vendor.things("live"))
                    .singleElement()
                    .satisfies(thing -> assertThat(thing.request).isEqualTo(Map.of("title", "dog")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplayAsNewNeedsAForcedLookUpThatFoundNothing(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            rig.vendor.fail("create", before(ErrorKind.REJECTED, 400));
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);
            var letters = engine.deadLetters();
            org.assertj.core.api.Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> letters.replayAsNew(Rig.ACCOUNT, id, "ann", "it is not there"));

            done(rig, letters.lookUp(Rig.ACCOUNT, id, "ann"));
            assertThat(letters.show(Rig.ACCOUNT, id).orElseThrow().lookup()).isEqualTo("none");
            done(rig, letters.replayAsNew(Rig.ACCOUNT, id, "ann", "it is not there"));

            assertThat(rig.count("SELECT MAX(generation) FROM effect")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT COUNT(*) FROM audit WHERE action = 'dead.replay_as_new'"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aVendorThatNeverMakesItIsAskedAFewTimesWithBackOffAndThenAPersonIs(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail(
                    "create",
                    Collections.nCopies(30, before(ErrorKind.TRANSIENT, 500)).toArray(FakeVendor.Fault[]::new));
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DEAD"::equals);

            assertThat(rig.text("SELECT cause FROM dead")).isEqualTo("attempts");
            assertThat(rig.vendor.calls("create"))
                    .as("two at once, then one for each failure that counts")
                    .isEqualTo(6);
            assertThat(rig.vendor.calls("lookup")).isEqualTo(6);
            assertThat(rig.vendor.things("draft")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTakenBackIsMadeAgainUnderAReferenceOfItsOwn(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine =
                    rig.start(settings -> settings, Limits.none(), route("effect:fake.thing"), new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("work:draft").to("effect:fake.thing?until=verified");
                            from("work:abandon").to("effect:fake.thing?until=cancelled");
                        }
                    });
            engine.work().insert(Rig.work("draft", "a"));
            engine.work().insert(Rig.work("abandon", "a"));
            engine.work().insert(Rig.work("publish", "a"));
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.things("cancelled")).hasSize(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.vendor.calls("create")).isEqualTo(2);
            assertThat(rig.vendor.things("live").get(0).reference)
                    .isNotEqualTo(rig.vendor.things("cancelled").get(0).reference);
        }
    }

    @ParameterizedTest
    @EnumSource
    void takingBackAnIntentWhoseWorkerDiedMakesNothingNew(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", effect -> {
                rig.db.run("steal", c -> {
                    Sql.update(c, "UPDATE work SET type = 'abandon' WHERE type = 'publish'");
                    Sql.update(
                            c,
                            "UPDATE lane SET fence = fence + 1, owner = NULL, next_type = 'abandon',"
                                    + " next_due = CURRENT_TIMESTAMP WHERE aggregate = 'a'");
                });
            });
            DeliveryEngine engine =
                    rig.start(settings -> settings, Limits.none(), route("effect:fake.thing"), new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("work:abandon").to("effect:fake.thing?until=cancelled");
                        }
                    });
            String id = engine.work().insert(Rig.work("publish", "a"));
            done(rig, id);
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.calls("lookup")).isEqualTo(1);
            assertThat(phase(rig)).isEqualTo("CANCELLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStaleOwnerWritesNoResult(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", effect -> {
                effect.run();
                rig.db.run(
                        "steal",
                        c -> Sql.update(
                                c,
                                "UPDATE lane SET fence = fence + 1, owner = NULL,"
                                        + " next_due = CURRENT_TIMESTAMP WHERE aggregate = 'a'"));
            });
            String id = engine(rig, "effect:fake.thing").work().insert(Rig.work("publish", "a"));
            done(rig, id);

            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.count("SELECT COUNT(*) FROM effect WHERE doubt = TRUE"))
                    .isEqualTo(1);
        }
    }
}
