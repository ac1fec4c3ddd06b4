package io.caravan.hub.connectors.delivery.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.gate.Limits;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    @ParameterizedTest
    @EnumSource
    void everySubscriberGetsEveryEventOnceAndInOrderOfItsKeyFromTwoNodes(Database database) {
        try (Rig rig = Rig.on(database)) {
            Map<String, List<String>> topics = Map.of("trend.scored", List.of("ideas", "stats"));
            DeliveryEngine one = rig.start(s -> s.withSubscribers(topics), Limits.none());
            DeliveryEngine two = rig.start(s -> s.withSubscribers(topics), Limits.none());
            Map<String, List<String>> got = new ConcurrentHashMap<>();
            for (String type : List.of("ideas", "stats")) {
                Rig.Body body = item -> got.computeIfAbsent(
                                type + item.aggregate(), key -> Collections.synchronizedList(new ArrayList<>()))
                        .add(item.payload());
                one.register(Rig.handler(type, 4, body));
                two.register(Rig.handler(type, 4, body));
            }
            for (int i = 10; i < 50; i++) {
                (i % 2 == 0 ? one : two)
                        .outbox()
                        .publish(Rig.ACCOUNT, "trend.scored", "k" + i % 4, "{\"n\":" + i + "}", null, null);
            }
            one.outbox().publish(Rig.ACCOUNT, "nobody.listens", "k", "{}", null, null);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM work WHERE state = 'DONE'") == 80);

            assertThat(got).hasSize(8);
            assertThat(got.values())
                    .allSatisfy(seen -> assertThat(seen).hasSize(10).isSorted());
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM outbox WHERE published = FALSE") == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokersPublisherGetsOneItemOfEachEventInALaneOfItsOwn(Database database) {
        try (Rig rig = Rig.on(database)) {
            DeliveryEngine engine = rig.start(
                    s -> s.withSubscribers(Map.of("told", List.of("a", "b"))).withPublisher("event.publish"),
                    Limits.none());
            String longest = "k".repeat(200);
            engine.outbox().publish(Rig.ACCOUNT, "told", "k", "{\"n\":1}", "t", "job");
            engine.outbox().publish(Rig.ACCOUNT, "nobody.listens", "k", "{}", null, null);
            engine.outbox().publish(Rig.ACCOUNT, "told", longest, "{}", null, null);
            engine.outbox()
                    .publish(
                            Rig.ACCOUNT,
                            "told",
                            "large",
                            "{\"x\":\"" + "x".repeat(Envelope.LARGEST) + "\"}",
                            null,
                            null);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM outbox WHERE published = TRUE") == 4);

            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE type = 'event.publish'"))
                    .isEqualTo(4);
            assertThat(rig.count("SELECT COUNT(*) FROM work")).isEqualTo(4);
            assertThat(rig.count("SELECT COUNT(*) FROM lane WHERE aggregate = 'event:k'"))
                    .isEqualTo(1);
            assertThat(rig.text("SELECT payload FROM work WHERE trace_id = 't'"))
                    .contains("\"data\":{\"n\":1}", "\"type\":\"told\"", "\"jobid\":\"job\"", "\"subject\":\"k\"");
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE job_id IS NOT NULL"))
                    .as("a job does not wait for a broker")
                    .isZero();
            assertThat(rig.count("SELECT COUNT(*) FROM work WHERE payload NOT LIKE '%\"data\"%'"))
                    .as("too large for any record: it says so when it is published")
                    .isEqualTo(1);
        }
    }
}
