package io.caravan.hub.connectors.delivery.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxTest {

    private static InboxEvent event(String id) {
        byte[] raw = "{\"type\":\"order\"}".getBytes(StandardCharsets.UTF_8);
        return new InboxEvent("printify", Rig.ACCOUNT, id, raw, true, Rig.work("order.event", "o1"), null);
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatComesSixteenTimesAtOnceIsOneWorkItem(Database database) throws Exception {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            ExecutorService pool = Executors.newFixedThreadPool(16);
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> engine.inbox().receive(event("e1")));
            }
            int fresh = 0;
            for (Future<Boolean> answer : pool.invokeAll(calls)) {
                fresh += answer.get() ? 1 : 0;
            }
            pool.shutdown();
            assertThat(fresh).isEqualTo(1);
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(1);
            assertThat(engine.inbox().receive(event("e2"))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatComesAgainIsTheWorkOfEachSubscriberOnce(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            byte[] raw = {'{', '}'};
            for (int i = 0; i < 3; i++) {
                // each delivery makes rows of its own, with ids of their own
                boolean fresh = engine.inbox()
                        .receive(
                                new InboxEvent("kafka:told", Rig.ACCOUNT, "e1", raw, true, null, null),
                                List.of(Rig.work("first", "o1"), Rig.work("second", "o1")));
                assertThat(fresh).isEqualTo(i == 0);
            }
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(2);
            assertThat(rig.text("SELECT state FROM inbox")).isEqualTo("ACCEPTED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatCannotBeReadIsKeptWithItsReason(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start();
            byte[] raw = {0, 1, 2};
            boolean fresh =
                    engine.inbox().receive(new InboxEvent("etsy", Rig.ACCOUNT, "e1", raw, true, null, "not JSON"));
            assertThat(fresh).isTrue();
            assertThat(rig.text("SELECT state FROM inbox")).isEqualTo("DEAD");
            assertThat(rig.text("SELECT reason FROM inbox")).isEqualTo("not JSON");
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isZero();
        }
    }
}
