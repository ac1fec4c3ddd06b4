package io.caravan.hub.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.FakeVendor;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.ErrorKind;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts that appear after everybody has looked. */
class StraysTest {

    private static DeliveryEngine engine(Rig rig, String until) {
        return rig.start(s -> s, Limits.none(), new RouteBuilder() {
            @Override
            public void configure() {
                from("work:publish").to("effect:fake.thing?until=" + until);
            }
        });
    }

    /** One effect that is over; its create was once in doubt. */
    private static DeliveryEngine ended(Rig rig, String until) {
        rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500));
        DeliveryEngine engine = engine(rig, until);
        String id = engine.work().insert(Rig.work("publish", "a"));
        Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
        return engine;
    }

    private static FakeVendor.Thing late(Rig rig) {
        FakeVendor.Thing late = rig.vendor.late(rig.text("SELECT ref FROM effect"));
        rig.db.run(
                "the time has come",
                connection -> Sql.update(connection, "UPDATE effect SET strays_at = CURRENT_TIMESTAMP"));
        return late;
    }

    private static double cancelled(Rig rig) {
        return rig.meters
                .counter("hub_strays_cancelled_total", "vendor", "fake")
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void aDraftThatAppearsAfterTheConfirmationIsTakenBackOnce(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = ended(rig, "confirmed");
            Sweeper sweeper = new Sweeper(rig.db, Rig.settings(), engine.work());
            assertThat(sweeper.strays()).as("not due yet").isZero();
            FakeVendor.Thing late = late(rig);

            assertThat(sweeper.strays()).isEqualTo(1);
            assertThat(sweeper.strays()).as("asked for already").isZero();
            Rig.eventually().until(() -> cancelled(rig) == 1);
            assertThat(late.state).isEqualTo("cancelled");
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(rig.vendor.things("draft")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDraftThatAppearsAfterTheWithdrawalIsTakenBack(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.vendor.fail("create", FakeVendor.after(ErrorKind.TRANSIENT, 500));
            DeliveryEngine engine = rig.start(s -> s, Limits.none(), new RouteBuilder() {
                @Override
                public void configure() {
                    from("work:publish").to("effect:fake.thing?until=verified").to("effect:fake.thing?until=cancelled");
                }
            });
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.text("SELECT phase FROM effect"), "CANCELLED"::equals);
            FakeVendor.Thing late = late(rig);

            new Sweeper(rig.db, Rig.settings(), engine.work()).strays();
            Rig.eventually().until(() -> late.state, "cancelled"::equals);
            assertThat(rig.vendor.things("draft")).isEmpty();
            assertThat(rig.vendor.things("live")).isEmpty();
            assertThat(id).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondLiveObjectIsLeftAndShownToAPerson(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = ended(rig, "confirmed");
            late(rig).state = "live";

            new Sweeper(rig.db, Rig.settings(), engine.work()).strays();
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == 1);
            assertThat(rig.text("SELECT message FROM dead")).contains("also live as 2");
            assertThat(rig.vendor.things("live")).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEffectThatWasNeverInDoubtIsNotAskedAbout(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "confirmed");
            String id = engine.work().insert(Rig.work("publish", "a"));
            Rig.eventually().until(() -> rig.state(id), "DONE"::equals);
            assertThat(rig.text("SELECT strays_at FROM effect")).isEqualTo("null");
        }
    }
}
