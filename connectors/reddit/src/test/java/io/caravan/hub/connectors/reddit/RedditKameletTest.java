package io.caravan.hub.connectors.reddit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.reddit.sandbox.RedditSandbox;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.trend.SignalBatch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedditKameletTest {

    private static final String SIGNALS = "kamelet:reddit-signals-action?subreddits=crafts,cats";
    private static final String AGENT = "java:caravan-hub:0.1 (by /u/caravan_test)";

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = RedditKits.authorised(folder, new RedditSandbox(), AGENT);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldReadAListingOfSeveralSubreddits() {
        SignalBatch batch = signals(SIGNALS);
        assertThat(batch.rows()).isEqualTo(25);
        assertThat(batch.signals()).hasSize(20);
        assertThat(batch.rejected()).isEqualTo(Map.of("stickied", 2, "over-18", 1, "removed", 1, "promoted", 1));
        assertThat(pages()).singleElement().satisfies(page -> {
            assertThat(page.path()).isEqualTo("/r/crafts+cats/hot");
            assertThat(page.query()).isEqualTo(Map.of("raw_json", List.of("1"), "limit", List.of("100")));
            assertThat(page.headers()).containsEntry("User-Agent", AGENT);
            assertThat(page.headers().get("Authorization")).startsWith("bearer sbx-reddit-token-");
        });
    }

    @Test
    void shouldReadTitlesWithoutEntities() {
        assertThat(signals(SIGNALS).signals())
                .anySatisfy(signal -> assertThat(signal.context()).anyMatch(text -> text.contains("Doom & he")))
                .noneSatisfy(signal -> assertThat(signal.context()).anyMatch(text -> text.contains("&amp;")));
    }

    @Test
    void shouldSendThePeriodForTopAlone() {
        signals(SIGNALS + "&listing=top&t=month");
        signals(SIGNALS + "&listing=rising&t=month");
        assertThat(pages()).extracting(page -> page.query().get("t")).containsExactly(List.of("month"), null);
    }

    @Test
    void shouldFollowAfterUntilEnoughRowsAreThere() {
        String page = listing("t3_aaa", "t3_a1", "t3_a2");
        String last = listing(null, "t3_a2", "t3_a3");
        kit.sandbox().arm(answer(200, page, Map.of()));
        kit.sandbox().arm(answer(200, last, Map.of()));
        SignalBatch batch = signals(SIGNALS + "&limit=250");
        assertThat(batch.rows()).isEqualTo(4);
        assertThat(batch.rejected()).isEqualTo(Map.of("duplicate", 1));
        assertThat(pages())
                .extracting(ReceivedRequest::query)
                .containsExactly(
                        Map.of("raw_json", List.of("1"), "limit", List.of("100")),
                        Map.of(
                                "raw_json",
                                List.of("1"),
                                "limit",
                                List.of("100"),
                                "after",
                                List.of("t3_aaa"),
                                "count",
                                List.of("2")));
    }

    @Test
    void shouldStopAtTheLimitAlthoughMoreCameThanWereAskedFor() {
        SignalBatch batch = signals(SIGNALS + "&limit=5");
        assertThat(batch.rows()).isEqualTo(7);
        assertThat(pages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "https://evil.example", "t3_ok&limit=1"})
    void shouldNotFollowAnAfterThatIsNoName(String after) {
        kit.sandbox().arm(answer(200, listing(after, "t3_a1"), Map.of()));
        assertThat(signals(SIGNALS).rows()).isEqualTo(1);
        assertThat(pages()).hasSize(1);
    }

    @Test
    void shouldTakeAnEmptyListingForAnEmptyBatch() {
        kit.sandbox().arm(answer(200, listing(null), Map.of()));
        assertThat(signals(SIGNALS)).isEqualTo(new SignalBatch("reddit", 0, List.of(), Map.of()));
    }

    @Test
    void shouldTellTheLimitsThatComeAsDecimals() {
        Exchange done = kit.exchange(SIGNALS, null, Map.of());
        assertThat(done.getVariable("limits"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
                .containsEntry("window_remaining", 999L)
                .containsEntry("window_used", 1L)
                .hasEntrySatisfying("reset_seconds", reset -> assertThat(reset).isBetween(1L, 600L));
        assertThat(done.getMessage().getHeaders()).isEmpty();
        assertThat(done.getVariables()).containsOnlyKeys("connection", "account", "limits");
    }

    @Test
    void shouldWaitForTheResetAfterA429WithoutRetryAfter() throws Exception {
        kit.close();
        kit = RedditKits.authorised(folder.resolve("busy"), new RedditSandbox(1, Duration.ofHours(1)), AGENT);
        signals(SIGNALS);
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(600)));
    }

    @Test
    void shouldTakeA429WithoutAnyHeaderForARateLimit() throws Exception {
        kit.close();
        kit = RedditKits.with(folder.resolve("agent"), new RedditSandbox(), "Java/17", "any-token");
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void shouldTakeA401OfHtmlForARefusedToken() throws Exception {
        kit.close();
        kit = RedditKits.with(folder.resolve("stale"), new RedditSandbox(), AGENT, "stale-token-000000");
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHORISED);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.body()).hasSize(VendorException.BODY_LIMIT).startsWith("<!doctype html>");
    }

    @ParameterizedTest
    @CsvSource({"private_club,private,403", "banned_sub,banned,404", "nosuch_sub,redirect,302"})
    void shouldTellWhyASubredditCannotBeRead(String subreddit, String code, int status) {
        VendorException refusal = refusal("kamelet:reddit-signals-action?subreddits=" + subreddit);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.GONE);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.status()).isEqualTo(status);
        assertThat(pages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | text/plain       | Bad Request                               | REJECTED",
                "401 | application/json | {\"message\":\"Unauthorized\",\"error\":401} | UNAUTHORISED",
                "403 | application/json | {\"error\":403}                           | UNAUTHORISED",
                "403 | text/html        | <html>whoa there, pardner</html>          | UNAUTHORISED",
                "404 | application/json | {\"message\":\"Not Found\",\"error\":404}    | GONE",
                "500 | application/json | {\"message\":\"Internal\",\"error\":500}     | TRANSIENT",
                "503 | text/html        | <html>Ow! -- reddit.com</html>            | TRANSIENT",
                "200 | text/html        | <html>maintenance</html>                  | TRANSIENT",
                "200 | application/json | {\"kind\":\"Listing\"}                     | TRANSIENT",
                "200 | application/json | {\"kind\":\"Listing\",\"data\":             | TRANSIENT"
            })
    void shouldSortEveryKindOfRefusal(int status, String type, String body, ErrorKind kind) {
        kit.sandbox().arm(answer(status, body, Map.of("Content-Type", type)));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "503, reddit: failed (503)",
        "403, 'reddit: refused (403) without a reason: the credential, or a subreddit of the list is private, quarantined"
                + " or banned'"
    })
    void shouldSayWhatARefusedReadMeans(int status, String message) {
        kit.sandbox().arm(answer(status, "{\"error\":" + status + "}", Map.of("Content-Type", "application/json")));
        assertThat(refusal(SIGNALS)).hasMessage(message);
    }

    @Test
    void shouldTakeACutAnswerForTransient() {
        kit.sandbox().arm(new Fault("*", "GET", null, 0, 1, Fault.Kind.CUT, null, null, null, 0));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldTakeASilentVendorForTransient() {
        kit.sandbox().arm(new Fault("*", "GET", null, 0, 1, Fault.Kind.HANG, null, null, null, 60_000));
        assertThat(refusal(SIGNALS + "&responseTimeout=300").code()).isEqualTo("time-out");
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(URI.create("http://127.0.0.1:1"));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subreddits=a/../b",
                "subreddits=x",
                "subreddits=cats&listing=best",
                "subreddits=cats&t=aeon",
                "subreddits=cats&limit=0"
            })
    void shouldRefuseAQuestionThatMakesNoSense(String parameters) {
        assertThatThrownBy(() -> kit.call("kamelet:reddit-signals-action?" + parameters, null, Map.of()))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(pages()).isEmpty();
    }

    private SignalBatch signals(String uri) {
        return (SignalBatch) kit.call(uri, "ignored", Map.of());
    }

    private VendorException refusal(String uri) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> kit.call(uri, null, Map.of()));
        assertThat(refusal).as("the Kamelet must fail").isNotNull();
        return refusal;
    }

    private List<ReceivedRequest> pages() {
        return kit.sandbox().requests("reddit").stream()
                .filter(seen -> seen.path().startsWith("/r/"))
                .toList();
    }

    private static String listing(@Nullable String after, String... names) {
        StringBuilder children = new StringBuilder();
        for (String name : names) {
            children.append(children.isEmpty() ? "" : ",")
                    .append("{\"kind\":\"t3\",\"data\":{\"name\":\"" + name
                            + "\",\"title\":\"title\",\"created_utc\":1756720800.0}}");
        }
        String next = after == null ? "null" : "\"" + after + "\"";
        return "{\"kind\":\"Listing\",\"data\":{\"after\":" + next + ",\"children\":[" + children + "]}}";
    }

    private static Fault answer(int status, @Nullable String body, Map<String, String> headers) {
        return new Fault("*", "GET", null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0);
    }
}
