package io.caravan.hub.connectors.openai.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Chat, pictures and moderation under {@code /v1}. Takes any key that begins with {@code sk-} and holds no "revoked".
 * Its own path: {@code POST /_control/settings} with {@code requests_per_minute} and {@code image_delay_ms}.
 */
public final class OpenAiSandbox implements VendorSandbox {

    private volatile RateWindow requests = new RateWindow(10_000, Duration.ofMinutes(1));
    private volatile long imageDelayMs;

    @Override
    public String vendor() {
        return "openai";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        MagicWords magic = new MagicWords(state);
        Chat chat = new Chat(state, magic);
        Images images = new Images(state, magic);
        Moderation moderation = new Moderation(magic);
        router.on("POST", "/v1/chat/completions", chat::complete);
        router.on("POST", "/v1/images/generations", call -> {
            hold();
            return images.generate(call);
        });
        router.on("POST", "/v1/moderations", moderation::judge);
        router.on("GET", "/v1/models", call -> models());
        router.on("POST", "/_control/settings", this::settings);
        router.otherwise(call -> new Refused(
                        404,
                        "invalid_request_error",
                        null,
                        null,
                        "Invalid URL (" + call.method() + " " + call.path() + ")")
                .answer());
        router.before(
                handler -> call -> call.path().startsWith("/_control/") ? handler.apply(call) : guard(handler, call));
    }

    private Answer guard(Function<Call, Answer> handler, Call call) {
        long start = System.nanoTime();
        Answer answer;
        RateWindow window = requests;
        int left = window.cap();
        try {
            key(call);
            left = window.take();
            if (left < 0) {
                throw new Refused(
                        429,
                        "requests",
                        "rate_limit_exceeded",
                        null,
                        "Rate limit reached for organization org-Sandbox0000 on requests per min (RPM): Limit "
                                + window.cap() + ", Used " + window.cap() + ", Requested 1. Please try again in 6s.");
            }
            answer = handler.apply(call);
        } catch (Refused refused) {
            answer = refused.answer();
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        return answer.header(
                        "x-request-id", "req_" + UUID.randomUUID().toString().replace("-", ""))
                .header("openai-processing-ms", String.valueOf(millis))
                .header("openai-version", "2020-10-01")
                .header("x-ratelimit-limit-requests", String.valueOf(window.cap()))
                .header("x-ratelimit-remaining-requests", String.valueOf(Math.max(0, left)))
                .header("x-ratelimit-reset-requests", left < 0 ? "6s" : "4ms")
                .header("x-ratelimit-limit-tokens", "2000000")
                .header("x-ratelimit-remaining-tokens", "1999465")
                .header("x-ratelimit-reset-tokens", "16ms");
    }

    private static void key(Call call) {
        String header = call.header("Authorization").orElse("");
        if (!header.startsWith("Bearer ") || header.length() < 8) {
            throw new Refused(
                    401,
                    "invalid_request_error",
                    null,
                    null,
                    "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                            + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
        }
        String key = header.substring("Bearer ".length());
        if (!key.startsWith("sk-") || key.contains("revoked")) {
            throw new Refused(
                    401,
                    "invalid_request_error",
                    "invalid_api_key",
                    null,
                    "Incorrect API key provided: " + masked(key)
                            + ". You can find your API key at https://platform.openai.com/account/api-keys.");
        }
    }

    private static String masked(String key) {
        return key.length() < 12
                ? key
                : key.substring(0, 8) + "*".repeat(key.length() - 12) + key.substring(key.length() - 4);
    }

    private static Answer models() {
        ObjectNode list = SandboxState.object().put("object", "list");
        var data = list.putArray("data");
        Models.LISTED.forEach(id -> data.addObject()
                .put("id", id)
                .put("object", "model")
                .put("created", 1_700_000_000)
                .put("owned_by", "openai"));
        return Answer.json(200, list);
    }

    private Answer settings(Call call) {
        JsonNode wanted = call.json().orElse(SandboxState.object());
        if (wanted.has("requests_per_minute")) {
            requests = new RateWindow(wanted.path("requests_per_minute").asInt(), Duration.ofMinutes(1));
        }
        imageDelayMs = wanted.path("image_delay_ms").asLong(imageDelayMs);
        return Answer.empty(204);
    }

    private void hold() {
        try {
            Thread.sleep(imageDelayMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
