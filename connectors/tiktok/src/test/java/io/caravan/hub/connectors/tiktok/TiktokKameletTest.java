package io.caravan.hub.connectors.tiktok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.connectors.egress.ConnectorKit;
import io.caravan.hub.connectors.sandbox.Fault;
import io.caravan.hub.connectors.sandbox.ReceivedRequest;
import io.caravan.hub.connectors.sandbox.SandboxState;
import io.caravan.hub.connectors.tiktok.sandbox.TiktokSandbox;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiktokKameletTest {

    private static final String SIGNALS = "kamelet:tiktok-signals-action?hashtags=frogtok,catmom&waitForFinish=1";
    private static final String TOKEN = "apify_api_test0000000000";

    @TempDir
    Path folder;

    private ConnectorKit kit;

    @BeforeEach
    void start() throws Exception {
        kit = kit(TOKEN, Duration.ofMillis(120));
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void shouldFindHashtagsOfVideos() {
        SignalBatch batch = signals(SIGNALS + "&resultsPerPage=22");
        assertThat(batch.signals()).extracting(Signal::keyword).contains("frogtok", "catmom", "axolotl");
        assertThat(batch.rejected())
                .containsEntry("error-row", 1)
                .containsEntry("ad", 2)
                .containsEntry("pinned-old", 2)
                .containsEntry("no-hashtag", 2)
                .containsKeys("empty-hashtag", "duplicate");
        int left =
                batch.rejected().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(batch.rows()).isEqualTo(45).isGreaterThan(left);
    }

    @Test
    void shouldSendTheInputOnceWithTheLimitsOfMoney() {
        signals(SIGNALS + "&maxTotalChargeUsd=0.25&maxItems=40&runTimeout=60");
        List<ReceivedRequest> starts = sent("POST");
        assertThat(starts).singleElement().satisfies(start -> {
            assertThat(start.path()).isEqualTo("/v2/actors/clockworks~tiktok-scraper/runs");
            assertThat(start.query())
                    .isEqualTo(Map.of(
                            "maxTotalChargeUsd", List.of("0.25"), "maxItems", List.of("40"), "timeout", List.of("60")));
            assertThat(start.body()).contains("\"hashtags\":[\"frogtok\",\"catmom\"]", "\"resultsPerPage\":30");
            assertThat(start.headers()).containsEntry("Content-Type", "application/json");
        });
    }

    @Test
    void shouldCarryTheTokenInTheHeaderAlone() {
        signals(SIGNALS);
        assertThat(kit.sandbox().requests("tiktok")).isNotEmpty().allSatisfy(seen -> {
            assertThat(seen.headers()).containsEntry("Authorization", "Bearer " + TOKEN);
            assertThat(seen.query().keySet()).doesNotContain("token");
            assertThat(seen.path()).doesNotContain(TOKEN);
        });
    }

    @Test
    void shouldReadADatasetToItsTotalAlthoughPagesAreShort() {
        SignalBatch batch = signals(SIGNALS + "&resultsPerPage=4&limit=3");
        List<ReceivedRequest> pages = kit.sandbox().requests("tiktok").stream()
                .filter(seen -> seen.path().endsWith("/items"))
                .toList();
        assertThat(pages)
                .extracting(seen -> seen.query().get("offset"))
                .containsExactly(List.of("0"), List.of("3"), List.of("6"), List.of("9"));
        // ten rows, of which clean takes the empty one away
        assertThat(batch.rows()).isEqualTo(9);
    }

    @Test
    void shouldTakeARunThatFoundNothingForAnEmptyBatch() {
        assertThat(signals("kamelet:tiktok-signals-action?hashtags=sandboxempty"))
                .isEqualTo(new SignalBatch("tiktok", 0, List.of(), Map.of()));
    }

    @Test
    void shouldLeaveNoTraceOnTheExchange() {
        Exchange done = kit.exchange(SIGNALS, null, Map.of());
        assertThat(done.getException()).isNull();
        assertThat(done.getVariables().keySet()).isEqualTo(Set.of("connection", "account"));
        assertThat(done.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void shouldUseTheRowsOfARunThatTimedOut() {
        SignalBatch batch =
                signals("kamelet:tiktok-signals-action?hashtags=sandboxslow,frogtok&runTimeout=1&waitForFinish=1");
        assertThat(batch.signals()).isNotEmpty();
        assertThat(sent("POST")).hasSize(1);
    }

    @Test
    void shouldAbortARunThatNobodyWaitsForAnyMore() {
        VendorException refusal = refusal("kamelet:tiktok-signals-action?hashtags=sandboxslow&wait=1&waitForFinish=1");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("run-not-finished");
        assertThat(sent("POST"))
                .extracting(ReceivedRequest::path)
                .hasSize(2)
                .last()
                .asString()
                .matches("/v2/actor-runs/[A-Za-z0-9]+/abort");
        assertThat(kit.sandbox().state("tiktok").list("runs"))
                .singleElement()
                .satisfies(run -> assertThat(run.path("end").asText()).isEqualTo("ABORTED"));
    }

    @ParameterizedTest
    @CsvSource({"EFFECT_ANSWER, 500", "EFFECT_ANSWER, 502", "EFFECT_RESET, 0", "CUT, 0", "EFFECT_HANG, 0"})
    void shouldAdoptTheRunThatAStartWithoutAnAnswerMade(Fault.Kind kind, int status) {
        kit.sandbox().arm(new Fault("*", "POST", "/runs$", 0, 1, kind, status, null, "", 60_000));
        // long enough for every other call of a busy machine
        assertThat(signals(SIGNALS + "&responseTimeout=4000").signals()).isNotEmpty();
        assertThat(sent("POST")).hasSizeLessThanOrEqualTo(1);
        assertThat(kit.sandbox().state("tiktok").list("runs")).hasSize(1);
        assertThat(kit.sandbox().requests("tiktok"))
                .filteredOn(seen ->
                        seen.method().equals("GET") && seen.path().endsWith("/actors/clockworks~tiktok-scraper/runs"))
                .first()
                .satisfies(seen -> assertThat(seen.query())
                        .containsEntry("desc", List.of("true"))
                        .containsKey("limit"));
    }

    @Test
    void shouldNotAdoptAnOlderRunAndTellTheStartsOwnFailure() {
        signals(SIGNALS);
        // the vendor's clock goes on by a minute
        SandboxState state = kit.sandbox().state("tiktok");
        ObjectNode older = state.list("runs").get(0);
        state.put(
                "runs",
                older.path("id").asText(),
                older.put("started", older.path("started").asLong() - 60_000));
        kit.sandbox().arm(new Fault("*", "POST", "/runs$", 0, 1, Fault.Kind.ANSWER, 500, null, "{}", 0));
        assertThat(refusal(SIGNALS).code()).isEqualTo("http-500");
        assertThat(kit.sandbox().state("tiktok").list("runs")).hasSize(1);
    }

    @Test
    void shouldForbidAnotherStartWhenTheRunsCannotBeListed() {
        kit.sandbox().arm(new Fault("*", null, "/runs$", 0, null, Fault.Kind.EFFECT_ANSWER, 500, null, "{}", 0));
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("run-unknown");
        assertThat(refusal.status()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"actor-runs, 503", "items$, 502"})
    void shouldRepeatAReadOfARunThatIsPaidFor(String path, int status) {
        kit.sandbox().arm(new Fault("*", "GET", path, 0, 2, Fault.Kind.ANSWER, status, null, "<html>", 0));
        assertThat(signals(SIGNALS).signals()).isNotEmpty();
        assertThat(sent("POST")).hasSize(1);
    }

    @Test
    void shouldForbidAnotherStartWhenTheRowsCannotBeRead() {
        kit.sandbox().arm(new Fault("*", "GET", "items$", 0, null, Fault.Kind.ANSWER, 502, null, "<html>", 0));
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.code()).isEqualTo("run-unread");
        assertThat(refusal.status()).isEqualTo(502);
    }

    @Test
    void shouldAbortTheRunWhenAskingAfterItFails() {
        kit.sandbox().arm(new Fault("*", "GET", "actor-runs", 0, null, Fault.Kind.ANSWER, 503, null, null, 0));
        assertThat(refusal(SIGNALS).code()).isEqualTo("run-unread");
        assertThat(sent("POST")).last().satisfies(last -> {
            assertThat(last.path()).endsWith("/abort");
            assertThat(last.body()).isEmpty();
            assertThat(last.status()).isEqualTo(200);
        });
    }

    @Test
    void shouldTellTheFirstFailureWhenTheAbortFailsToo() {
        kit.sandbox().arm(new Fault("*", "GET", "actor-runs", 0, null, Fault.Kind.ANSWER, 503, null, null, 0));
        kit.sandbox().arm(new Fault("*", "POST", "abort", 0, null, Fault.Kind.RESET, null, null, null, 0));
        assertThat(refusal(SIGNALS).status()).isEqualTo(503);
    }

    @Test
    void shouldTakeAFailedRunForTransient() {
        VendorException refusal = refusal("kamelet:tiktok-signals-action?hashtags=sandboxfails");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("run-failed");
        assertThat(sent("POST")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "revoked, UNAUTHORISED, user-or-token-not-found",
        "unpaid, EXHAUSTED, not-enough-usage-to-run-paid-actor"
    })
    void shouldTellABadTokenFromAnEmptyAccount(String token, ErrorKind kind, String code) throws Exception {
        kit.close();
        kit = kit(token + "-0123456789", Duration.ZERO);
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.getMessage() + refusal.body()).doesNotContain("0123456789");
        assertThat(kit.sandbox().requests("tiktok")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "402 | actor-memory-limit-exceeded | RATE_LIMITED",
                "402 | x402-payment-required | EXHAUSTED",
                "400 | run-failed | TRANSIENT",
                "400 | invalid-input | REJECTED",
                "403 | insufficient-permissions | UNAUTHORISED",
                "404 | record-not-found | GONE",
                "408 | run-timeout-exceeded | TRANSIENT",
                "429 | rate-limit-exceeded | RATE_LIMITED",
                "500 | internal-server-error | TRANSIENT"
            })
    void shouldSortTheVendorsOwnCodes(int status, String type, ErrorKind kind) {
        String body = "{\"error\":{\"type\":\"" + type + "\",\"message\":\"told so\"}}";
        kit.sandbox().arm(answer(status, body, Map.of()));
        VendorException refusal = refusal(SIGNALS);
        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(type);
        assertThat(refusal.retryAfter()).isEmpty();
    }

    @Test
    void shouldTellTheWaitOfA429() {
        kit.sandbox().arm(answer(429, "{}", Map.of("Retry-After", "3")));
        assertThat(refusal(SIGNALS).retryAfter()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | runs$ | {\"data\":{}}",
                "POST | runs$ | <html>gateway</html>",
                "GET | actor-runs | {\"data\":{\"id\":\"sbxRun00000000001\"}}",
                "GET | actor-runs | {\"data\":{\"id\":\"sbxRun00000000001\",\"status\":\"SUCCEEDED\"}}",
                "GET | items$ | {\"items\":[]}",
                "GET | items$ | [{\"id\":"
            })
    void shouldTakeAnAnswerOfAnotherShapeForTransient(String method, String path, String body) {
        kit.sandbox().arm(new Fault("*", method, path, 0, null, Fault.Kind.ANSWER, 200, null, body, 0));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldTakeACutPageForTransient() {
        kit.sandbox().arm(new Fault("*", "GET", "items$", 0, null, Fault.Kind.CUT, null, null, null, 0));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void shouldTakeASilentVendorForTransient() {
        kit.sandbox().arm(new Fault("*", "POST", "runs$", 0, 1, Fault.Kind.HANG, null, null, null, 60_000));
        VendorException refusal = refusal(SIGNALS + "&responseTimeout=300");
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(refusal.code()).isEqualTo("time-out");
    }

    @Test
    void shouldSayNotSentWhenNobodyListens() {
        kit.baseUrl(URI.create("http://127.0.0.1:1"));
        assertThat(refusal(SIGNALS).kind()).isEqualTo(ErrorKind.NOT_SENT);
    }

    @Test
    void shouldRunSynchronouslyWhereThereAreNoRunsToAskAfter() {
        kit.sandbox().arm(new Fault("tiktok", "POST", "/runs$", 0, null, Fault.Kind.ANSWER, 404, null, "{}", 0));
        SignalBatch batch = (SignalBatch) kit.call("kamelet:tiktok-signals-action?hashtags=catmom", null, Map.of());
        assertThat(batch.signals()).isNotEmpty();
        assertThat(kit.sandbox().requests("tiktok"))
                .extracting(ReceivedRequest::path)
                .last()
                .asString()
                .endsWith("/actors/clockworks~tiktok-scraper/run-sync-get-dataset-items");
    }

    @Test
    void shouldTakeABaseUrlWithItsVersion() {
        kit.baseUrl(kit.sandbox().url().resolve("/tiktok/v2"));
        assertThat(signals(SIGNALS).signals()).isNotEmpty();
    }

    @Test
    void shouldRefuseAnActorWithASlash() {
        assertThatThrownBy(() -> kit.call(SIGNALS + "&actor=clockworks/tiktok-scraper", null, Map.of()))
                .hasStackTraceContaining("a tilde, no slash");
        assertThat(kit.sandbox().requests("tiktok")).isEmpty();
    }

    private ConnectorKit kit(String token, Duration runTakes) throws Exception {
        return new ConnectorKit(
                folder.resolve(token),
                new TiktokSandbox(runTakes, Duration.ofSeconds(5)),
                Map.of("apiToken", token),
                Map.of());
    }

    private SignalBatch signals(String uri) {
        return (SignalBatch) kit.call(uri, "ignored", Map.of());
    }

    private VendorException refusal(String uri) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> kit.call(uri, null, Map.of()));
        assertThat(refusal).as("the Kamelet must fail").isNotNull();
        return refusal;
    }

    private List<ReceivedRequest> sent(String method) {
        return kit.sandbox().requests("tiktok").stream()
                .filter(seen -> seen.method().equals(method))
                .toList();
    }

    private static Fault answer(int status, @Nullable String body, Map<String, String> headers) {
        return new Fault("*", null, null, 0, 1, Fault.Kind.ANSWER, status, headers, body, 0);
    }
}
