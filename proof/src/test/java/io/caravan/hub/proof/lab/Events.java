package io.caravan.hub.proof.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What became of the events: in the subscribers' work, and for a reader from outside. */
public final class Events {

    public static final List<String> SUBSCRIBERS = List.of("proof.first", "proof.second");

    private static final String TOPIC = "hub.proof.told.v1";
    private static final String GROUP = "caravan";
    private static final Duration DRAIN = Duration.ofSeconds(180);

    private final BrokerProcess broker;
    private final Ledger ledger;
    private final Oracle oracle;

    public Events(BrokerProcess broker, Ledger ledger, Oracle oracle) {
        this.broker = broker;
        this.ledger = ledger;
        this.oracle = oracle;
    }

    /** Properties of a hub whose events go there. @param session of its consumer */
    public static Map<String, String> properties(BrokerProcess broker, Duration session) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.profiles.active", "kafka");
        properties.put("hub.kafka.brokers", broker.address());
        properties.put("hub.kafka.session", session.toMillis() + "ms");
        properties.put("hub.delivery.subscribers[proof.told]", String.join(",", SUBSCRIBERS));
        return properties;
    }

    /** Items that are subscribers' work which is done, the same as often as it was, each lane in its order. */
    public List<String> told(String subscriber) throws SQLException, IOException {
        List<String> items = new ArrayList<>();
        for (String payload : ledger.texts("select payload from work where state = 'DONE' and type = '" + subscriber
                + "' order by lane_key, seq")) {
            items.add(Http.JSON.readTree(payload).path("item").asText());
        }
        return items;
    }

    /** Until everything that was acknowledged has come to every subscriber and no record is unread. */
    public void awaitQuiet(java.util.function.Supplier<String> seen) {
        Wait.until(
                "every event at every subscriber",
                DRAIN,
                () -> {
                    for (String subscriber : SUBSCRIBERS) {
                        if (!oracle.judge(told(subscriber), Set.of()).lost().isEmpty()) {
                            return false;
                        }
                    }
                    return open() == 0 && unread() == 0;
                },
                () -> "open " + quietly(this::open) + ", unread " + quietly(this::unread) + "\n" + seen.get());
    }

    private static String quietly(java.util.concurrent.Callable<Long> what) {
        try {
            return String.valueOf(what.call());
        } catch (Exception e) {
            return e.toString();
        }
    }

    private long open() throws SQLException {
        return Long.parseLong(ledger.texts("select (select count(*) from work where state in ('WAITING', 'PARKED'))"
                        + " + (select count(*) from outbox where published = false)")
                .get(0));
    }

    /** Events that wait for the broker. */
    public long waiting() throws SQLException {
        return Long.parseLong(
                ledger.texts("select count(*) from work where type = 'event.publish' and state = 'WAITING'")
                        .get(0));
    }

    /** Records behind the group's offsets. */
    public long unread() throws ExecutionException, InterruptedException {
        try (AdminClient admin = broker.admin(Map.of())) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long unread = 0;
            for (var end : ends(admin).entrySet()) {
                OffsetAndMetadata mine = committed.get(end.getKey());
                unread += end.getValue() - (mine == null ? 0 : mine.offset());
            }
            return unread;
        }
    }

    private static Map<TopicPartition, Long> ends(AdminClient admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        Objects.requireNonNull(admin.describeTopics(List.of(TOPIC))
                        .allTopicNames()
                        .get()
                        .get(TOPIC))
                .partitions()
                .forEach(one -> asked.put(new TopicPartition(TOPIC, one.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Every record comes again; no hub may run. */
    public long forget() throws ExecutionException, InterruptedException {
        try (AdminClient admin = broker.admin(Map.of())) {
            Map<TopicPartition, Long> ends = ends(admin);
            Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
            ends.keySet().forEach(partition -> begin.put(partition, new OffsetAndMetadata(0)));
            Wait.until(
                    "the group is empty",
                    DRAIN,
                    () -> {
                        admin.alterConsumerGroupOffsets(GROUP, begin).all().get();
                        return true;
                    },
                    () -> "");
            return ends.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** What a reader from outside sees. @param items in the order of each partition, the first time each is there */
    public record Read(long records, List<String> items, Set<String> accounts) {}

    public Read read() throws ExecutionException, InterruptedException, IOException {
        Map<TopicPartition, Long> ends;
        try (AdminClient admin = broker.admin(Map.of())) {
            ends = ends(admin);
        }
        try (KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer())) {
            reader.assign(ends.keySet());
            reader.seekToBeginning(ends.keySet());
            long records = 0;
            Map<String, String> first = new LinkedHashMap<>();
            Set<String> accounts = new TreeSet<>();
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> record : reader.poll(Duration.ofMillis(500))) {
                    JsonNode event = Http.JSON.readTree(record.value());
                    records++;
                    accounts.add(event.path("account").asText());
                    first.putIfAbsent(
                            event.path("id").asText(),
                            event.path("data").path("item").asText());
                }
            }
            return new Read(records, List.copyOf(first.values()), accounts);
        }
    }
}
