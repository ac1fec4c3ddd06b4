package io.caravan.hub.routes.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The real routes with a real broker. What kills and pauses do is tried in proof/. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsFlowTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOLD = "hub.proof.told.v1";

    private BrokerProcess broker;
    private FlowHub hub;
    private EventsHub events;
    private KafkaProducer<String, byte[]> stranger;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = BrokerProcess.at(folder.resolve("kafka")).start().awaitReady();
        hub = EventsHub.setup(broker)
                .with("hub.delivery.subscribers[proof.unheard]", "")
                .start();
        events = new EventsHub(hub);
        stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address(), "max.request.size", "4000000"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    void stop() {
        stranger.close();
        hub.close();
        broker.close();
    }

    @Test
    void shouldTakeAnEventOfEachTopicToTheBrokerAndToEachSubscriberOnce() throws Exception {
        Map<String, String> topics = new TreeMap<>();
        hub.bean(DeliveryEngine.class)
                .subscriptions()
                .topics()
                .forEach(topic -> topics.put("hub." + topic + ".v1", topic));
        assertThat(topics.values()).contains("trend.scored", "listing.live", "product.created", "proof.unheard");
        String key = "topics";
        // a key each: what a subscriber makes of it may hold its lane up
        topics.values().forEach(topic -> events.tell(topic, key + "-" + topic, Map.of("item", key + "-" + topic)));

        List<ConsumerRecord<String, byte[]>> records = await("records")
                .atMost(FlowHub.PATIENCE)
                .until(() -> read(key), found -> found.size() >= topics.size());

        assertThat(records).hasSameSizeAs(topics.keySet());
        for (ConsumerRecord<String, byte[]> record : records) {
            JsonNode event = JSON.readTree(record.value());
            assertThat(record.topic()).isEqualTo("hub." + event.path("type").asText() + ".v1");
            String subject = key + "-" + event.path("type").asText();
            assertThat(record.key()).isEqualTo("default|" + subject);
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("id").asText()).hasSize(26);
            assertThat(event.path("source").asText()).startsWith("urn:caravan:");
            assertThat(event.path("subject").asText()).isEqualTo(subject);
            assertThat(event.path("account").asText()).isEqualTo("default");
            assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
            assertThat(event.path("data").path("item").asText()).isEqualTo(subject);
            assertThat(record.headers().toArray())
                    .as("a kind of text, and nothing of ours")
                    .singleElement()
                    .isEqualTo(new RecordHeader(
                            "content-type", "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8)));
        }
        for (String type : List.of("proof.first", "proof.second")) {
            events.done(type, key + "-proof.told");
        }
    }

    @Test
    void shouldKeepTheOrderOfEachKey() throws Exception {
        for (int i = 0; i < 60; i++) {
            events.tell("proof.told", "order-" + i % 3, Map.of("item", "order-" + i % 3 + "-" + (100 + i)));
        }
        events.done("proof.first", "order-0-157");
        events.done("proof.first", "order-1-158");
        events.done("proof.first", "order-2-159");
        for (int key = 0; key < 3; key++) {
            List<String> items = new ArrayList<>();
            for (String payload : hub.sql()
                    .sql("select payload from work where type = 'proof.first' and lane_key = ? order by seq")
                    .param("default|order-" + key)
                    .query(String.class)
                    .list()) {
                items.add(JSON.readTree(payload).path("item").asText());
            }
            assertThat(items).hasSize(20).isSorted();
        }
    }

    @Test
    void shouldTakeARecordThatComesAgainNoSecondTime() throws Exception {
        events.tell("proof.told", "again", Map.of("item", "again"));
        events.done("proof.first", "again");
        ConsumerRecord<String, byte[]> record = read("again").get(0);

        for (int i = 0; i < 3; i++) {
            // another partition too: as after somebody changed their number
            stranger.send(new ProducerRecord<>(TOLD, i, record.key(), record.value()))
                    .get();
        }
        allRead();

        events.done("proof.first", "again");
        events.done("proof.second", "again");
    }

    @Test
    void shouldRefuseWhatIsNoEventOfOursWithTheReasonAndGoOn() throws Exception {
        events.tell("proof.told", "poison", Map.of("item", "poison-before"));
        events.done("proof.first", "poison-before");
        ObjectNode good = (ObjectNode) JSON.readTree(read("poison").get(0).value());
        Map<String, byte[]> poison = new LinkedHashMap<>();
        poison.put("not a JSON object", "{\"no".getBytes(UTF_8));
        poison.put("not UTF-8", new byte[] {'{', (byte) 0xC3, '}'});
        poison.put("a tombstone", null);
        poison.put("an empty value", new byte[0]);
        poison.put("more than 1000000", ("{\"data\": \"" + "x".repeat(2_000_000) + "\"}").getBytes(UTF_8));
        poison.put("no CloudEvents envelope", "{\"order\": 17}".getBytes(UTF_8));
        poison.put("of another installation", changed(good, "source", "urn:caravan:elsewhere"));
        poison.put("of another topic", changed(good, "type", "trend.scored"));
        poison.put("there is no account nobody", changed(good, "account", "nobody"));
        poison.put("account must be", changed(good, "account", "de fault"));
        poison.put("id must be", changed(good, "id", "../../x"));
        poison.put("control characters", changed(good, "subject", "a\u0000b"));
        poison.put("traceid must have at most", changed(good, "traceid", "x".repeat(65)));
        poison.put("could not be parsed", changed(good, "time", "yesterday"));
        long before = hub.count("select count(*) from inbox where state = 'DEAD'");
        for (byte[] value : poison.values()) {
            stranger.send(new ProducerRecord<>(TOLD, 0, "default|poison", value))
                    .get();
        }
        // in the same partition, behind all of it
        stranger.send(new ProducerRecord<>(TOLD, 0, "default|poison", fresh(good, "poison-behind")))
                .get();
        stranger.send(new ProducerRecord<>("hub.trend.scored.v1", "default|poison", changed(good, "type", "x")))
                .get();

        events.done("proof.first", "poison-behind");
        allRead();
        await("all are recorded")
                .atMost(FlowHub.PATIENCE)
                .until(() ->
                        hub.count("select count(*) from inbox where state = 'DEAD'") == before + poison.size() + 1);
        List<String> reasons = hub.sql()
                .sql("select reason from inbox where state = 'DEAD'")
                .query(String.class)
                .list();
        poison.keySet().forEach(reason -> assertThat(reasons).anyMatch(one -> one.contains(reason)));
        assertThat(hub.sql()
                        .sql("select raw from inbox where reason like '%not a JSON object%'")
                        .query(byte[].class)
                        .list())
                .anyMatch(raw -> new String(raw, UTF_8).equals("{\"no"));
        JsonNode letters = hub.until(
                "/api/v1/dead-letters?type=event.refused&limit=200",
                page -> page.path("items").size() >= poison.size() + 1);
        assertThat(letters.toString()).contains("of another installation").contains("not UTF-8");
    }

    @Test
    void shouldLeaveARecordAtTheBrokerUntilTheDatabaseTakesIt() throws Exception {
        events.tell("proof.told", "away", Map.of("item", "away-before"));
        events.done("proof.first", "away-before");
        allRead();
        ObjectNode good = (ObjectNode) JSON.readTree(read("away").get(0).value());
        hub.sql().sql("alter table inbox rename to inbox_away").update();
        long failed = failures();
        try {
            for (int i = 0; i < 5; i++) {
                stranger.send(new ProducerRecord<>(TOLD, 1, "default|away", fresh(good, "away-" + i)))
                        .get();
            }
            await("it is tried again and again").atMost(FlowHub.PATIENCE).until(() -> failures() >= failed + 3);
            assertThat(unread()).as("offsets stay").isEqualTo(5);
        } finally {
            hub.sql().sql("alter table inbox_away rename to inbox").update();
        }
        for (int i = 0; i < 5; i++) {
            events.done("proof.first", "away-" + i);
        }
        allRead();
    }

    private long failures() throws Exception {
        return Objects.requireNonNull(Objects.requireNonNull(
                                hub.camel().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class))
                        .getManagedRoute("events-receive"))
                .getExchangesFailed();
    }

    @Test
    void shouldHearNothingOfARecordsHeaders() throws Exception {
        events.tell("proof.told", "headers", Map.of("item", "headers-before"));
        events.done("proof.first", "headers-before");
        ObjectNode good = (ObjectNode) JSON.readTree(read("headers").get(0).value());
        List<String> names = new ArrayList<>();
        CamelCatalog catalog = new DefaultCamelCatalog();
        for (String component : catalog.findComponentNames()) {
            catalog.componentModel(component).getEndpointHeaders().forEach(header -> names.add(header.getName()));
        }
        names.addAll(List.of("account", "traceId", "record", "Authorization", "CamelBeanMethodName"));
        assertThat(names).hasSizeGreaterThan(2_000).contains("kafka.OVERRIDE_TOPIC", "kafka.TOPIC", "CamelHttpUri");
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(TOLD, "default|headers", fresh(good, "headers-behind"));
        names.forEach(name -> record.headers().add(name, "hub.listing.live.v1".getBytes(UTF_8)));
        long dead = hub.count("select count(*) from inbox where state = 'DEAD' and reason like '%none of ours%'");

        stranger.send(record).get();

        events.done("proof.first", "headers-behind");
        events.done("proof.second", "headers-behind");
        assertThat(hub.count("select count(*) from inbox where state = 'DEAD' and reason like '%none of ours%'"))
                .isEqualTo(dead);
        assertThat(read("headers-behind")).as("nothing went elsewhere").hasSize(0);
    }

    @Test
    void shouldPublishNothingOfATopicThatNobodyConfiguredAndSayWhichOnRequest() {
        events.tell("proof.forgotten", "nowhere", Map.of("item", "nowhere"));

        JsonNode letters = hub.until(
                "/api/v1/dead-letters?type=event.publish&limit=200",
                page -> page.toString().contains("proof.forgotten"));

        assertThat(letters.toString()).contains("hub.delivery.subscribers");
    }

    @Test
    void shouldPublishAnEditedDeadLetterForItsOwnAccountAlone() throws Exception {
        events.tell("proof.mistyped", "edited", Map.of("item", "edited"));
        JsonNode letter = hub.until(
                        "/api/v1/dead-letters?type=event.publish&limit=200",
                        page -> page.toString().contains("proof.mistyped"))
                .path("items")
                .valueStream()
                .filter(one -> one.toString().contains("proof.mistyped"))
                .findFirst()
                .orElseThrow();
        String path = "/api/v1/dead-letters/" + letter.path("id").asText();
        ObjectNode payload = (ObjectNode) hub.get(path).body().path("payload");
        payload.put("type", "proof.told").put("account", "another").put("source", "urn:caravan:elsewhere");
        assertThat(hub.send("PATCH", path, Map.of("payload", payload, "reason", "mended"))
                        .status())
                .isEqualTo(200);
        assertThat(hub.post(path + "/replay", Map.of("reason", "again")).status())
                .isBetween(200, 299);

        events.done("proof.first", "edited");
        JsonNode event = JSON.readTree(read("edited").get(0).value());
        assertThat(event.path("account").asText()).isEqualTo("default");
    }

    /** Until the group has committed all there is. */
    private void allRead() {
        await("everything is read")
                .atMost(FlowHub.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> unread() == 0);
    }

    private long unread() throws Exception {
        try (AdminClient admin = broker.admin(Map.of());
                KafkaConsumer<String, byte[]> reader = reader()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("caravan")
                    .partitionsToOffsetAndMetadata()
                    .get();
            long unread = 0;
            for (Map.Entry<TopicPartition, Long> end :
                    reader.endOffsets(partitions(reader, TOLD)).entrySet()) {
                OffsetAndMetadata mine = committed.get(end.getKey());
                unread += end.getValue() - (mine == null ? 0 : mine.offset());
            }
            return unread;
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> reader, String prefix) {
        return reader.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(prefix))
                .flatMap(topic -> IntStream.range(0, topic.getValue().size())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                .toList();
    }

    private KafkaConsumer<String, byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Records of all topics whose key begins so that were not sent by the stranger again: the first of each event. */
    private List<ConsumerRecord<String, byte[]>> read(String key) {
        try (KafkaConsumer<String, byte[]> reader = reader()) {
            List<TopicPartition> all = partitions(reader, "hub.");
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            Map<String, ConsumerRecord<String, byte[]>> found = new HashMap<>();
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(500))) {
                    if (record.key().startsWith("default|" + key)) {
                        found.putIfAbsent(record.topic() + new String(record.value(), UTF_8), record);
                    }
                }
            }
            return List.copyOf(found.values());
        }
    }

    private static byte[] changed(ObjectNode event, String name, String value) throws Exception {
        return JSON.writeValueAsBytes(event.deepCopy().put(name, value));
    }

    /** The same installation's event, with an id and an item of its own. */
    private static byte[] fresh(ObjectNode event, String item) throws Exception {
        ObjectNode copy = event.deepCopy().put("id", "x" + item);
        ((ObjectNode) copy.path("data")).put("item", item);
        return JSON.writeValueAsBytes(copy);
    }
}
