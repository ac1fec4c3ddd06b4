package io.caravan.hub.routes.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.routes.events.broker.BrokerProcess;
import io.caravan.hub.routes.policy.FlowHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a caller's request to the record, and from a stranger's record to what is asked of a vendor: no header comes along. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsHeadersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "hub_header-tests-alone-know-this-key";

    /** Value of every header: a topic that the broker would make if anybody sent there. */
    private static final String CANARY = "hub.proof.canary.v1";

    private BrokerProcess broker;
    private FlowHub hub;
    private EventsHub events;
    private final Seen seen = new Seen();

    /** Which routes ran behind the request's own, and what of their exchanges held the canary. */
    private static final class Seen extends EventNotifierSupport {

        final Set<String> routes = ConcurrentHashMap.newKeySet();
        final Queue<String> canaries = new ConcurrentLinkedQueue<>();

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeEvent told) {
                Exchange exchange = told.getExchange();
                String route = exchange.getFromRouteId() == null
                        ? exchange.getFromEndpoint().getEndpointUri()
                        : exchange.getFromRouteId();
                if (route.equals("proof-tell") || route.startsWith("platform-http")) {
                    return;
                }
                routes.add(route);
                Map<String, Object> all = new HashMap<>(exchange.getMessage().getHeaders());
                all.putAll(exchange.getVariables());
                all.putAll(exchange.getProperties());
                all.forEach((name, value) -> {
                    String text = value instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(value);
                    if (text.contains(CANARY)) {
                        canaries.add(event.getType() + " of " + route + ": " + name);
                    }
                });
            }
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = BrokerProcess.at(folder.resolve("kafka")).start().awaitReady();
        hub = EventsHub.setup(broker).with("hub.admin.key", KEY).start();
        events = new EventsHub(hub);
        seen.start();
        hub.camel().getManagementStrategy().addEventNotifier(seen);
    }

    @AfterAll
    void stop() {
        hub.close();
        broker.close();
    }

    @Test
    void shouldPutNothingOfACallersHeadersIntoARecord() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.address("/proof/events"))
                .header("Authorization", "Bearer " + KEY)
                .header("Idempotency-Key", "headers-of-a-caller")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"item\":\"called\",\"lane\":\"called\"}"));
        Set<String> names = new TreeSet<>();
        new DefaultCamelCatalog()
                .componentModel("kafka")
                .getEndpointHeaders()
                .forEach(header -> names.add(header.getName()));
        assertThat(names).contains("kafka.OVERRIDE_TOPIC", "kafka.KEY", "kafka.PARTITION_KEY");
        names.addAll(List.of(
                "CamelKafkaTopic",
                "CamelKafkaOverrideTopic",
                "CamelHttpUri",
                "CamelBeanMethodName",
                "ce-source",
                "content-encoding-x",
                "account",
                "recordTopic",
                "variable.recordTopic",
                "topic",
                "Cookie",
                "Proxy-Authorization",
                "X-Anything"));
        names.forEach(name -> request.header(name, CANARY));
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        ConsumerRecord<String, byte[]> record = record("called");

        assertThat(record.topic()).isEqualTo("hub.proof.told.v1");
        assertThat(record.key()).isEqualTo("default|called");
        assertThat(record.headers().toArray())
                .singleElement()
                .satisfies(header -> assertThat(header.key()).isEqualTo("content-type"));
        assertThat(new String(record.value(), UTF_8)
                        + new String(record.headers().toArray()[0].value(), UTF_8))
                .doesNotContain(CANARY)
                .doesNotContain(KEY);
        assertThat(topics()).doesNotContain(CANARY);
        events.done("proof.first", "called");
        events.done("proof.second", "called");
        assertThat(seen.routes).contains("proof-telling", "events-publish", "events-receive", "proof-first");
        assertThat(seen.canaries).isEmpty();
        assertThat(hub.count("select count(*) from work where payload like ?", "%" + CANARY + "%"))
                .isZero();
    }

    @Test
    void shouldLetNothingOfAStrangersHeadersReachARouteOrAVendor() throws Exception {
        hub.bean(DeliveryEngine.class)
                .outbox()
                .publish(new AccountId("default"), "listing.failed", "own", notice("own"), null, null);
        mailed("own");
        ObjectNode event = (ObjectNode) JSON.readTree(record("own").value());
        event.put("id", "strangers");
        event.set("data", JSON.readTree(notice("strangers")));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>("hub.listing.failed.v1", "default|own", JSON.writeValueAsBytes(event));
        for (String component : List.of("kafka", "http", "bean", "direct", "file", "log", "quartz", "sql", "seda")) {
            new DefaultCamelCatalog()
                    .componentModel(component)
                    .getEndpointHeaders()
                    .forEach(header -> record.headers().add(header.getName(), CANARY.getBytes(UTF_8)));
        }
        for (String name : List.of("Authorization", "X-Anything", "Host", "account", "workId", "Idempotency-Key")) {
            record.headers().add(name, CANARY.getBytes(UTF_8));
        }
        seen.routes.clear();
        try (KafkaProducer<String, byte[]> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            stranger.send(record).get();
        }

        ReceivedRequest mail = mailed("strangers");

        assertThat(mail.headers().toString() + mail.query() + mail.body()).doesNotContain(CANARY);
        assertThat(seen.routes).contains("events-receive", "notify-listing-failed");
        assertThat(seen.canaries).isEmpty();
        assertThat(topics()).doesNotContain(CANARY);
        for (String vendor : List.of("sendgrid", "etsy", "printify", "openai")) {
            assertThat(hub.sandbox().requests(vendor))
                    .allSatisfy(asked -> assertThat(asked.toString()).doesNotContain(CANARY));
        }
    }

    private static String notice(String listing) throws Exception {
        return JSON.writeValueAsString(Map.of(
                "notice",
                "listing-failed",
                "notice_id",
                "failed-" + listing,
                "listing_id",
                "listing-of-" + listing,
                "cause",
                "told by a test"));
    }

    private ReceivedRequest mailed(String listing) {
        return await("mail of " + listing)
                .atMost(FlowHub.PATIENCE)
                .until(() -> hub.asked("sendgrid", "/v3/mail/send", "listing-of-" + listing), sent -> !sent.isEmpty())
                .get(0);
    }

    private Set<String> topics() {
        try (KafkaConsumer<String, byte[]> reader = reader()) {
            return reader.listTopics().keySet();
        }
    }

    private KafkaConsumer<String, byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The one record with this key's end, of any topic, when it is there. */
    private ConsumerRecord<String, byte[]> record(String key) {
        return await("record of " + key)
                .atMost(FlowHub.PATIENCE)
                .until(() -> records(key), found -> found.size() == 1)
                .get(0);
    }

    private List<ConsumerRecord<String, byte[]>> records(String key) {
        try (KafkaConsumer<String, byte[]> reader = reader()) {
            List<TopicPartition> all = reader.listTopics().values().stream()
                    .flatMap(List::stream)
                    .filter(one -> one.topic().startsWith("hub."))
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofMillis(500)).forEach(record -> {
                    if (record.key().endsWith("|" + key)) {
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }
}
