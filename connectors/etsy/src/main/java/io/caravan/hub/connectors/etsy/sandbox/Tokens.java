package io.caravan.hub.connectors.etsy.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OAuth: consent (which says yes at once), tokens of an hour, refresh tokens that die on their first use. A token of the
 * right shape ({@code <user id>.<text>}) that was never seen counts as granted now, so that a fresh sandbox can be used
 * without a consent; state {@code tokens} and {@code refreshes} tell which are known.
 */
final class Tokens {

    private final SandboxState state;
    private final Settings settings;

    Tokens(SandboxState state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    /** Null when the bearer is good. */
    @Nullable
    Answer refusal(Call call) {
        String bearer = call.header("Authorization").orElse("");
        if (!bearer.startsWith("Bearer ")) {
            return Refusals.error(401, "Missing Authorization header");
        }
        String token = bearer.substring(7);
        if (!token.matches("[1-9][0-9]*\\..+")) {
            return Refusals.error(401, "invalid_token");
        }
        synchronized (state) {
            ObjectNode known = state.get("tokens", token).orElse(null);
            if (known == null) {
                known = grant(token);
            }
            return known.path("expires_at").asLong() <= System.currentTimeMillis()
                    ? Answer.json(401, Map.of("error", "invalid_token", "error_description", "access token is expired"))
                    : null;
        }
    }

    Answer me(Call call) {
        long user = Long.parseLong(
                call.header("Authorization").orElse("").substring(7).split("\\.")[0]);
        return Answer.json(200, Map.of("user_id", user, "shop_id", settings.number("shop_id", user)));
    }

    /** The page on which the seller says yes. */
    Answer consent(Call call) {
        String code = UUID.randomUUID().toString();
        ObjectNode granted = SandboxState.object()
                .put("client_id", call.query("client_id").orElse(""))
                .put("redirect_uri", call.query("redirect_uri").orElse(""))
                .put("challenge", call.query("code_challenge").orElse(""));
        if (!call.query("code_challenge_method").orElse("").equals("S256")
                || call.query("state").orElse("").isEmpty()
                || granted.path("redirect_uri").asText().isEmpty()) {
            return Refusals.error(400, "invalid_request");
        }
        state.put("codes", code, granted);
        return Answer.empty(302)
                .header(
                        "Location",
                        granted.path("redirect_uri").asText() + "?code=" + code + "&state="
                                + URLEncoder.encode(call.query("state").orElse(""), StandardCharsets.UTF_8));
    }

    Answer token(Call call) {
        Map<String, List<String>> form = call.form();
        synchronized (state) {
            String client = first(form, "client_id");
            if (client.isEmpty() || client.contains(":")) {
                return oauth(400, "invalid_client", "client_id must be the keystring");
            }
            return switch (first(form, "grant_type")) {
                case "refresh_token" -> refreshed(first(form, "refresh_token"));
                case "authorization_code" -> exchanged(form);
                default -> oauth(400, "unsupported_grant_type", "grant_type is not supported");
            };
        }
    }

    private Answer refreshed(String refresh) {
        if (!refresh.matches("[1-9][0-9]*\\..+")
                || state.get("refreshes", refresh)
                        .map(known -> known.path("used").asBoolean())
                        .orElse(false)) {
            return oauth(400, "invalid_grant", "refresh_token is invalid or was used before");
        }
        state.put("refreshes", refresh, SandboxState.object().put("used", true));
        return pair(refresh.substring(0, refresh.indexOf('.')));
    }

    private Answer exchanged(Map<String, List<String>> form) {
        ObjectNode code = state.get("codes", first(form, "code")).orElse(null);
        if (code == null
                || !code.path("redirect_uri").asText().equals(first(form, "redirect_uri"))
                || !code.path("client_id").asText().equals(first(form, "client_id"))
                || !code.path("challenge").asText().equals(challenge(first(form, "code_verifier")))) {
            return oauth(400, "invalid_grant", "code is invalid, was used before, or does not match");
        }
        state.remove("codes", first(form, "code"));
        return pair("12345678");
    }

    private Answer pair(String user) {
        String access = user + "." + UUID.randomUUID();
        String refresh = user + "." + UUID.randomUUID();
        grant(access);
        state.put("refreshes", refresh, SandboxState.object().put("used", false));
        return Answer.json(
                200,
                Map.of(
                        "access_token",
                        access,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        settings.number("token_seconds", 3600),
                        "refresh_token",
                        refresh));
    }

    private ObjectNode grant(String token) {
        ObjectNode granted = SandboxState.object()
                .put("expires_at", System.currentTimeMillis() + settings.number("token_seconds", 3600) * 1000);
        state.put("tokens", token, granted);
        return granted;
    }

    private static Answer oauth(int status, String error, String description) {
        return Answer.json(status, Map.of("error", error, "error_description", description));
    }

    private static String first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
