package io.caravan.hub.connectors.reddit.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import io.caravan.hub.connectors.sandbox.RateWindow;
import io.caravan.hub.connectors.sandbox.Router;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.sandbox.VendorSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Both of Reddit's hosts in one: the token at {@code /api/v1/access_token}, listings at {@code /r/{subreddits}/{listing}}.
 * An agent that does not name platform, application, version and user gets 429, a token that it did not give 401 as
 * HTML. A client id that begins with {@code wrong} is refused; subreddits called {@code private...}, {@code banned...}
 * and {@code nosuch...} behave as they are called.
 */
public final class RedditSandbox implements VendorSandbox {

    private static final Pattern AGENT =
            Pattern.compile("[^:]+:[^:]+:\\S+ \\(by /?u/[A-Za-z0-9_-]+\\).*", Pattern.CASE_INSENSITIVE);
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final RecordedListings recorded = new RecordedListings();
    private final SamplePosts samples = new SamplePosts();
    private final RateWindow rate;
    private final Duration tokenLife;
    private final Instant started = Instant.now();

    public RedditSandbox() {
        this(1_000, Duration.ofHours(1));
    }

    /** @param calls allowed in ten minutes */
    public RedditSandbox(int calls, Duration tokenLife) {
        this.rate = new RateWindow(calls, WINDOW);
        this.tokenLife = tokenLife;
    }

    @Override
    public String vendor() {
        return "reddit";
    }

    @Override
    public List<String> feed(Path folder) {
        return recorded.read(folder);
    }

    @Override
    public void mount(Router router, SandboxState state) {
        router.before(RedditSandbox::agent)
                .on("POST", "/api/v1/access_token", call -> token(call, state))
                .on("GET", "/r/{subreddits}/{listing}", call -> authorised(call, state, this::listing))
                .otherwise(call -> Answer.json(404, Map.of("message", "Not Found", "error", 404)));
    }

    private static Function<Call, Answer> agent(Function<Call, Answer> handler) {
        return call -> AGENT.matcher(call.header("User-Agent").orElse("")).matches()
                ? handler.apply(call)
                : page(429, "Too Many Requests");
    }

    private Answer token(Call call, SandboxState state) {
        String basic = call.header("Authorization").orElse("");
        String client = basic.startsWith("Basic ") ? decoded(basic.substring(6)) : "";
        if (!client.matches("[^:]+:.+") || client.startsWith("wrong")) {
            return Answer.json(401, Map.of("message", "Unauthorized", "error", 401));
        }
        if (!call.form().getOrDefault("grant_type", List.of()).contains("client_credentials")) {
            return Answer.json(200, Map.of("error", "unsupported_grant_type"));
        }
        String token = "sbx-reddit-token-" + state.next("tokens", 1);
        long expires = Instant.now().plus(tokenLife).toEpochMilli();
        state.put("tokens", token, SandboxState.object().put("expires", expires));
        return Answer.json(
                200,
                Map.of(
                        "access_token",
                        token,
                        "token_type",
                        "bearer",
                        "expires_in",
                        tokenLife.toSeconds(),
                        "scope",
                        "*"));
    }

    private Answer authorised(Call call, SandboxState state, Function<Call, Answer> handler) {
        String authorization = call.header("Authorization").orElse("");
        if (!authorization.regionMatches(true, 0, "bearer ", 0, 7)) {
            return Answer.json(401, Map.of("message", "Unauthorized", "error", 401));
        }
        boolean good = state.get("tokens", authorization.substring(7))
                .filter(token -> token.path("expires").asLong() > Instant.now().toEpochMilli())
                .isPresent();
        if (!good) {
            return page(401, "page not found")
                    .header("WWW-Authenticate", "Bearer realm=\"reddit\", error=\"invalid_token\"");
        }
        int left = rate.take();
        return limits(left < 0 ? page(429, "Too Many Requests") : handler.apply(call), Math.max(0, left));
    }

    private Answer listing(Call call) {
        String[] subreddits = call.param("subreddits").split("[+ ]");
        String listing = call.param("listing");
        for (String subreddit : subreddits) {
            if (subreddit.startsWith("private")) {
                return Answer.json(403, Map.of("reason", "private", "message", "Forbidden", "error", 403));
            }
            if (subreddit.startsWith("banned")) {
                return Answer.json(404, Map.of("reason", "banned", "message", "Not Found", "error", 404));
            }
            if (subreddit.startsWith("nosuch")) {
                return Answer.empty(302).header("Location", "/subreddits/search?q=" + subreddit);
            }
        }
        int limit = call.queryInt("limit", 25);
        if (!List.of("hot", "top", "rising", "new").contains(listing)) {
            return Answer.json(404, Map.of("message", "Not Found", "error", 404));
        }
        if (limit < 1) {
            return Answer.text(400, "text/plain; charset=utf-8", "Bad Request");
        }
        String after = call.query("after").orElse("");
        boolean escaped = call.query("raw_json").filter("1"::equals).isEmpty();
        return Answer.json(
                200,
                recorded.page(after)
                        .orElseGet(() -> samples.page(subreddits, listing, after, Math.min(limit, 100), escaped)));
    }

    /** Decimal texts, and seconds that are left. */
    private Answer limits(Answer answer, int left) {
        long passed = Duration.between(started, Instant.now()).toSeconds() % WINDOW.toSeconds();
        return answer.header("x-ratelimit-remaining", left + ".0")
                .header("x-ratelimit-used", String.valueOf(rate.cap() - left))
                .header("x-ratelimit-reset", String.valueOf(WINDOW.toSeconds() - passed));
    }

    /** A page as large as the vendor's. */
    private static Answer page(int status, String title) {
        String filler = "<p>reddit, reddit.com, vote, comment, submit</p>\n".repeat(800);
        return Answer.text(
                status,
                "text/html; charset=UTF-8",
                "<!doctype html><html><head><title>reddit.com: " + title + "</title></head><body>" + filler
                        + "</body></html>");
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
