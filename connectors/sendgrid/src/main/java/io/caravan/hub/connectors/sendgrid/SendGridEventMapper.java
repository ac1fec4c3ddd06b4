package io.caravan.hub.connectors.sendgrid;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;

/** The event webhook's body to events: batched, repeated, out of order. Keeps each one that it is sent. */
public final class SendGridEventMapper {

    private static final int LONGEST_TEXT = 1_000;
    /** The last second of the year 9999, in seconds since 1970. */
    private static final long LATEST = 253_402_300_799L;

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Shape: in, the verified raw body; out, one event for each element, in its order.
     *
     * @throws IllegalArgumentException when the body is not a JSON array of objects
     */
    public List<MailEvent> events(@Body byte[] raw) {
        JsonNode array;
        try {
            array = json.readTree(raw);
        } catch (IOException e) {
            throw new IllegalArgumentException("the events are not JSON", e);
        }
        if (!array.isArray()) {
            throw new IllegalArgumentException("the events are not a JSON array");
        }
        List<MailEvent> events = new ArrayList<>();
        for (JsonNode event : array) {
            if (!event.isObject()) {
                throw new IllegalArgumentException("event " + events.size() + " is not a JSON object");
            }
            events.add(event(event));
        }
        return List.copyOf(events);
    }

    private static MailEvent event(JsonNode event) {
        String kind = text(event, "event");
        String reason = text(event, "reason");
        return new MailEvent(
                text(event, "sg_event_id"),
                messageId(text(event, "sg_message_id")),
                text(event, "hub_message_id"),
                kind.isEmpty() ? "unknown" : kind,
                hash(text(event, "email")),
                Instant.ofEpochSecond(
                        Math.min(Math.max(0, event.path("timestamp").asLong(0)), LATEST)),
                reason.isEmpty() && !kind.equals("delivered") ? text(event, "response") : reason,
                categories(event.path("category")));
    }

    /** What comes before the name of the machine that handled it; some events of dropped mails hold that name alone. */
    private static String messageId(String sgMessageId) {
        if (sgMessageId.matches("(filter|recvd)[^.]*\\..*")) {
            return "";
        }
        int dot = sgMessageId.indexOf('.');
        return dot < 0 ? sgMessageId : sgMessageId.substring(0, dot);
    }

    private static List<String> categories(JsonNode category) {
        List<String> all = new ArrayList<>();
        if (category.isArray()) {
            category.forEach(one -> all.add(one.asText()));
        } else if (category.isValueNode() && !category.isNull()) {
            all.add(category.asText());
        }
        return all;
    }

    private static String hash(String email) {
        if (email.isEmpty()) {
            return "";
        }
        try {
            byte[] bytes = email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }

    private static String text(JsonNode event, String name) {
        String text = event.path(name).isValueNode() && !event.path(name).isNull()
                ? event.path(name).asText()
                : "";
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
