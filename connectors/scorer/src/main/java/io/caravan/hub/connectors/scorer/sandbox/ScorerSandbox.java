package io.caravan.hub.connectors.scorer.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code POST /callbacks}: a strict receiver, which takes nothing but JSON objects that are signed and fresh and keeps each
 * id once. Its own path: {@code POST /_control/secret {secret}}; before that it refuses everything.
 */
public final class ScorerSandbox implements VendorSandbox {

    private static final int OLDEST_SECONDS = 60;

    @Override
    public String vendor() {
        return "scorer";
    }

    @Override
    public void mount(Router router, SandboxState state) {
        router.on("POST", "/callbacks", call -> callback(call, state));
        router.on("POST", "/_control/secret", call -> {
            String secret =
                    call.json().map(json -> json.path("secret").asText()).orElse("");
            state.put("_settings", "secret", SandboxState.object().put("secret", secret));
            return Answer.empty(204);
        });
    }

    private static Answer callback(Call call, SandboxState state) {
        String id = call.header("webhook-id").orElse("");
        String at = call.header("webhook-timestamp").orElse("");
        String signatures = call.header("webhook-signature").orElse("");
        if (id.isEmpty() || !at.matches("[0-9]{10}") || !signed(call, state, id, at, signatures)) {
            return error(401, "not signed with the secret that is known here");
        }
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(at)) > OLDEST_SECONDS) {
            return error(401, "too old");
        }
        JsonNode json = call.json().orElse(null);
        if (!(json instanceof ObjectNode event)
                || !event.path("type").isTextual()
                || !event.path("timestamp").isTextual()
                || !event.path("data").isObject()) {
            return error(400, "type, timestamp and data are needed");
        }
        state.put("callbacks", id, event);
        return Answer.empty(204);
    }

    private static boolean signed(Call call, SandboxState state, String id, String at, String signatures) {
        String secret = state.get("_settings", "secret")
                .map(set -> set.path("secret").asText())
                .orElse("");
        if (secret.isEmpty()) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
            mac.update(id.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            mac.update(at.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            byte[] wanted = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(call.body())))
                    .getBytes(StandardCharsets.UTF_8);
            boolean any = false;
            for (String one : signatures.split(" ")) {
                any |= MessageDigest.isEqual(wanted, one.getBytes(StandardCharsets.UTF_8));
            }
            return any;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, SandboxState.object().put("error", message));
    }
}
