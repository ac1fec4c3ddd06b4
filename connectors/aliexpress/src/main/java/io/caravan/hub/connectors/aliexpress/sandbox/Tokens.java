package io.caravan.hub.connectors.aliexpress.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OAuth. An access token {@code 50000<name>} that was never seen counts as granted now, and {@code 50001<name>} as its
 * refresh token, so that a fresh sandbox can be used without a consent. A renewal kills both old tokens at once and
 * leaves the refresh token's end where it was.
 */
final class Tokens {

    private static final String ACCESS = "50000";
    private static final String REFRESH = "50001";
    private static final String REST = "[0-9A-Za-z_-]{3,80}";

    private final SandboxState state;
    private final Settings settings;

    Tokens(SandboxState state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    /** Null when the session is good. */
    @Nullable
    Refusal refusal(String session) {
        synchronized (state) {
            ObjectNode known = state.get("tokens", session).orElse(null);
            if (known == null && session.matches(ACCESS + REST)) {
                known = grant(session);
            }
            boolean good = known != null && known.path("expires_at").asLong() > System.currentTimeMillis();
            return good
                    ? null
                    : new Refusal(
                            "27",
                            "IllegalAccessToken",
                            "isv.invalid-access-token",
                            "The specified access token is invalid or expired",
                            "ISV");
        }
    }

    /** The page on which the seller says yes, which it does at once. */
    Answer consent(Call call) {
        String redirect = call.query("redirect_uri").orElse("");
        if (redirect.isEmpty() || !call.query("response_type").orElse("").equals("code")) {
            return Answer.text(400, "text/html", "<html><title>Invalid request</title></html>");
        }
        String code = "3_" + settings.text("app_key", "501234") + "_" + UUID.randomUUID();
        state.put("codes", code, SandboxState.object().put("at", System.currentTimeMillis()));
        String back = redirect + (redirect.contains("?") ? "&" : "?") + "code="
                + URLEncoder.encode(code, StandardCharsets.UTF_8);
        return Answer.empty(302)
                .header(
                        "Location",
                        call.query("state")
                                .map(told -> back + "&state=" + URLEncoder.encode(told, StandardCharsets.UTF_8))
                                .orElse(back));
    }

    Answer create(Map<String, String> params) {
        synchronized (state) {
            ObjectNode code =
                    state.get("codes", params.getOrDefault("code", "")).orElse(null);
            boolean fresh = code != null && code.path("at").asLong() > System.currentTimeMillis() - 1_800_000;
            if (!fresh) {
                return Refusal.of("InvalidCode", "The specified authorization code is invalid or expired", "ISV")
                        .answer(true);
            }
            state.remove("codes", params.getOrDefault("code", ""));
            return pair(System.currentTimeMillis() + settings.number("refresh_seconds", 5_184_000) * 1000);
        }
    }

    Answer refresh(Map<String, String> params) {
        String token = params.getOrDefault("refresh_token", "");
        synchronized (state) {
            ObjectNode known = state.get("refreshes", token).orElse(null);
            if (known == null && token.matches(REFRESH + REST)) {
                known = SandboxState.object()
                        .put("access", ACCESS + token.substring(REFRESH.length()))
                        .put(
                                "ends_at",
                                System.currentTimeMillis() + settings.number("refresh_seconds", 5_184_000) * 1000);
            }
            if (known == null
                    || known.path("used").asBoolean()
                    || known.path("ends_at").asLong() <= System.currentTimeMillis()) {
                return Refusal.of("IllegalRefreshToken", "The specified refresh token is invalid or expired", "ISV")
                        .answer(true);
            }
            state.put("refreshes", token, known.put("used", true));
            state.put(
                    "tokens",
                    known.path("access").asText(),
                    SandboxState.object().put("expires_at", 0));
            return pair(known.path("ends_at").asLong());
        }
    }

    private Answer pair(long endsAt) {
        String access = ACCESS + UUID.randomUUID().toString().replace("-", "");
        String refresh = REFRESH + UUID.randomUUID().toString().replace("-", "");
        long expiresAt = grant(access).path("expires_at").asLong();
        state.put(
                "refreshes",
                refresh,
                SandboxState.object().put("access", access).put("ends_at", endsAt));
        long now = System.currentTimeMillis();
        return Answer.json(
                200,
                SandboxState.object()
                        .put("access_token", access)
                        .put("refresh_token", refresh)
                        .put("expires_in", (expiresAt - now) / 1000)
                        .put("refresh_expires_in", Math.max(0, endsAt - now) / 1000)
                        .put("expire_time", expiresAt)
                        .put("refresh_token_valid_time", endsAt)
                        .put("user_id", "2200000001")
                        .put("seller_id", "2200000001")
                        .put("user_nick", "sandbox_seller")
                        .put("account", "seller@example.com")
                        .put("account_platform", "buyerApp")
                        .put("locale", "en_US")
                        .put("sp", "ae")
                        .put("code", "0")
                        .put("request_id", Refusal.requestId()));
    }

    private ObjectNode grant(String token) {
        ObjectNode granted = SandboxState.object()
                .put("expires_at", System.currentTimeMillis() + settings.number("token_seconds", 2_592_000) * 1000);
        state.put("tokens", token, granted);
        return granted;
    }
}
