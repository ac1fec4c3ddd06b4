package io.caravan.hub.connectors.sendgrid.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells a webhook what became of the mails, as badly as the vendor may: the end before the beginning, the beginning
 * twice, several in one batch, and on a refusal again under new event ids.
 */
final class EventPoster {

    private static final long[] RETRY_MS = {200, 1_000, 5_000};

    private final SandboxState state;
    private final SigningKeys keys;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "sandbox-sendgrid-events");
        thread.setDaemon(true);
        return thread;
    });

    EventPoster(SandboxState state, SigningKeys keys) {
        this.state = state;
        this.keys = keys;
    }

    /** Plans the events of a mail; none when no webhook is set. */
    void tell(ObjectNode mail, String messageId) {
        Optional<String> url =
                state.get("_settings", "webhook").map(set -> set.path("url").asText());
        if (url.isEmpty() || url.get().isEmpty()) {
            return;
        }
        ArrayNode first = SandboxState.object().putArray("events");
        ArrayNode second = SandboxState.object().putArray("events");
        for (JsonNode personal : mail.path("personalizations")) {
            for (JsonNode recipient : personal.path("to")) {
                String email = recipient.path("email").asText();
                ObjectNode processed = event(mail, personal, email, messageId, "processed", 0);
                first.add(end(mail, personal, email, messageId));
                first.add(processed);
                second.add(processed.deepCopy());
            }
        }
        post(url.get(), first, 0);
        post(url.get(), second, 0);
    }

    private static ObjectNode end(ObjectNode mail, JsonNode personal, String email, String messageId) {
        String box = email.substring(0, email.indexOf('@')).toLowerCase(Locale.ROOT);
        if (box.startsWith("bounce")) {
            return event(mail, personal, email, messageId, "bounce", 1)
                    .put("type", "bounce")
                    .put("status", "5.1.1")
                    .put("reason", "550 5.1.1 The email account that you tried to reach does not exist.");
        }
        if (box.startsWith("dropped")) {
            return event(mail, personal, email, messageId, "dropped", 1).put("reason", "Unsubscribed Address");
        }
        return event(mail, personal, email, messageId, "delivered", 2).put("response", "250 2.0.0 OK");
    }

    private static ObjectNode event(
            ObjectNode mail, JsonNode personal, String email, String messageId, String kind, int laterBy) {
        ObjectNode event = SandboxState.object();
        event.put("email", email)
                .put("timestamp", Instant.now().getEpochSecond() + laterBy)
                .put("event", kind);
        event.put("smtp-id", "<" + messageId + "@ismtpd0001p1.sendgrid.net>");
        event.put("sg_event_id", eventId());
        event.put("sg_message_id", messageId + ".filter0001p1las1.1234.ABCDEF.0");
        JsonNode categories = mail.path("categories");
        if (categories.size() == 1) {
            event.set("category", categories.get(0)); // one category comes as a text, several as a list
        } else if (!categories.isEmpty()) {
            event.set("category", categories);
        }
        mail.path("custom_args").properties().forEach(arg -> event.set(arg.getKey(), arg.getValue()));
        personal.path("custom_args").properties().forEach(arg -> event.set(arg.getKey(), arg.getValue()));
        return event;
    }

    private void post(String url, ArrayNode events, int tries) {
        later.schedule(
                () -> {
                    if (!taken(url, events) && tries < RETRY_MS.length) {
                        events.forEach(event -> ((ObjectNode) event).put("sg_event_id", eventId()));
                        post(url, events, tries + 1);
                    }
                },
                tries == 0 ? 0 : RETRY_MS[tries - 1],
                TimeUnit.MILLISECONDS);
    }

    private boolean taken(String url, ArrayNode events) {
        byte[] body = (events + "\r\n").getBytes(StandardCharsets.UTF_8);
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .header("User-Agent", "SendGrid Event API")
                .header("X-Twilio-Email-Event-Webhook-Timestamp", timestamp)
                .header("X-Twilio-Email-Event-Webhook-Signature", keys.sign(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String eventId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    }
}
