package io.caravan.hub.connectors.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Sql;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import io.caravan.hub.model.port.Writes;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommitterTest {

    private static final int ITEMS = 16;

    private static void row(Writes writes, String id, String action) {
        writes.write(
                "row",
                connection -> Sql.update(
                        connection,
                        "INSERT INTO audit (id, tenant_id, at, who, action, subject)"
                                + " VALUES (?, 'acme', CURRENT_TIMESTAMP, 'w', " + action + ", 's')",
                        id.substring(0, 26)));
    }

    @ParameterizedTest
    @EnumSource
    void oneThatTheDatabaseRefusesFailsAloneAmongThoseThatCommitWithIt(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            CyclicBarrier together = new CyclicBarrier(ITEMS);
            AtomicInteger runs = new AtomicInteger();
            engine.register(Rig.handler("import", ITEMS, 1, null, item -> {
                row(engine.writes(), item.id(), "'fine'");
                if (item.aggregate().equals("a7")) {
                    row(engine.writes(), item.id(), "'the same row again'");
                }
                if (runs.incrementAndGet() <= ITEMS) {
                    together.await(60, TimeUnit.SECONDS);
                }
            }));
            for (int i = 0; i < ITEMS; i++) {
                engine.work().insert(Rig.work("import", "a" + i));
            }
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'WAITING'") == 0);

            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'"))
                    .isEqualTo(ITEMS - 1);
            assertThat(rig.count("SELECT COUNT(*) FROM audit")).isEqualTo(ITEMS - 1);
            assertThat(rig.text("SELECT aggregate FROM dead")).isEqualTo("a7");
            assertThat(runs).as("nobody runs again for another's failure").hasValue(ITEMS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStaleOwnerAmongThemWritesNothingAndTheOthersAreDone(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            CyclicBarrier together = new CyclicBarrier(
                    ITEMS,
                    () -> rig.db.run(
                            "steal",
                            c -> Sql.update(
                                    c,
                                    "UPDATE lane SET fence = fence + 1, owner = 'other',"
                                            + " next_due = CURRENT_TIMESTAMP + INTERVAL '1' HOUR WHERE aggregate = 'a3'")));
            engine.register(Rig.handler("import", ITEMS, item -> {
                row(engine.writes(), item.id(), "'fine'");
                together.await(60, TimeUnit.SECONDS);
            }));
            for (int i = 0; i < ITEMS; i++) {
                engine.work().insert(Rig.work("import", "a" + i));
            }
            Rig.eventually()
                    .until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == ITEMS - 1
                            && engine.inFlight() == 0);

            assertThat(rig.count("SELECT COUNT(*) FROM audit")).isEqualTo(ITEMS - 1);
            assertThat(rig.text("SELECT owner FROM lane WHERE aggregate = 'a3'"))
                    .as("the new owner's lease is untouched")
                    .isEqualTo("other");
        }
    }

    @Test
    void thoseThatEndTogetherShareATransaction() {
        try (Rig rig = Rig.on(Database.POSTGRES)) {
            DeliveryEngine engine = rig.start();
            CyclicBarrier together = new CyclicBarrier(ITEMS);
            engine.register(Rig.handler("import", ITEMS, item -> {
                row(engine.writes(), item.id(), "CAST(txid_current() AS VARCHAR)");
                together.await(60, TimeUnit.SECONDS);
            }));
            for (int i = 0; i < ITEMS; i++) {
                engine.work().insert(Rig.work("import", "a" + i));
            }
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == ITEMS);
            assertThat(rig.count("SELECT COUNT(DISTINCT action) FROM audit")).isLessThan(ITEMS);
        }
    }

    @Test
    void aNodeThatHardlyPollsHearsOfAnothersWork() {
        try (Rig rig = Rig.on(Database.POSTGRES)) {
            DeliveryEngine one = rig.start(s -> s.withPoll(Duration.ofHours(1)), Limits.none());
            DeliveryEngine other = rig.start(s -> s.withPoll(Duration.ofHours(1)), Limits.none());
            AtomicInteger runs = new AtomicInteger();
            other.register(Rig.handler("import", 1, item -> runs.incrementAndGet()));
            AtomicInteger lanes = new AtomicInteger();
            Rig.eventually().until(() -> {
                // again, since a ring before both listen is lost, as it may be
                one.work().insert(Rig.work("import", "a" + lanes.incrementAndGet()));
                return runs.get() > 0;
            });
        }
    }
}
