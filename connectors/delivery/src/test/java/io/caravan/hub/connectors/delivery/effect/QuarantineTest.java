package io.caravan.hub.connectors.delivery.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the vendor has and the database, put back from a backup, does not know. */
class QuarantineTest {

    private static DeliveryEngine engine(Rig rig, String effect) {
        return rig.start(settings -> settings, Limits.none(), new RouteBuilder() {
            @Override
            public void configure() {
                from("work:publish").to(effect);
            }
        });
    }

    private static void ends(Rig rig, String id, String state) {
        Rig.eventually().until(() -> rig.state(id), state::equals);
    }

    /** As from a backup of a moment before the items ran: they wait, and of their effects nothing is known. */
    private static void putBack(Rig rig, DeliveryEngine engine) {
        engine.quarantine().begin(Instant.now().minusSeconds(600), Duration.ofDays(1));
        rig.db.run("put back", c -> {
            Sql.update(c, "DELETE FROM effect");
            Sql.update(c, "UPDATE work SET state = 'WAITING', finished_at = NULL, due_at = CURRENT_TIMESTAMP");
            Sql.update(c, "UPDATE lane SET head_seq = 1, next_type = 'publish', next_due = CURRENT_TIMESTAMP");
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLiveAtTheVendorIsTakenOverAndNotMadeAgain(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            String id = engine.work().insert(Rig.work("publish", "a"));
            ends(rig, id, "DONE");

            putBack(rig, engine);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM effect WHERE phase = 'CONFIRMED'") == 1);
            ends(rig, id, "DONE");
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(engine.quarantine().report(Rig.ACCOUNT, 10)).hasValueSatisfying(report -> {
                assertThat(report.lookedUp()).isEqualTo(1);
                assertThat(report.adopted()).isEqualTo(1);
                assertThat(report.leftToAPerson()).isZero();
                assertThat(report.items()).singleElement().satisfies(one -> {
                    assertThat(one.effect()).isEqualTo("fake.thing");
                    assertThat(one.key()).isEqualTo("a");
                    assertThat(one.vendorId()).isEqualTo("1");
                });
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheVendorDoesNotHaveIsMadeOnceAndWithoutFurtherDoubt(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            engine.quarantine().begin(Instant.now(), Duration.ofDays(1));
            ends(rig, engine.work().insert(Rig.work("publish", "a")), "DONE");

            assertThat(rig.vendor.calls("lookup")).isEqualTo(1);
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            assertThat(rig.vendor.things("live")).hasSize(1);
            assertThat(engine.quarantine().report(Rig.ACCOUNT, 10)).hasValueSatisfying(report -> {
                assertThat(report.lookedUp()).isEqualTo(1);
                assertThat(report.adopted()).isZero();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdempotentChangeIsTakenOverToo(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.slot");
            String id = engine.work().insert(Rig.work("publish", "a"));
            ends(rig, id, "DONE");

            putBack(rig, engine);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM effect WHERE phase = 'CONFIRMED'") == 1);
            ends(rig, id, "DONE");
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenSentAndCannotBeLookedUpIsLeftToAPerson(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.mail");
            String id = engine.work().insert(Rig.work("publish", "a"));
            ends(rig, id, "DONE");

            putBack(rig, engine);
            ends(rig, id, "DEAD");
            assertThat(rig.text("SELECT cause FROM dead")).isEqualTo("unknown_outcome");
            assertThat(rig.vendor.calls("create")).isEqualTo(1);
            ends(rig, engine.work().insert(Rig.work("publish", "b")), "DONE");
            assertThat(rig.vendor.calls("create"))
                    .as("what came after the restore was never sent")
                    .isEqualTo(2);
            assertThat(engine.quarantine().report(Rig.ACCOUNT, 10))
                    .hasValueSatisfying(
                            report -> assertThat(report.leftToAPerson()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterItsEndNothingIsLookedUpAnyMore(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = engine(rig, "effect:fake.thing");
            engine.quarantine().begin(Instant.now(), Duration.ofDays(1));
            assertThat(engine.quarantine().end()).isTrue();
            assertThat(engine.quarantine().end()).as("there is none any more").isFalse();
            ends(rig, engine.work().insert(Rig.work("publish", "a")), "DONE");

            assertThat(rig.vendor.calls("lookup")).isZero();
        }
    }
}
