package io.caravan.hub.connectors.delivery.outbox;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a record: CloudEvents 1.0 in structured mode, JSON. Its own attributes are {@code account},
 * {@code traceid}, {@code jobid} and {@code causeid}; {@code source} is the installation that told it.
 */
public final class Envelope {

    /** Largest record in bytes, and largest payload in characters: what each database and a broker's default take. */
    public static final int LARGEST = 1_000_000;

    public static final String SOURCE = "source";
    public static final String TYPE = "type";
    public static final String SUBJECT = "subject";
    public static final String ACCOUNT = "account";

    private static final String VERSION = "1.0";
    private static final String INSTALLATION = "urn:caravan:";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Envelope() {}

    /** @param installation whose event it is */
    public static Map<String, Object> of(Event event, String installation) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("specversion", VERSION);
        envelope.put("id", event.id());
        envelope.put(SOURCE, source(installation));
        envelope.put(TYPE, event.topic());
        envelope.put(SUBJECT, event.key());
        envelope.put("time", event.time().toString());
        envelope.put("datacontenttype", "application/json");
        envelope.put(ACCOUNT, event.account().value());
        put(envelope, "traceid", event.traceId());
        put(envelope, "jobid", event.jobId());
        put(envelope, "causeid", event.workId());
        // a payload that no record can hold: the item that is to publish it says so and is a dead letter
        envelope.put("data", event.payload().length() > LARGEST ? null : Json.map(event.payload()));
        return envelope;
    }

    public static String source(String installation) {
        return INSTALLATION + installation;
    }

    private static void put(Map<String, Object> envelope, String name, @Nullable String value) {
        if (value != null) {
            envelope.put(name, value);
        }
    }

    /**
     * @param record the record's value, null for a tombstone
     * @param topic what the record's topic is called in the outbox
     * @throws UnreadableEvent saying what is wrong; nothing in the database would refuse what passes here
     */
    public static Event read(byte @Nullable [] record, String topic, String installation) throws UnreadableEvent {
        if (record == null || record.length == 0) {
            throw new UnreadableEvent(record == null ? "no value (a tombstone)" : "an empty value");
        }
        if (record.length > LARGEST) {
            throw new UnreadableEvent(record.length + " bytes, more than " + LARGEST);
        }
        try {
            String text = text(record);
            if (!text.stripLeading().startsWith("{")) {
                throw new UnreadableEvent("not a JSON object");
            }
            return event(Json.map(text), topic, installation);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEvent(String.valueOf(e.getMessage()));
        }
    }

    private static String text(byte[] record) throws UnreadableEvent {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableEvent("not UTF-8");
        }
    }

    private static Event event(Map<String, Object> envelope, String topic, String installation) throws UnreadableEvent {
        same(envelope, "specversion", VERSION, "no CloudEvents envelope");
        same(envelope, SOURCE, source(installation), "of another installation");
        same(envelope, TYPE, topic, "of another topic");
        String id = Checks.id("id", required(envelope, "id"));
        String key = Checks.text(SUBJECT, required(envelope, SUBJECT), 200);
        String trace = text(envelope, "traceid", 64);
        if (CONTROL.matcher(key).find()
                || trace != null && CONTROL.matcher(trace).find()) {
            throw new UnreadableEvent("control characters in subject or traceid");
        }
        if (!(envelope.get("data") instanceof Map<?, ?> data)) {
            throw new UnreadableEvent("data is no JSON object");
        }
        String payload = Json.write(data);
        if (payload.length() > LARGEST) {
            throw new UnreadableEvent("data of " + payload.length() + " characters, more than " + LARGEST);
        }
        return new Event(
                id,
                new AccountId(required(envelope, ACCOUNT)),
                topic,
                key,
                Instant.parse(required(envelope, "time")),
                payload,
                trace,
                id(envelope, "jobid"),
                id(envelope, "causeid"));
    }

    private static void same(Map<String, Object> envelope, String name, String wanted, String otherwise)
            throws UnreadableEvent {
        Object is = envelope.get(name);
        if (!wanted.equals(is)) {
            String shown = String.valueOf(is);
            throw new UnreadableEvent(otherwise + ": " + name + " is "
                    + shown.substring(0, Math.min(100, shown.length())) + ", not " + wanted);
        }
    }

    private static String required(Map<String, Object> envelope, String name) throws UnreadableEvent {
        if (envelope.get(name) instanceof String text) {
            return text;
        }
        throw new UnreadableEvent(name + " is missing");
    }

    private static @Nullable String id(Map<String, Object> envelope, String name) throws UnreadableEvent {
        String id = text(envelope, name, 26);
        return id == null ? null : Checks.id(name, id);
    }

    private static @Nullable String text(Map<String, Object> envelope, String name, int max) throws UnreadableEvent {
        return envelope.get(name) == null ? null : Checks.text(name, required(envelope, name), max);
    }
}
