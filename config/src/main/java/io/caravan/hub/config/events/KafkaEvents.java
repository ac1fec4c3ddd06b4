package io.caravan.hub.config.events;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.delivery.inbox.InboxEvent;
import io.caravan.hub.connectors.delivery.outbox.Envelope;
import io.caravan.hub.connectors.delivery.outbox.Event;
import io.caravan.hub.connectors.delivery.outbox.Subscriptions;
import io.caravan.hub.connectors.delivery.outbox.UnreadableEvent;
import io.caravan.hub.connectors.delivery.unit.Unit;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.delivery.work.Suspended;
import io.caravan.hub.connectors.delivery.work.Vars;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.delivery.FaultPoint;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bean {@code events}: what the routes in {@code routes/events} do with records. */
public final class KafkaEvents {

    /** Work type of a record that could not be read: it ends as a dead letter for the hub's operator. */
    static final String REFUSED = "event.refused";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEvents.class);

    /** Until an event that the broker did not take is tried again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private static final String ARRIVED = "record";
    private static final String TOPIC = "recordTopic";
    private static final String KAFKA = "Kafka: ";
    private static final int KEPT = 500_000;
    private static final int SHOWN = 2_000;

    private final DeliveryEngine engine;
    private final Topics topics;
    private final Accounts accounts;
    private final AccountId operator;
    private final MissingTopics missing;

    KafkaEvents(DeliveryEngine engine, Topics topics, Accounts accounts, AccountId operator, MissingTopics missing) {
        this.engine = engine;
        this.topics = topics;
        this.missing = missing;
        this.accounts = accounts;
        this.operator = operator;
    }

    /** Where a record came from, and how its offset is committed: read before its headers are thrown away. */
    record Arrival(String topic, int partition, long offset, long time, KafkaManualCommit commit) {

        /** No id of an event has a space in it. */
        String id() {
            return "partition " + partition + " offset " + offset + " at " + time;
        }
    }

    /**
     * The body becomes the value of a record. Whose event it is says the work item, not what stands in its payload, which
     * people may edit.
     *
     * @throws IllegalArgumentException when it can be published nowhere
     * @throws Suspended when the broker does not have its topic, as others found out
     */
    public void record(@Body Map<String, Object> envelope, Exchange exchange) {
        AccountId account = Vars.account(exchange);
        if (!(envelope.get("data") instanceof Map)) {
            throw new IllegalArgumentException("no data, or more than " + Envelope.LARGEST + " characters of it");
        }
        String topic = topics.record(String.valueOf(envelope.get(Envelope.TYPE)));
        exchange.setVariable(TOPIC, topic);
        missing.pause(topic).ifPresent(pause -> {
            throw again(pause, Refusal.missing(topic));
        });
        Map<String, Object> checked = new LinkedHashMap<>(envelope);
        checked.put(Envelope.ACCOUNT, account.value());
        checked.put(Envelope.SOURCE, Envelope.source(engine.effects().installation()));
        Message message = exchange.getMessage();
        message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
        message.setHeader(KafkaConstants.KEY, account.value() + "|" + envelope.get(Envelope.SUBJECT));
        message.setHeader(RecordHeaders.CONTENT_TYPE, "application/cloudevents+json; charset=UTF-8");
        message.setBody(Json.write(checked).getBytes(StandardCharsets.UTF_8));
    }

    /** The broker has it. */
    public void sent(Exchange exchange) {
        missing.there(topic(exchange));
        FaultPoint.CP27_ACKED_BEFORE_MARK.hit(KafkaProperties.PUBLISH);
    }

    /** The broker did not take it: that a broker is away, or lets nobody in, is no reason to give an event up. */
    public void failed(@ExchangeException Exception failure, Exchange exchange) {
        Unit unit = Objects.requireNonNull(Unit.current(), "an event is published by work alone");
        unit.fail(failure instanceof Suspended waits ? waits : judged(failure, exchange));
    }

    private RuntimeException judged(Exception failure, Exchange exchange) {
        int bytes = exchange.getMessage().getBody() instanceof byte[] record ? record.length : 0;
        Refusal refusal = Refusal.of(failure, topic(exchange), bytes);
        if (refusal.missing()) {
            missing.missing(topic(exchange));
        }
        return refusal.lasting()
                ? new IllegalArgumentException(KAFKA + refusal.why(), failure)
                : again(AGAIN, refusal.why());
    }

    private static Suspended again(Duration pause, String why) {
        return new Suspended(Instant.now().plus(pause), KAFKA + why, Suspended.AtGiveUp.BEGINS_ANEW);
    }

    private static String topic(Exchange exchange) {
        return exchange.getVariable(TOPIC, "none", String.class);
    }

    /** Keeps what the consumer says of the record, before everything else in its headers is removed. */
    public void arrived(Exchange exchange) {
        Message record = exchange.getMessage();
        exchange.setVariable(
                ARRIVED,
                new Arrival(
                        record.getHeader(KafkaConstants.TOPIC, String.class),
                        record.getHeader(KafkaConstants.PARTITION, Integer.class),
                        record.getHeader(KafkaConstants.OFFSET, Long.class),
                        record.getHeader(KafkaConstants.TIMESTAMP, 0L, Long.class),
                        record.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)));
    }

    /**
     * Stores the event and the work of its subscribers, once. What cannot be read is stored with the reason.
     *
     * @throws RuntimeException when the database did not take it: the offset stays, the record comes again
     */
    public void receive(Exchange exchange) {
        Arrival from = Objects.requireNonNull(exchange.getVariable(ARRIVED, Arrival.class));
        byte[] raw = exchange.getMessage().getBody(byte[].class);
        String topic = topics.event(from.topic());
        try {
            if (topic == null) {
                throw new UnreadableEvent("of a topic that is none of ours");
            }
            Event event = Envelope.read(raw, topic, engine.effects().installation());
            known(event.account());
            store(event, raw);
        } catch (UnreadableEvent e) {
            refuse(from, raw == null ? new byte[0] : raw, String.valueOf(e.getMessage()));
        }
    }

    private void known(AccountId account) throws UnreadableEvent {
        try {
            accounts.requireKnown(account);
        } catch (NoSuchElementException e) {
            throw new UnreadableEvent(String.valueOf(e.getMessage()));
        }
    }

    private void store(Event event, byte[] raw) throws UnreadableEvent {
        String source = Subscriptions.SOURCE + event.topic();
        try {
            boolean fresh = engine.inbox()
                    .receive(
                            new InboxEvent(source, event.account(), event.id(), raw, true, null, null),
                            engine.subscriptions().work(event));
            LOG.debug("{} {} is {}", source, event.id(), fresh ? "taken in" : "known");
        } catch (RuntimeException e) {
            if (isRefusedForGood(e)) {
                throw new UnreadableEvent(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** A value that the database cannot hold (SQL state 22...), now or later: it must not stop the partition. */
    private static boolean isRefusedForGood(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(one -> one instanceof SQLException sql
                        && String.valueOf(sql.getSQLState()).startsWith("22"));
    }

    private void refuse(Arrival from, byte[] raw, String reason) {
        LOG.warn("record of {}, {}, is refused: {}", from.topic(), from.id(), reason);
        byte[] kept = raw.length > KEPT ? Arrays.copyOf(raw, KEPT) : raw;
        String text = new String(kept, 0, Math.min(kept.length, SHOWN), StandardCharsets.UTF_8).replace("\0", "");
        NewWork letter = NewWork.of(
                operator,
                REFUSED,
                "topic " + from.topic(),
                Map.of(
                        "topic",
                        from.topic(),
                        "partition",
                        from.partition(),
                        "offset",
                        from.offset(),
                        "bytes",
                        raw.length,
                        "reason",
                        reason,
                        "text",
                        text));
        engine.inbox()
                .receive(
                        new InboxEvent(
                                "refused:kafka", operator, from.topic() + " " + from.id(), kept, false, null, reason),
                        List.of(letter));
    }

    /** The record is done with, here and for all other nodes. */
    public void commit(Exchange exchange) {
        Objects.requireNonNull(exchange.getVariable(ARRIVED, Arrival.class))
                .commit()
                .commit();
        FaultPoint.CP31_AFTER_OFFSET.hit();
    }
}
