package io.caravan.hub.connectors.sendgrid.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v3/mail/send} for any key that begins with {@code SG.} and holds no "revoked". Senders at example.com,
 * example.org and example.net are verified. Its own paths: {@code POST /_control/webhook {url}} (loopback only),
 * {@code POST /_control/senders {email}}, {@code POST /_control/settings {requests_per_minute}},
 * {@code GET /_control/public-key}.
 */
public final class SendGridSandbox implements VendorSandbox {

    private static final int MOST_BYTES = 30 * 1024 * 1024;

    private volatile RateWindow mails = new RateWindow(10_000, Duration.ofMinutes(1));

    @Override
    public String vendor() {
        return "sendgrid";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        SigningKeys keys = new SigningKeys(state);
        EventPoster events = new EventPoster(state, keys);
        router.on("POST", "/v3/mail/send", call -> authorised(call, () -> send(call, state, events)));
        router.on("GET", "/v3/mail/send", call -> authorised(call, () -> error(405, "method not allowed", null)));
        router.on("GET", "/v3/scopes", call -> authorised(call, SendGridSandbox::scopes));
        router.on("GET", "/_control/public-key", call -> publicKey(keys));
        router.on("POST", "/_control/webhook", call -> webhook(call, state));
        router.on("POST", "/_control/senders", call -> sender(call, state));
        router.on("POST", "/_control/settings", this::settings);
        router.otherwise(call -> authorised(call, () -> error(404, "not found", null)));
    }

    private Answer send(Call call, SandboxState state, EventPoster events) {
        RateWindow window = mails;
        int left = window.take();
        if (left < 0) {
            return limits(error(429, "too many requests", null), window, 0);
        }
        return limits(accept(call, state, events), window, left);
    }

    private static Answer accept(Call call, SandboxState state, EventPoster events) {
        if (call.body().length > MOST_BYTES) {
            return error(413, "content too large", null);
        }
        JsonNode json = call.json().orElse(null);
        if (!(json instanceof ObjectNode mail)) {
            return error(400, "Bad Request", null);
        }
        ArrayNode errors = MailCheck.errors(mail);
        if (!errors.isEmpty()) {
            ObjectNode body = SandboxState.object();
            body.set("errors", errors);
            return Answer.json(400, body);
        }
        if (!verified(mail.path("from").path("email").asText(), state)) {
            return error(
                    403,
                    "The from address does not match a verified Sender Identity. Mail cannot be sent until this error is"
                            + " resolved. Visit https://sendgrid.com/docs/for-developers/sending-email/sender-identity/"
                            + " to see the Sender Identity requirements",
                    "from");
        }
        if (mail.at("/mail_settings/sandbox_mode/enable").asBoolean(false)) {
            return Answer.empty(200);
        }
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 22);
        ObjectNode kept = mail.deepCopy().put("message_id", id);
        state.put("mails", id, kept);
        events.tell(mail, id);
        return Answer.empty(202).header("X-Message-Id", id);
    }

    private static boolean verified(String email, SandboxState state) {
        String lower = email.toLowerCase(Locale.ROOT);
        return lower.matches(".*@example\\.(com|org|net)")
                || state.get("senders", lower).isPresent();
    }

    private static Answer authorised(Call call, Supplier<Answer> handler) {
        String header = call.header("Authorization").orElse("");
        if (!header.matches("Bearer SG\\.\\S{4,}") || header.contains("revoked")) {
            return error(
                    401,
                    header.isEmpty()
                            ? "authorization required"
                            : "The provided authorization grant is invalid, expired, or revoked",
                    null);
        }
        return header.contains("used-up") ? error(401, "Maximum credits exceeded", null) : handler.get();
    }

    private static Answer limits(Answer answer, RateWindow window, int left) {
        return answer.header("X-RateLimit-Limit", String.valueOf(window.cap()))
                .header("X-RateLimit-Remaining", String.valueOf(left))
                .header("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + 60));
    }

    private static Answer scopes() {
        ObjectNode body = SandboxState.object();
        body.putArray("scopes").add("mail.send").add("sender_verification_eligible");
        return Answer.json(200, body);
    }

    private static Answer publicKey(SigningKeys keys) {
        return Answer.json(200, SandboxState.object().put("public_key", keys.publicKey()));
    }

    private static Answer webhook(Call call, SandboxState state) {
        String url = call.json().map(json -> json.path("url").asText()).orElse("");
        if (!url.isEmpty() && !loopback(url)) {
            return error(400, "the sandbox tells its events to loopback addresses alone", "url");
        }
        state.put("_settings", "webhook", SandboxState.object().put("url", url));
        return Answer.empty(204);
    }

    private static boolean loopback(String url) {
        try {
            URI uri = URI.create(url);
            return "http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false;
        }
    }

    private static Answer sender(Call call, SandboxState state) {
        String email =
                call.json().map(json -> json.path("email").asText()).orElse("").toLowerCase(Locale.ROOT);
        state.put("senders", email, SandboxState.object().put("email", email));
        return Answer.empty(204);
    }

    private Answer settings(Call call) {
        int cap = call.json()
                .map(json -> json.path("requests_per_minute").asInt(10_000))
                .orElse(10_000);
        mails = new RateWindow(cap, Duration.ofMinutes(1));
        return Answer.empty(204);
    }

    private static Answer error(int status, String message, @Nullable String field) {
        ObjectNode body = SandboxState.object();
        ObjectNode error = body.putArray("errors").addObject().put("message", message);
        if (field != null) {
            error.put("field", field);
        }
        return Answer.json(status, body);
    }
}
