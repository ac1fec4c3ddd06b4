package io.caravan.hub.connectors.cjdropshipping.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens. An API key is {@code CJ<number>@api@<text>}, one with {@code wrong} in it is refused; it gives a token once in
 * five minutes, also over a restart. Renewing kills the old access token. Tokens {@code sandbox-cj-<number>} and refresh
 * tokens {@code sandbox-cj-refresh-<number>} count as given before the sandbox began.
 */
final class TokenDesk {

    private static final Pattern KEY = Pattern.compile("CJ([0-9]{1,9})@api@(?!.*wrong).+");
    private static final Pattern GIVEN = Pattern.compile("sandbox-cj-([0-9]{1,9})");
    private static final Pattern GIVEN_REFRESH = Pattern.compile("sandbox-cj-refresh-([0-9]{1,9})");
    private static final Duration ACCESS_LIFE = Duration.ofDays(15);
    private static final Duration REFRESH_LIFE = Duration.ofDays(180);

    private final SandboxState state;
    private final Duration between;

    TokenDesk(SandboxState state, Duration between) {
        this.state = state;
        this.between = between;
    }

    /** Number of the account whose token it is; empty when the token is none, expired or replaced. */
    Optional<String> user(String token) {
        Matcher given = GIVEN.matcher(token);
        if (given.matches()) {
            return Optional.of(given.group(1));
        }
        return state.get("tokens", token)
                .filter(known -> known.path("expires").asLong() > System.currentTimeMillis())
                .map(known -> known.path("user").asText());
    }

    Answer byKey(Call call) {
        Matcher key = KEY.matcher(field(call, "apiKey"));
        if (!key.matches()) {
            return Replies.refused(1600001, "Invalid API key or access token.");
        }
        String user = key.group(1);
        synchronized (state) {
            long last = state.get("grants", user)
                    .map(grant -> grant.path("at").asLong())
                    .orElse(0L);
            long now = System.currentTimeMillis();
            if (now - last < between.toMillis()) {
                return Replies.refused(
                        1600200, "Too Many Requests, QPS limit is 1 time/" + between.toSeconds() + "second");
            }
            state.put("grants", user, SandboxState.object().put("at", now));
            return pair(user);
        }
    }

    Answer byRefresh(Call call) {
        String refresh = field(call, "refreshToken");
        Matcher given = GIVEN_REFRESH.matcher(refresh);
        synchronized (state) {
            Optional<String> user = given.matches()
                    ? Optional.of(given.group(1))
                    : state.get("refreshes", refresh)
                            .filter(known -> known.path("expires").asLong() > System.currentTimeMillis())
                            .map(known -> known.path("user").asText());
            return user.map(this::pair).orElseGet(() -> Replies.refused(1600003, "Invalid Refresh token"));
        }
    }

    private Answer pair(String user) {
        for (ObjectNode old : state.list("tokens")) {
            if (old.path("user").asText().equals(user)) {
                state.remove("tokens", old.path("token").asText());
            }
        }
        Instant now = Instant.now();
        String access = "eyJhbGciOiJIUzI1NiJ9." + letters(14) + "." + letters(2);
        String refresh = "eyJhbGciOiJIUzI1NiJ9." + letters(14) + "." + letters(2);
        keep("tokens", access, user, now.plus(ACCESS_LIFE));
        keep("refreshes", refresh, user, now.plus(REFRESH_LIFE));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("openId", Long.parseLong(user));
        data.put("accessToken", access);
        data.put("accessTokenExpiryDate", date(now.plus(ACCESS_LIFE)));
        data.put("refreshToken", refresh);
        data.put("refreshTokenExpiryDate", date(now.plus(REFRESH_LIFE)));
        data.put("createDate", date(now));
        return Replies.good(data);
    }

    private void keep(String collection, String token, String user, Instant end) {
        state.put(
                collection,
                token,
                SandboxState.object().put("token", token).put("user", user).put("expires", end.toEpochMilli()));
    }

    /** China's time, as the vendor writes it. */
    private static String date(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.ofHours(8))
                .toString();
    }

    /** As long as the vendor's: more than a column of 512 holds is not rare. */
    private static String letters(int blocks) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < blocks; i++) {
            letters.append(UUID.randomUUID().toString().replace("-", ""));
        }
        return letters.toString();
    }

    private static String field(Call call, String name) {
        return call.json().map(body -> body.path(name).asText("")).orElse("");
    }
}
